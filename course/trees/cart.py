"""CART by hand: how a decision tree is grown, in the fewest lines that show the whole idea.

It is slow, because it tries every threshold from scratch; scikit-learn sorts each feature once and moves the
samples from right to left one by one. The trees are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Node", "Split", "best_split", "entropy", "gini", "grow", "predict"]


def gini(counts: Any) -> float:
    """Return the Gini impurity of a node: how often two samples drawn from it, with return, differ in class.

    Parameters
    ----------
    counts : array-like of shape (n_classes,)
        How many samples of each class the node holds.

    Examples
    --------
    >>> gini([0, 49, 5]).round(3)
    np.float64(0.168)
    """
    return 1 - np.sum(_shares(counts) ** 2)


def entropy(counts: Any) -> float:
    """Return the entropy of a node in bits: how many yes/no questions a sample's class is worth on average.

    Parameters
    ----------
    counts : array-like of shape (n_classes,)
        How many samples of each class the node holds.

    Examples
    --------
    >>> entropy([1, 1])
    np.float64(1.0)
    """
    present = _shares(counts)
    present = present[present > 0]  # log2(0) is not a number, and an absent class adds nothing
    return np.sum(present * np.log2(1 / present))


def _shares(counts: Any) -> np.ndarray:
    counts = np.asarray(counts, dtype=float)
    if counts.ndim != 1 or not counts.sum() > 0 or (counts < 0).any():
        raise ValueError(f"counts must be numbers of samples, one a class, not all zero; they are {counts}.")
    return counts / counts.sum()


# How impure the targets y of a node are. The variance is the mean squared error of the node's mean.
CRITERIA: dict[str, Callable[[np.ndarray], float]] = {
    "gini": lambda y: gini(np.bincount(y)),
    "entropy": lambda y: entropy(np.bincount(y)),
    "squared_error": np.var,
}


@dataclass(frozen=True)
class Split:
    """The question ``x[feature] <= threshold?`` and its cost: the mean impurity that it leaves behind."""

    feature: int
    threshold: float
    cost: float


@dataclass(frozen=True)
class Node:
    """A node of a tree, with everything below it; a leaf has no split.

    ``value`` holds the class counts, or the mean target of a regression.
    """

    n_samples: int
    impurity: float
    value: Any
    split: Split | None = None
    left: "Node | None" = None
    right: "Node | None" = None


def best_split(X: Any, y: Any, criterion: str = "gini") -> Split | None:
    """Try every feature and every threshold halfway between two neighbouring values, and keep the cheapest.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        Features.
    y : array-like of shape (n_samples,)
        Classes as whole numbers from 0, or numbers for ``"squared_error"``.
    criterion : {"gini", "entropy", "squared_error"}, optional
        What makes a node impure.

    Returns
    -------
    Split or None
        The first of the cheapest; None where all rows of ``X`` are equal.

    Examples
    --------
    >>> best_split([[1], [2], [4]], [0, 0, 1])
    Split(feature=0, threshold=np.float64(3.0), cost=np.float64(0.0))
    """
    X, y, impurity = _checked(X, y, criterion)
    best = None
    for feature, column in enumerate(X.T):
        values = np.unique(column)
        for threshold in (values[:-1] + values[1:]) / 2:
            left = column <= threshold
            cost = left.mean() * impurity(y[left]) + (~left).mean() * impurity(y[~left])
            if best is None or cost < best.cost - 1e-12:  # equal but for rounding is equal
                best = Split(feature, threshold, cost)
    return best


def grow(X: Any, y: Any, criterion: str = "gini", max_depth: float = np.inf) -> Node:
    """Split, then split each half, and so on, until a node is pure, has no split, or lies at ``max_depth``.

    Parameters
    ----------
    X, y, criterion
        As for `best_split`.
    max_depth : int, optional
        How many questions a sample may be asked.

    Returns
    -------
    Node
        The root.

    Examples
    --------
    >>> root = grow([[1], [2], [4]], [0, 0, 1])
    >>> root.split.threshold, root.left.value, root.right.value
    (np.float64(3.0), array([2, 0]), array([0, 1]))
    """
    X, y, impurity = _checked(X, y, criterion)
    n_classes = y.max() + 1 if criterion != "squared_error" else 0

    def grow_node(X: np.ndarray, y: np.ndarray, depth: int) -> Node:
        value = np.bincount(y, minlength=n_classes) if n_classes else y.mean()
        leaf = Node(len(y), impurity(y), value)
        split = best_split(X, y, criterion) if leaf.impurity > 0 and depth < max_depth else None
        if split is None:
            return leaf
        left = X[:, split.feature] <= split.threshold
        return Node(
            leaf.n_samples,
            leaf.impurity,
            leaf.value,
            split,
            grow_node(X[left], y[left], depth + 1),
            grow_node(X[~left], y[~left], depth + 1),
        )

    return grow_node(X, y, depth=0)


def predict(root: Node, X: Any) -> np.ndarray:
    """Send every sample down the tree; a leaf answers with its commonest class, or its mean.

    Parameters
    ----------
    root : Node
        A tree from `grow`.
    X : array-like of shape (n_samples, n_features)
        Samples.

    Examples
    --------
    >>> predict(grow([[1], [2], [4]], [0, 0, 1]), [[0], [9]])
    array([0, 1])
    """

    def answer(node: Node, x: np.ndarray) -> Any:
        while node.split is not None:
            node = node.left if x[node.split.feature] <= node.split.threshold else node.right
        return np.argmax(node.value) if np.ndim(node.value) else node.value

    return np.array([answer(root, x) for x in np.asarray(X, dtype=float)])


def _checked(X: Any, y: Any, criterion: str) -> tuple[np.ndarray, np.ndarray, Callable[[np.ndarray], float]]:
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if criterion not in CRITERIA:
        raise ValueError(f"criterion must be one of {', '.join(CRITERIA)}; it is {criterion!r}.")
    if X.ndim != 2 or not len(X):
        raise ValueError(f"X must be a table of at least one row; its shape is {X.shape}.")
    if y.shape != (len(X),):
        raise ValueError(f"y must have one number for each of the {len(X)} rows; its shape is {y.shape}.")
    if criterion != "squared_error" and (not np.issubdtype(y.dtype, np.integer) or y.min() < 0):
        raise ValueError(f"y must hold classes as whole numbers from 0 for {criterion!r}.")
    return X, y, CRITERIA[criterion]
