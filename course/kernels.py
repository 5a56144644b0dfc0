"""Kernel ridge regression by hand, and pictures of what kernel machines know.

Examples
--------
>>> X = np.array([[0.0], [1.0], [2.0]])
>>> K = rbf(X, X, sigma=1.0)
>>> K.diagonal()
array([1., 1., 1.])
>>> weights = ridge_weights(K, np.array([0.0, 1.0, 0.0]), alpha=1e-6)
>>> bool(np.allclose(K @ weights, [0, 1, 0], atol=1e-5))
True
"""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from course.plots import checks
from course.plots.style import MARKERS, color, tint

__all__ = ["Margin", "ProcessBand", "rbf", "ridge_weights"]


def rbf(A: Any, B: Any, *, sigma: float = 1.0) -> np.ndarray:
    """Return the similarity of each row of A to each row of B: exp(-distance² / (2 sigma²))."""
    if sigma <= 0:
        raise ValueError(f"sigma must be positive; it is {sigma}.")
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A.ndim != 2 or B.ndim != 2 or A.shape[1] != B.shape[1]:
        raise ValueError(
            f"A and B must be tables with the same columns; their shapes are {A.shape} and {B.shape}."
        )
    squared = (A**2).sum(axis=1)[:, np.newaxis] + (B**2).sum(axis=1) - 2 * A @ B.T
    return np.exp(-squared.clip(min=0) / (2 * sigma**2))


def ridge_weights(K: np.ndarray, y: Any, *, alpha: float) -> np.ndarray:
    """Solve (K + alpha I) w = y: how much each training sample counts in a prediction, which is K(x, X) w."""
    if alpha <= 0:
        raise ValueError(f"alpha must be positive; it is {alpha}.")
    return np.linalg.solve(K + alpha * np.eye(len(K)), np.asarray(y, dtype=float))


class ProcessBand:
    """A Gaussian process along one feature: its mean, and how far it may be off.

    Made by `from_estimator`.

    Attributes
    ----------
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, ax: Axes) -> None:
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        limits: tuple[float, float] | None = None,
        n_std: float = 1.0,
        ax: Axes | None = None,
    ) -> "ProcessBand":
        """Draw a fitted GaussianProcessRegressor with one feature, and the data.

        Parameters
        ----------
        estimator : fitted GaussianProcessRegressor, or a pipeline that ends with one
            Its ``predict`` must take ``return_std``.
        X, y : array-like
            The data to draw.
        limits : (x_min, x_max), optional
            How far to draw; without it, as far as the data.
        n_std : float, optional
            Half the width of the band, in standard deviations.
        ax : matplotlib Axes, optional
            Where to draw.

        Examples
        --------
        >>> from sklearn.gaussian_process import GaussianProcessRegressor
        >>> X, y = [[0.0], [1.0]], [0.0, 1.0]
        >>> band = ProcessBand.from_estimator(GaussianProcessRegressor().fit(X, y), X, y)
        >>> band.ax_.get_legend_handles_labels()[1]
        ['mean', '± 1 standard deviation', 'data']
        """
        points = checks.columns_of(X, wanted=1)
        checks.same_length(X=points, y=y)
        left, right = limits or (points.min(), points.max())
        grid = np.linspace(left, right, 300).reshape(-1, 1)
        mean, std = (part.ravel() for part in estimator.predict(grid, return_std=True))
        if ax is None:
            _, ax = plt.subplots()
        ax.plot(grid, mean, color=color(0), label="mean")
        word = "standard deviation" if n_std == 1 else "standard deviations"
        ax.fill_between(
            grid.ravel(), mean - n_std * std, mean + n_std * std, color=tint(0), label=f"± {n_std:g} {word}"
        )
        ax.scatter(points, y, color=color(3), s=22, zorder=3, label="data", rasterized=True)
        ax.set(xlabel="$x$", ylabel="$y$", xlim=(left, right))
        return cls(ax)


class Margin:
    """The line of a support vector machine with two classes, its margin, and the points that hold it.

    Made by `from_estimator`.

    Attributes
    ----------
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, ax: Axes) -> None:
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_estimator(cls, estimator: Any, X: Any, y: Any, *, ax: Axes | None = None) -> "Margin":
        """Draw a fitted SVC in the plane of its two features.

        Parameters
        ----------
        estimator : fitted SVC, or a pipeline that ends with one
            For two classes; any kernel.
        X, y : array-like
            The data to draw, with their classes.
        ax : matplotlib Axes, optional
            Where to draw.

        Examples
        --------
        >>> from sklearn.svm import SVC
        >>> X, y = [[0, 0], [1, 1], [3, 3], [4, 4]], [0, 0, 1, 1]
        >>> Margin.from_estimator(SVC(kernel="linear").fit(X, y), X, y).ax_.get_xlabel()
        '$x_1$'
        """
        points = checks.columns_of(X, wanted=2)
        y = np.asarray(y)
        checks.same_length(X=points, y=y)
        classes = np.unique(y)
        if len(classes) != 2:
            raise ValueError(f"y must have two classes; it has {len(classes)}.")
        if ax is None:
            _, ax = plt.subplots()
        margin = 0.12 * np.ptp(points, axis=0)
        (left, bottom), (right, top) = points.min(axis=0) - margin, points.max(axis=0) + margin
        grid = np.stack(np.meshgrid(np.linspace(left, right, 200), np.linspace(bottom, top, 200)))
        height = estimator.decision_function(grid.reshape(2, -1).T).reshape(200, 200)
        ax.contourf(*grid, height, levels=[-1, 1], colors=["0.88"])
        ax.contour(
            *grid, height, levels=[-1, 0, 1], colors="0.3", linestyles=["--", "-", "--"], linewidths=1.4
        )
        for i, label in enumerate(classes):
            ax.scatter(
                *points[y == label].T,
                s=24,
                color=color(i),
                marker=MARKERS[i],
                label=str(label),
                rasterized=True,
            )
        machine = estimator[-1] if hasattr(estimator, "steps") else estimator
        ax.scatter(
            *points[machine.support_].T, s=95, facecolor="none", edgecolor="black", label="support vectors"
        )
        ax.set(xlabel="$x_1$", ylabel="$x_2$")
        return cls(ax)
