"""Few labels: naming clusters by majority, and asking for the labels that help most."""

from numbers import Integral
from typing import Any

import numpy as np
from sklearn.base import clone

__all__ = ["ActiveLearner", "majority"]


def majority(labels: Any, y: Any) -> np.ndarray:
    """Return, for each sample, the class that most samples of its cluster have.

    Parameters
    ----------
    labels : array-like of shape (n_samples,)
        Clusters.
    y : array-like of shape (n_samples,)
        True classes.

    Examples
    --------
    >>> majority([5, 5, 5, 8], ["a", "a", "b", "c"])
    array(['a', 'a', 'a', 'c'], dtype='<U1')
    """
    labels, y = np.asarray(labels), np.asarray(y)
    if labels.shape != y.shape or labels.ndim != 1:
        raise ValueError(
            f"labels and y must be rows of one length; their shapes are {labels.shape} and {y.shape}."
        )
    named = np.empty_like(y)
    for cluster in np.unique(labels):
        classes, counts = np.unique(y[labels == cluster], return_counts=True)
        named[labels == cluster] = classes[counts.argmax()]
    return named


class ActiveLearner:
    """A classifier that says which samples it would like to have labelled next.

    It asks for those it is least sure of (uncertainty sampling); you, or whoever knows, tell it the labels.

    Parameters
    ----------
    estimator : classifier
        With ``predict_proba``; it is cloned and trained anew after each answer.
    X : array-like of shape (n_samples, n_features)
        All samples that may be asked for.
    rows, labels : array-like
        The samples (as row numbers) that have labels from the start, of at least two classes.

    Attributes
    ----------
    estimator_ : classifier
        Trained on what is labelled so far.
    known_ : dict
        Row numbers and their labels.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> X = [[0.0], [1.0], [5.2], [10.0]]
    >>> learner = ActiveLearner(LogisticRegression(), X, rows=[0, 3], labels=[0, 1])
    >>> learner.ask(1)
    array([2])
    >>> learner.tell([2], [0]).estimator_.predict([[5.2]])
    array([0])
    """

    def __init__(self, estimator: Any, X: Any, *, rows: Any, labels: Any) -> None:
        if not hasattr(estimator, "predict_proba"):
            raise ValueError(
                f"estimator must have predict_proba; {type(estimator).__name__} cannot say how sure it is."
            )
        self.estimator = estimator
        self.X = np.asarray(X)
        self.known_: dict[int, Any] = {}
        self.tell(rows, labels)

    def ask(self, n: int) -> np.ndarray:
        """Return the rows of the n samples without a label whose most likely class is least likely."""
        unknown = np.setdiff1d(np.arange(len(self.X)), list(self.known_))
        if not isinstance(n, Integral) or not 1 <= n <= len(unknown):
            raise ValueError(
                f"n must be a whole number from 1 to {len(unknown)}, the rows without a label; it is {n!r}."
            )
        sure = self.estimator_.predict_proba(self.X[unknown]).max(axis=1)
        return unknown[np.argsort(sure, kind="stable")[:n]]

    def tell(self, rows: Any, labels: Any) -> "ActiveLearner":
        """Take in the labels of some rows, and train again."""
        rows, labels = np.asarray(rows), np.asarray(labels)
        if rows.shape != labels.shape or rows.ndim != 1:
            raise ValueError(
                f"give one label for each row: rows has shape {rows.shape}, labels {labels.shape}."
            )
        if len(rows) and not (rows.dtype.kind in "iu" and rows.min() >= 0 and rows.max() < len(self.X)):
            raise ValueError(f"rows must be row numbers of X, from 0 to {len(self.X) - 1}.")
        if len(np.unique(rows)) < len(rows):
            raise ValueError("rows must name each row once.")
        known = self.known_ | dict(zip(rows.tolist(), labels.tolist(), strict=True))
        if len(set(known.values())) < 2:
            raise ValueError("labels must be of at least two classes.")
        # Trained first: where that fails, what was known before still holds.
        self.estimator_ = clone(self.estimator).fit(self.X[list(known)], list(known.values()))
        self.known_ = known
        return self
