"""Where in the plane a classifier predicts which class."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import ListedColormap
from sklearn.inspection import DecisionBoundaryDisplay

from course.plots import checks
from course.plots.style import MARKERS, color, tint

__all__ = ["DecisionRegions"]


class DecisionRegions:
    """The regions of a classifier in the plane of two features, and the points of a data set on them.

    Made by `from_estimator`.

    Attributes
    ----------
    boundary_ : sklearn.inspection.DecisionBoundaryDisplay
        The regions.
    points_ : list of matplotlib.collections.PathCollection
        The points, class by class.
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, boundary: DecisionBoundaryDisplay, points: list[PathCollection]) -> None:
        self.boundary_ = boundary
        self.points_ = points
        self.ax_ = boundary.ax_
        self.figure_ = boundary.figure_

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        ax: Axes | None = None,
        limits: tuple[tuple[float, float], tuple[float, float]] | None = None,
        feature_names: Sequence[str] | None = None,
        class_names: Sequence[str] | None = None,
        legend: bool = True,
        point_size: float = 22,
        grid_resolution: int = 250,
    ) -> "DecisionRegions":
        """Draw what a fitted classifier predicts, and the points.

        Parameters
        ----------
        estimator : fitted classifier
            With two input features.
        X : array-like of shape (n_samples, 2)
            The points to draw.
        y : array-like of shape (n_samples,)
            Their true classes: a point on a region of another colour is misclassified.
        ax : matplotlib Axes, optional
            Where to draw.
        limits : ((x_min, x_max), (y_min, y_max)), optional
            The part of the plane; without it, what the points need.
        feature_names, class_names : sequence of str, optional
            Labels; without them, the columns of ``X`` and the classes of the estimator.
        legend : bool, optional
            Whether to name the classes.
        point_size : float, optional
            Size of the points, as in ``Axes.scatter``.
        grid_resolution : int, optional
            How many predictions a side of the picture gets.

        Returns
        -------
        DecisionRegions

        Examples
        --------
        >>> from sklearn.tree import DecisionTreeClassifier
        >>> X, y = [[0, 0], [1, 1], [2, 0]], ["no", "yes", "no"]
        >>> tree = DecisionTreeClassifier(random_state=0).fit(X, y)
        >>> display = DecisionRegions.from_estimator(tree, X, y, feature_names=["length", "width"])
        >>> display.ax_.get_xlabel()
        'length'
        """
        values = checks.columns_of(X, wanted=2)
        checks.same_length(X=values, y=y)
        checks.fitted(estimator)
        names = checks.feature_names_of(X, feature_names, wanted=2)
        classes = list(getattr(estimator, "classes_", np.unique(y)))
        labels = [str(c) for c in (classes if class_names is None else class_names)]
        if len(labels) != len(classes):
            raise ValueError(f"class_names must have {len(classes)} names; it has {len(labels)}.")

        (left, right), (bottom, top) = limits or [_with_margin(column) for column in values.T]
        corners: Any = np.array([[left, bottom], [right, top]])
        if hasattr(X, "columns"):
            corners = type(X)(corners, columns=X.columns)
        # One colour a cell, because filled contours would paint a rim of class 1 between classes 0 and 2.
        boundary = DecisionBoundaryDisplay.from_estimator(
            estimator,
            corners,
            ax=ax,
            eps=0,
            grid_resolution=grid_resolution,
            response_method="predict",
            plot_method="pcolormesh",
            xlabel=names[0],
            ylabel=names[1],
            rasterized=True,
        )
        boundary.surface_.set_cmap(ListedColormap([tint(i) for i in range(len(classes))]))
        boundary.surface_.set_clim(-0.5, len(classes) - 0.5)

        y = np.asarray(y)
        points = [
            boundary.ax_.scatter(
                *values[y == c].T,
                s=point_size,
                color=color(i),
                marker=MARKERS[i % len(MARKERS)],
                edgecolor="white",
                linewidth=0.5,
                label=label,
                rasterized=True,
            )
            for i, (c, label) in enumerate(zip(classes, labels, strict=True))
        ]
        boundary.ax_.set(xlim=(left, right), ylim=(bottom, top))
        if legend:
            boundary.ax_.legend(loc="upper left")
        return cls(boundary, points)


def _with_margin(column: np.ndarray) -> tuple[float, float]:
    margin = 0.06 * (np.ptp(column) or 1.0)
    return column.min() - margin, column.max() + margin
