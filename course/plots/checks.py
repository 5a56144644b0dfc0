"""What the pictures ask of their data, in one sentence each."""

from typing import Any

import numpy as np
from sklearn.utils.validation import check_is_fitted

__all__ = ["columns_of", "feature_names_of", "fitted", "same_length"]


def columns_of(X: Any, wanted: int) -> np.ndarray:
    """Return ``X`` as an array with the wanted number of columns, or say what is wrong with it.

    Examples
    --------
    >>> columns_of([[1, 2, 3]], wanted=2)
    Traceback (most recent call last):
    ValueError: X must have 2 features (columns) to be drawn; it has 3.
    """
    values = np.asarray(X, dtype=float)
    if values.ndim != 2:
        raise ValueError(f"X must be a table of rows and columns; it has {values.ndim} dimension(s).")
    if values.shape[1] != wanted:
        features = "1 feature (column)" if wanted == 1 else f"{wanted} features (columns)"
        raise ValueError(f"X must have {features} to be drawn; it has {values.shape[1]}.")
    if not len(values):
        raise ValueError("X must have rows; it is empty.")
    return values


def same_length(**arguments: Any) -> None:
    """Make sure that two arguments have as many rows.

    Examples
    --------
    >>> same_length(X=[1, 2], y=[1])
    Traceback (most recent call last):
    ValueError: X and y must have the same length; they have 2 and 1.
    """
    (first, a), (second, b) = arguments.items()
    if len(a) != len(b):
        raise ValueError(f"{first} and {second} must have the same length; they have {len(a)} and {len(b)}.")


def fitted(estimator: Any, method: str = "predict") -> None:
    """Make sure that the estimator can predict and was fitted."""
    if not hasattr(estimator, method):
        raise ValueError(f"estimator must have the method {method!r}; {type(estimator).__name__} has not.")
    check_is_fitted(estimator)


def feature_names_of(X: Any, feature_names: Any, wanted: int) -> list[str]:
    """Return the names given, else those of the columns, else x1, x2, ..."""
    if feature_names is not None:
        if len(feature_names) != wanted:
            raise ValueError(f"feature_names must have {wanted} names; it has {len(feature_names)}.")
        return [str(name) for name in feature_names]
    if hasattr(X, "columns"):
        return [str(name) for name in X.columns]
    return [f"$x_{i + 1}$" for i in range(wanted)] if wanted > 1 else ["$x$"]
