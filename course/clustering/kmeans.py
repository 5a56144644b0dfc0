"""k-means in a few lines, to read and to compare with scikit-learn's.

Examples
--------
>>> from sklearn.cluster import KMeans
>>> from sklearn.datasets import make_blobs
>>> X, _ = make_blobs(200, random_state=0)
>>> start = far_apart(X, 3, np.random.default_rng(0))
>>> *_, last = lloyd(X, start)
>>> theirs = KMeans(3, init=start, n_init=1, tol=0).fit(X)
>>> bool(np.isclose(last.inertia, theirs.inertia_))
True
"""

from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np

__all__ = ["Step", "far_apart", "lloyd", "silhouettes"]


@dataclass(frozen=True)
class Step:
    """One round of k-means: the centroids, who belongs to which, and the squared distances summed up."""

    centroids: np.ndarray
    labels: np.ndarray
    inertia: float


def lloyd(X: Any, centroids: Any) -> Iterator[Step]:
    """Yield the rounds of Lloyd's algorithm, from the given centroids until they stay where they are.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The samples.
    centroids : array-like of shape (k, n_features)
        Where the centroids begin.

    Yields
    ------
    Step
        The first holds the centroids as given.

    Examples
    --------
    >>> [step.inertia for step in lloyd([[0.0], [4.0], [5.0]], centroids=[[0.0], [2.0]])]
    [13.0, 0.5]
    """
    X, centroids = _table(X, "X"), _table(centroids, "centroids")
    if X.shape[1] != centroids.shape[1]:
        raise ValueError(
            f"centroids must have as many columns as X; they have {centroids.shape[1]}, X has {X.shape[1]}."
        )
    while True:
        squared = _squared_distances(X, centroids)
        labels = squared.argmin(axis=1)
        yield Step(centroids, labels, float(squared.min(axis=1).sum()))
        # A centroid that nobody belongs to stays where it is.
        moved = np.array(
            [X[labels == j].mean(axis=0) if (labels == j).any() else old for j, old in enumerate(centroids)]
        )
        if np.allclose(moved, centroids, rtol=0, atol=1e-12):
            return
        centroids = moved


def far_apart(X: Any, k: int, rng: np.random.Generator) -> np.ndarray:
    """Choose k samples as first centroids that tend to lie far from each other (k-means++).

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The samples.
    k : int
        How many.
    rng : numpy Generator
        What draws them: each with a probability that grows with the square of its distance to the nearest
        centroid chosen before.

    Examples
    --------
    >>> far_apart([[0.0], [0.0], [9.0]], 2, np.random.default_rng(0)).shape
    (2, 1)
    """
    X = _table(X, "X")
    if not isinstance(k, Integral) or not 1 <= k <= len(X):
        raise ValueError(f"k must be a whole number from 1 to the number of samples, {len(X)}; it is {k!r}.")
    if not isinstance(rng, np.random.Generator):
        raise ValueError(f"rng must be a generator, such as np.random.default_rng(42); it is {rng!r}.")
    chosen = [X[rng.integers(len(X))]]
    for _ in range(k - 1):
        squared = _squared_distances(X, np.array(chosen)).min(axis=1)
        if squared.sum() == 0:
            raise ValueError(f"X has fewer than {k} different samples.")
        chosen.append(X[rng.choice(len(X), p=squared / squared.sum())])
    return np.array(chosen)


def silhouettes(X: Any, labels: Any) -> np.ndarray:
    """Return each sample's silhouette: from -1, nearer to another cluster, to 1, deep in its own.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The samples.
    labels : array-like of shape (n_samples,)
        Their clusters, at least two.

    Examples
    --------
    >>> silhouettes([[0.0], [1.0], [10.0]], [0, 0, 1]).round(2)
    array([0.9 , 0.89, 0.  ])
    """
    X, labels = _table(X, "X"), np.asarray(labels)
    if labels.shape != (len(X),):
        raise ValueError(f"labels must hold one label for each of {len(X)} samples; shape is {labels.shape}.")
    names, sizes = np.unique(labels, return_counts=True)
    if len(names) < 2:
        raise ValueError("labels must name at least two clusters.")
    distances = np.sqrt(_squared_distances(X, X))
    sums = np.column_stack([distances[:, labels == name].sum(axis=1) for name in names])
    own = labels[:, np.newaxis] == names
    size = sizes[own.argmax(axis=1)]
    # A sample is no neighbour of itself; alone in its cluster it has no neighbours, and gets 0.
    a = sums[own] / np.maximum(size - 1, 1)
    b = np.where(own, np.inf, sums / sizes).min(axis=1)
    return np.where(size > 1, (b - a) / np.maximum(np.maximum(a, b), np.finfo(float).tiny), 0.0)


def _squared_distances(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    return np.column_stack([((A - b) ** 2).sum(axis=1) for b in B])


def _table(values: Any, name: str) -> np.ndarray:
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or not len(table):
        raise ValueError(f"{name} must be a table with at least one row; its shape is {table.shape}.")
    if not np.isfinite(table).all():
        raise ValueError(f"{name} must hold finite numbers; some are missing or infinite.")
    return table
