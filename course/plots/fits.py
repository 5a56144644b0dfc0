"""What a regression predicts along one feature."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from course.plots import checks
from course.plots.style import color

__all__ = ["RegressionFit"]


class RegressionFit:
    """The points of a data set with one feature, and the line that a regression predicts.

    Made by `from_estimator`.

    Attributes
    ----------
    line_ : matplotlib Line2D
        The prediction.
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, line: Line2D, ax: Axes) -> None:
        self.line_ = line
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Any,
        y: Any,
        *,
        ax: Axes | None = None,
        limits: tuple[float, float] | None = None,
        feature_names: Sequence[str] | None = None,
        label: str = "prediction",
        grid_resolution: int = 500,
    ) -> "RegressionFit":
        """Draw the data and what a fitted regression predicts between its ends.

        Parameters
        ----------
        estimator : fitted regression
            With one input feature.
        X : array-like of shape (n_samples, 1)
            The feature.
        y : array-like of shape (n_samples,)
            The target.
        ax : matplotlib Axes, optional
            Where to draw.
        limits : (x_min, x_max), optional
            Where to predict; without it, between the smallest and the largest ``X``.
        feature_names : sequence of one str, optional
            Label of the horizontal axis.
        label : str, optional
            Name of the line in the legend.
        grid_resolution : int, optional
            How many predictions are drawn.

        Returns
        -------
        RegressionFit

        Examples
        --------
        >>> from sklearn.linear_model import LinearRegression
        >>> X, y = [[0], [1], [2]], [0, 2, 4]
        >>> fit = RegressionFit.from_estimator(LinearRegression().fit(X, y), X, y)
        >>> fit.line_.get_ydata()[-1].round(3)
        np.float64(4.0)
        """
        values = checks.columns_of(X, wanted=1)
        checks.same_length(X=values, y=y)
        checks.fitted(estimator)
        (name,) = checks.feature_names_of(X, feature_names, wanted=1)
        if ax is None:
            _, ax = plt.subplots()

        grid: Any = np.linspace(*(limits or (values.min(), values.max())), grid_resolution)[:, np.newaxis]
        prediction = estimator.predict(type(X)(grid, columns=X.columns) if hasattr(X, "columns") else grid)
        ax.scatter(values, y, s=14, color="0.6", label="data", rasterized=True)
        (line,) = ax.plot(grid, prediction, color=color(3), label=label)
        ax.set(xlabel=name, ylabel="$y$")
        ax.legend()
        return cls(line, ax)
