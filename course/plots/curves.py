"""How a model gets better: with more samples, or with more epochs."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from sklearn.model_selection import LearningCurveDisplay

from course.plots import checks
from course.plots.style import color

__all__ = ["LearningCurve"]


class LearningCurve:
    """Training and validation results, against the number of samples or of epochs.

    Made by `from_estimator` or `from_history`.

    Attributes
    ----------
    lines_ : list of matplotlib Line2D
        Training first, then validation where there is one.
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, lines: list[Line2D], ax: Axes) -> None:
        self.lines_ = lines
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_estimator(
        cls, estimator: Any, X: Any, y: Any, *, ax: Axes | None = None, **kwargs: Any
    ) -> "LearningCurve":
        """Fit on growing parts of the data; the band is one standard deviation over the folds.

        Parameters
        ----------
        estimator : estimator
            It is cloned, and need not be fitted.
        X, y : array-like
            The data to split.
        ax : matplotlib Axes, optional
            Where to draw.
        **kwargs
            Go to ``sklearn.model_selection.LearningCurveDisplay.from_estimator``: ``cv``, ``train_sizes``,
            ``scoring``, ``score_name``, ...

        Returns
        -------
        LearningCurve

        Examples
        --------
        >>> from sklearn.datasets import load_iris
        >>> from sklearn.tree import DecisionTreeClassifier
        >>> X, y = load_iris(return_X_y=True)
        >>> tree = DecisionTreeClassifier(random_state=0)
        >>> curve = LearningCurve.from_estimator(tree, X, y, train_sizes=[0.5, 1.0], shuffle=True)
        >>> len(curve.lines_)
        2
        """
        checks.same_length(X=X, y=y)
        display = LearningCurveDisplay.from_estimator(
            estimator, X, y, ax=ax, score_type="both", std_display_style="fill_between", **kwargs
        )
        for i, (line, band) in enumerate(zip(display.lines_, display.fill_between_, strict=True)):
            _style(line, i)
            band.set_color(color(i))
        display.ax_.set_xlabel("samples in the training set")
        display.ax_.legend(display.lines_, ["training", "validation"])
        return cls(list(display.lines_), display.ax_)

    @classmethod
    def from_history(
        cls,
        history: Mapping[str, Sequence[float]] | Any,
        *,
        metric: str = "loss",
        ax: Axes | None = None,
        log: bool = False,
    ) -> "LearningCurve":
        """Draw one metric of a training, epoch by epoch.

        Parameters
        ----------
        history : mapping or Keras History
            Lists of numbers, one an epoch; a list under ``"val_" + metric`` is the validation's.
        metric : str, optional
            Which to draw.
        ax : matplotlib Axes, optional
            Where to draw.
        log : bool, optional
            Whether the vertical axis is logarithmic.

        Returns
        -------
        LearningCurve

        Examples
        --------
        >>> curve = LearningCurve.from_history({"loss": [3.0, 2.0], "val_loss": [3.5, 3.0]})
        >>> [line.get_label() for line in curve.lines_]
        ['training', 'validation']
        """
        record = getattr(history, "history", history)
        if metric not in record:
            raise ValueError(f"metric must be one of {', '.join(record) or 'none'}; it is {metric!r}.")
        if ax is None:
            _, ax = plt.subplots()
        lines = []
        for i, (name, label) in enumerate([(metric, "training"), (f"val_{metric}", "validation")]):
            if name in record:
                epochs = range(1, len(record[name]) + 1)
                lines += ax.plot(epochs, record[name], label=label)
                _style(lines[-1], i)
        ax.set(xlabel="epoch", ylabel=metric.replace("_", " "))
        ax.xaxis.get_major_locator().set_params(integer=True)
        if log:
            ax.set_yscale("log")
        ax.legend()
        return cls(lines, ax)


def _style(line: Line2D, i: int) -> None:
    line.set(color=color(i), linestyle=("-", "--")[i])
