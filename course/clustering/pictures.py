"""Pictures of clusters: cells of k-means, silhouettes, densities of mixtures, DBSCAN's core samples."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from course.plots import checks
from course.plots.style import MARKERS, color, tint

__all__ = ["Cells", "CoreSamples", "Density", "Silhouettes"]


class Cells:
    """The plane, cut into the parts that are nearest to each centroid.

    Made by `from_estimator` or `from_centroids`.

    Attributes
    ----------
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, ax: Axes) -> None:
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_estimator(cls, estimator: Any, X: Any, *, ax: Axes | None = None) -> "Cells":
        """Draw a fitted KMeans or MiniBatchKMeans, and the samples.

        Examples
        --------
        >>> from sklearn.cluster import KMeans
        >>> X = [[0, 0], [0, 1], [5, 5], [5, 6]]
        >>> Cells.from_estimator(KMeans(2, random_state=0).fit(X), X).ax_.get_ylabel()
        '$x_2$'
        """
        checks.fitted(estimator)
        return cls.from_centroids(estimator.cluster_centers_, X, ax=ax)

    @classmethod
    def from_centroids(cls, centroids: Any, X: Any, *, ax: Axes | None = None, cells: bool = True) -> "Cells":
        """Draw centroids, their cells, and the samples.

        Parameters
        ----------
        centroids : array-like of shape (k, 2)
            The centroids.
        X : array-like of shape (n_samples, 2)
            The samples.
        ax : matplotlib Axes, optional
            Where to draw.
        cells : bool, optional
            Whether to draw the cells; without them the samples are all grey.

        Examples
        --------
        >>> len(Cells.from_centroids([[0, 0], [5, 5]], [[0, 1], [4, 4]]).ax_.texts)
        0
        """
        points, centroids = checks.columns_of(X, wanted=2), checks.columns_of(centroids, wanted=2)
        if ax is None:
            _, ax = plt.subplots()
        if cells:
            axes = [np.linspace(*_limits(points[:, i]), 400) for i in (0, 1)]
            grid = np.stack(np.meshgrid(*axes))
            nearest = np.argmin([((grid - c[:, None, None]) ** 2).sum(axis=0) for c in centroids], axis=0)
            shades = ListedColormap([tint(i) for i in range(len(centroids))])
            ax.pcolormesh(*axes, nearest, cmap=shades, vmin=-0.5, vmax=len(centroids) - 0.5, rasterized=True)
            for i in range(len(centroids)):
                ax.contour(*axes, nearest == i, levels=[0.5], colors="0.35", linewidths=0.8)
        ax.scatter(*points.T, s=2, color="0.25", rasterized=True)
        ax.scatter(*centroids.T, s=150, color="white", edgecolor="black", linewidth=0.8, zorder=3)
        ax.scatter(*centroids.T, s=55, color="black", marker="x", linewidth=2, zorder=4)
        ax.set(xlabel="$x_1$", ylabel="$x_2$")
        return cls(ax)


