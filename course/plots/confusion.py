"""Which classes are taken for which."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from sklearn.metrics import ConfusionMatrixDisplay

from course.plots import checks

__all__ = ["ConfusionMatrix"]


class ConfusionMatrix:
    """A table of true against predicted classes.

    Made by `from_estimator` or `from_predictions`.

    Attributes
    ----------
    confusion_matrix : ndarray
        What is drawn.
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, display: ConfusionMatrixDisplay) -> None:
        self.confusion_matrix = display.confusion_matrix
        self.ax_ = display.ax_
        self.figure_ = display.figure_

    @classmethod
    def from_estimator(cls, estimator: Any, X: Any, y: Any, **kwargs: Any) -> "ConfusionMatrix":
        """Predict, then draw as `from_predictions` does.

        Examples
        --------
        >>> from sklearn.tree import DecisionTreeClassifier
        >>> X, y = [[0], [1], [2]], [0, 1, 1]
        >>> tree = DecisionTreeClassifier().fit(X, y)
        >>> ConfusionMatrix.from_estimator(tree, X, y).confusion_matrix
        array([[1, 0],
               [0, 2]])
        """
        checks.fitted(estimator)
        return cls.from_predictions(y, estimator.predict(X), **kwargs)

    @classmethod
    def from_predictions(
        cls,
        y_true: Any,
        y_pred: Any,
        *,
        ax: Axes | None = None,
        normalize: str | None = None,
        errors_only: bool = False,
        class_names: Sequence[str] | None = None,
    ) -> "ConfusionMatrix":
        """Draw true against predicted classes.

        Parameters
        ----------
        y_true, y_pred : array-like of shape (n_samples,)
            Classes.
        ax : matplotlib Axes, optional
            Where to draw.
        normalize : {"true", "pred", "all"}, optional
            Write shares of the row, the column or the whole in place of counts.
        errors_only : bool, optional
            Leave out what is right, so that the mistakes show.
        class_names : sequence of str, optional
            Labels of the classes, in sorted order of the classes.

        Returns
        -------
        ConfusionMatrix

        Examples
        --------
        >>> ConfusionMatrix.from_predictions([0, 0, 1, 1], [0, 1, 1, 1], errors_only=True).confusion_matrix
        array([[0, 1],
               [0, 0]])
        """
        checks.same_length(y_true=y_true, y_pred=y_pred)
        y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
        classes = np.unique([y_true, y_pred])
        if class_names is not None and len(class_names) != len(classes):
            raise ValueError(f"class_names must have {len(classes)} names; it has {len(class_names)}.")
        display = ConfusionMatrixDisplay.from_predictions(
            y_true,
            y_pred,
            labels=classes,
            display_labels=class_names,
            sample_weight=(y_true != y_pred).astype(int) if errors_only else None,
            normalize=normalize,
            values_format=".0%" if normalize else "d",
            cmap="Oranges" if errors_only else "Blues",
            colorbar=False,
            ax=ax,
        )
        display.ax_.set(xlabel="predicted", ylabel="true")
        display.ax_.spines[:].set_visible(False)
        return cls(display)
