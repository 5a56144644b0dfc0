"""A Gaussian mixture by hand: expectation and maximisation, to read and to compare with scikit-learn's.

Examples
--------
>>> from sklearn.datasets import make_blobs
>>> from sklearn.mixture import GaussianMixture
>>> X, _ = make_blobs(300, centers=[[-5, 0], [5, 0]], random_state=0)
>>> *_, ours = em(X, means=[[-1.0, 0.0], [1.0, 0.0]])
>>> theirs = GaussianMixture(2, random_state=0).fit(X)
>>> bool(np.isclose(ours.log_likelihood, theirs.score(X), atol=1e-3))
True
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Mixture", "em"]


@dataclass(frozen=True)
class Mixture:
    """A weighted sum of normal distributions, and how likely the mean sample is under it (as a logarithm)."""

    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray
    log_likelihood: float


def em(
    X: Any, means: Any, *, tol: float = 1e-4, max_iter: int = 200, ridge: float = 1e-6
) -> Iterator[Mixture]:
    """Yield the rounds of expectation-maximisation, until the likelihood hardly grows.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The samples.
    means : array-like of shape (k, n_features)
        Where the components begin, with equal weights, all round and of one width.
    tol : float, optional
        The gain of the mean log likelihood at which to stop.
    max_iter : int, optional
        The most rounds.
    ridge : float, optional
        What is added to the diagonal of each covariance, so that no component shrinks to a point.

    Yields
    ------
    Mixture
        The first is the start.
    """
    X, means = np.asarray(X, dtype=float), np.asarray(means, dtype=float)
    if X.ndim != 2 or means.ndim != 2 or X.shape[1] != means.shape[1]:
        raise ValueError(
            f"X and means must be tables with the same columns; their shapes are {X.shape} and {means.shape}."
        )
    for name, table in (("X", X), ("means", means)):
        if not len(table) or not np.isfinite(table).all():
            raise ValueError(f"{name} must have at least one row, and finite numbers.")
    if ridge <= 0 or max_iter < 1:
        raise ValueError(f"ridge must be positive and max_iter at least 1; they are {ridge} and {max_iter}.")
    k, floor = len(means), ridge * np.eye(X.shape[1])
    weights = np.full(k, 1 / k)
    nearest = np.min([((X - mean) ** 2).sum(axis=1) for mean in means], axis=0)
    covariances = np.repeat([nearest.mean() / X.shape[1] * np.eye(X.shape[1]) + floor], k, axis=0)
    before = -np.inf
    for _ in range(max_iter):
        logs = np.log(weights) + _log_densities(X, means, covariances)
        top = logs.max(axis=1, keepdims=True)
        total = top + np.log(np.exp(logs - top).sum(axis=1, keepdims=True))
        yield Mixture(weights, means, covariances, float(total.mean()))
        if total.mean() - before < tol:
            return
        before = total.mean()
        # Expectation: how much of each sample is each component responsible for?
        shares = np.exp(logs - total)
        # Maximisation: weights, means and covariances of the samples, counted by these shares.
        counts = shares.sum(axis=0)
        if counts.min() < 1e-9 * len(X):
            lost = means[counts.argmin()].tolist()
            raise ValueError(f"means: no sample is near {lost}; start every component among the samples.")
        weights, means = counts / len(X), shares.T @ X / counts[:, np.newaxis]
        covariances = np.array(
            [
                (share * (X - mean).T) @ (X - mean) / count + floor
                for share, mean, count in zip(shares.T, means, counts, strict=True)
            ]
        )


def _log_densities(X: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> np.ndarray:
    columns = []
    for mean, covariance in zip(means, covariances, strict=True):
        root = np.linalg.cholesky(covariance)
        squared = (np.linalg.solve(root, (X - mean).T) ** 2).sum(axis=0)
        columns.append(-0.5 * (X.shape[1] * np.log(2 * np.pi) + squared) - np.log(np.diag(root)).sum())
    return np.column_stack(columns)