class Silhouettes:
    """A knife for each cluster: its height is the cluster's size, its blade the sorted silhouettes.

    Made by `from_predictions`.

    Attributes
    ----------
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, ax: Axes) -> None:
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_predictions(cls, X: Any, labels: Any, *, ax: Axes | None = None) -> "Silhouettes":
        """Draw the silhouettes of a clustering.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The samples.
        labels : array-like of shape (n_samples,)
            Their clusters, at least two.
        ax : matplotlib Axes, optional
            Where to draw.

        Examples
        --------
        >>> Silhouettes.from_predictions([[0], [1], [10], [11]], [0, 0, 1, 1]).ax_.get_xlabel()
        'silhouette coefficient'
        """
        from sklearn.metrics import silhouette_samples

        labels = np.asarray(labels)
        checks.same_length(X=X, labels=labels)
        values = silhouette_samples(X, labels)
        if ax is None:
            _, ax = plt.subplots()
        gap = max(len(labels) // 40, 1)
        bottom, middles = gap, []
        names = np.unique(labels)
        for i, name in enumerate(names):
            blade = np.sort(values[labels == name])
            ax.fill_betweenx(
                np.arange(bottom, bottom + len(blade)), 0, blade, color=tint(i, 0.75), edgecolor=color(i)
            )
            middles.append(bottom + len(blade) / 2)
            bottom += len(blade) + gap
        ax.axvline(values.mean(), color="black", linestyle="--", linewidth=1.3)
        ax.set(xlabel="silhouette coefficient", ylabel="cluster", yticks=middles, yticklabels=names)
        return cls(ax)


class Density:
    """What a mixture model believes: a dark hill where samples are dense, and borders between components.

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
        cls, estimator: Any, X: Any, *, borders: bool = True, ax: Axes | None = None
    ) -> "Density":
        """Draw a fitted mixture of two features, and the samples.

        Parameters
        ----------
        estimator : fitted GaussianMixture or BayesianGaussianMixture
            With ``score_samples``, ``predict`` and ``means_``.
        X : array-like of shape (n_samples, 2)
            The samples.
        borders : bool, optional
            Whether to draw where one component takes over from another.
        ax : matplotlib Axes, optional
            Where to draw.

        Examples
        --------
        >>> from sklearn.mixture import GaussianMixture
        >>> X = [[0, 0], [1, 2], [2, 1], [8, 8], [9, 9], [8, 9]]
        >>> Density.from_estimator(GaussianMixture(2, random_state=0).fit(X), X).ax_.get_xlabel()
        '$x_1$'
        """
        checks.fitted(estimator, "score_samples")
        points = checks.columns_of(X, wanted=2)
        if ax is None:
            _, ax = plt.subplots()
        axes = [np.linspace(*_limits(points[:, i]), 200) for i in (0, 1)]
        grid = np.stack(np.meshgrid(*axes))
        places = grid.reshape(2, -1).T
        height = estimator.score_samples(places).reshape(200, 200)
        # Logarithms of the density below its summit: fine steps on top, coarse ones far down.
        levels = height.max() - np.array([40, 20, 12, 8, 6, 5, 4, 3, 2, 1, 0.5, 0])
        ax.contourf(*grid, height, levels=levels, cmap="Greys", alpha=0.4, extend="min")
        ax.contour(*grid, height, levels=levels[1:-1], colors="0.45", linewidths=0.5)
        ax.scatter(*points.T, s=2, color=color(0), rasterized=True)
        used = np.unique(estimator.predict(points))
        if borders:
            parts = estimator.predict(places).reshape(200, 200)
            for part in used:
                # Each border once: those to earlier parts are drawn already.
                here = np.ma.masked_where((parts < part) & np.isin(parts, used), parts == part)
                ax.contour(*grid, here, levels=[0.5], colors=color(3), linestyles="--", linewidths=1.5)
        means = estimator.means_[used]
        ax.scatter(*means.T, s=150, color="white", edgecolor="black", linewidth=0.8, zorder=3)
        ax.scatter(*means.T, s=55, color="black", marker="x", linewidth=2, zorder=4)
        ax.set(xlabel="$x_1$", ylabel="$x_2$")
        return cls(ax)


class CoreSamples:
    """A density-based clustering: core samples large, border samples small, anomalies as crosses.

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
    def from_estimator(cls, estimator: Any, X: Any, *, ax: Axes | None = None) -> "CoreSamples":
        """Draw a fitted DBSCAN of two features.

        Parameters
        ----------
        estimator : fitted DBSCAN
            With ``labels_`` and ``core_sample_indices_``.
        X : array-like of shape (n_samples, 2)
            The samples it was fitted to.
        ax : matplotlib Axes, optional
            Where to draw.

        Examples
        --------
        >>> from sklearn.cluster import DBSCAN
        >>> X = [[0, 0], [0, 1], [1, 0], [9, 9]]
        >>> picture = CoreSamples.from_estimator(DBSCAN(eps=1, min_samples=2).fit(X), X)
        >>> picture.ax_.get_legend_handles_labels()[1]
        ['core', 'anomaly']
        """
        checks.fitted(estimator, "fit_predict")
        if not hasattr(estimator, "core_sample_indices_"):
            raise ValueError(
                f"estimator must know its core samples, as DBSCAN does; {type(estimator).__name__} does not."
            )
        points, labels = checks.columns_of(X, wanted=2), estimator.labels_
        checks.same_length(X=points, labels=labels)
        if ax is None:
            _, ax = plt.subplots()
        core = np.zeros(len(points), dtype=bool)
        core[estimator.core_sample_indices_] = True
        anomaly = labels == -1
        border = ~core & ~anomaly
        named = set()
        for i in range(labels.max() + 1):
            for kind, word, size in ((core, "core", 40), (border, "border", 7)):
                rows = points[kind & (labels == i)]
                if len(rows):
                    ax.scatter(
                        *rows.T,
                        s=size,
                        color=tint(i, 0.6) if word == "core" else color(i),
                        marker=MARKERS[i % len(MARKERS)],
                        label=None if word in named else word,
                        rasterized=True,
                    )
                    named.add(word)
        if anomaly.any():
            ax.scatter(*points[anomaly].T, s=30, color="black", marker="x", label="anomaly", rasterized=True)
        ax.set(xlabel="$x_1$", ylabel="$x_2$")
        return cls(ax)


def _limits(column: np.ndarray) -> tuple[float, float]:
    margin = 0.06 * np.ptp(column)
    return column.min() - margin, column.max() + margin
