"""Locally linear embedding in two steps, to read and to compare with scikit-learn's.

Examples
--------
>>> from sklearn.datasets import make_swiss_roll
>>> X, t = make_swiss_roll(n_samples=300, random_state=0)
>>> W = lle_weights(X, n_neighbors=8)
>>> Z, cost = lle_places(W, n_components=2)
>>> Z.shape, bool(cost < 1e-4)
((300, 2), True)
"""

from typing import Any

import numpy as np
from sklearn.neighbors import NearestNeighbors

__all__ = ["lle_places", "lle_weights"]


def lle_weights(X: Any, n_neighbors: int, *, regularisation: float = 1e-3) -> np.ndarray:
    """Return the weights with which its nearest neighbours make up each sample.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The samples.
    n_neighbors : int
        How many neighbours each one has.
    regularisation : float, optional
        How much is added to the diagonal of each small system of equations, which may have no solution of
        its own where there are more neighbours than features.

    Returns
    -------
    ndarray of shape (n_samples, n_samples)
        Row i holds the weights of sample i's neighbours, and zeros. Each row sums to 1.
    """
    X = np.asarray(X, dtype=float)
    if not 1 <= n_neighbors < len(X):
        raise ValueError(f"n_neighbors must be from 1 to {len(X) - 1}; it is {n_neighbors}.")
    neighbours = NearestNeighbors(n_neighbors=n_neighbors).fit(X).kneighbors(return_distance=False)
    W = np.zeros((len(X), len(X)))
    for i, nearest in enumerate(neighbours):
        towards = X[nearest] - X[i]
        gram = towards @ towards.T
        gram += np.eye(n_neighbors) * regularisation * np.trace(gram)
        weights = np.linalg.solve(gram, np.ones(n_neighbors))
        W[i, nearest] = weights / weights.sum()
    return W


def lle_places(W: np.ndarray, n_components: int) -> tuple[np.ndarray, float]:
    """Return places in few dimensions at which the weights hold as well as they can, and how well.

    Without a condition the best place for all would be the origin. So the columns are centred and have
    length 1, which makes them eigenvectors; the first is constant, and is left out.
    """
    W = np.asarray(W)
    if not 1 <= n_components < len(W):
        raise ValueError(f"n_components must be from 1 to {len(W) - 1}; it is {n_components}.")
    left = np.eye(len(W)) - W
    values, vectors = np.linalg.eigh(left.T @ left)
    return vectors[:, 1 : n_components + 1], float(values[1 : n_components + 1].sum())
