"""The walk of one sample from the root of a tree to its leaf."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils.validation import check_is_fitted

__all__ = ["feature_names_of", "walk"]


def walk(
    tree: DecisionTreeClassifier | DecisionTreeRegressor,
    x: Any,
    *,
    feature_names: Sequence[str] | None = None,
    class_names: Sequence[str] | None = None,
) -> str:
    """Return each question that a tree asks a sample, the answer, and what the leaf says.

    Parameters
    ----------
    tree : fitted decision tree
        Of scikit-learn.
    x : array-like of shape (n_features,)
        One sample.
    feature_names, class_names : sequence of str, optional
        Names to use; without them, those the tree was fitted with, else ``x1``, ``x2``, ...

    Examples
    --------
    >>> tree = DecisionTreeRegressor().fit([[1], [2], [4]], [0.0, 0.0, 3.0])
    >>> print(walk(tree, [2.5]))
    x1 = 2.5 <= 3? yes, go left
    leaf: 0 (mean of 2 samples, squared error 0)
    """
    check_is_fitted(tree)
    x = np.asarray(x, dtype=float)
    if x.shape != (tree.n_features_in_,):
        raise ValueError(f"x must be one sample of {tree.n_features_in_} feature(s); its shape is {x.shape}.")
    names = feature_names_of(tree, feature_names)
    inside = tree.tree_
    # A tree compares in single precision; so must its walk, or a sample on a threshold takes the other turn.
    x32 = x.astype(np.float32)

    lines, node = [], 0
    while inside.children_left[node] != -1:
        feature, threshold = inside.feature[node], inside.threshold[node]
        left = x32[feature] <= threshold
        answer = "yes, go left" if left else "no, go right"
        lines.append(f"{names[feature]} = {x[feature]:.4g} <= {threshold:.4g}? {answer}")
        node = inside.children_left[node] if left else inside.children_right[node]
    return "\n".join([*lines, f"leaf: {_says(tree, node, class_names)}"])


def _says(tree: Any, node: int, class_names: Sequence[str] | None) -> str:
    inside = tree.tree_
    n_samples = inside.n_node_samples[node]
    if not hasattr(tree, "classes_"):
        return (
            f"{inside.value[node, 0, 0]:.4g} (mean of {n_samples} samples, "
            f"squared error {inside.impurity[node]:.4g})"
        )
    share = inside.value[node, 0]
    labels = tree.classes_ if class_names is None else class_names
    return f"{labels[share.argmax()]} ({share.max() * n_samples:.0f} of {n_samples} samples)"


def feature_names_of(tree: Any, feature_names: Sequence[str] | None = None) -> list[str]:
    """Return the names given, else those the tree was fitted with, else x1, x2, ..."""
    if feature_names is None:
        feature_names = getattr(tree, "feature_names_in_", [f"x{i + 1}" for i in range(tree.n_features_in_)])
    if len(feature_names) != tree.n_features_in_:
        raise ValueError(f"feature_names must have {tree.n_features_in_} names; it has {len(feature_names)}.")
    return [str(name) for name in feature_names]
