"""How the score of a search depends on two hyperparameters."""

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from sklearn.utils.validation import check_is_fitted

from course.plots.style import color

__all__ = ["SearchHeatMap"]


class SearchHeatMap:
    """Mean cross-validated score over two hyperparameters; the best pair has a frame.

    Made by `from_search`.

    Attributes
    ----------
    scores_ : pandas.DataFrame
        What is drawn: rows are values of ``y``, columns values of ``x``.
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, scores: pd.DataFrame, ax: Axes) -> None:
        self.scores_ = scores
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_search(
        cls, search: Any, *, x: str, y: str, ax: Axes | None = None, fmt: str = ".3f"
    ) -> "SearchHeatMap":
        """Draw the result of a fitted search.

        Parameters
        ----------
        search : fitted GridSearchCV or the like
            With ``cv_results_``. Where it varies a third hyperparameter, each field shows the best over it.
        x, y : str
            The hyperparameters, as the search names them.
        ax : matplotlib Axes, optional
            Where to draw.
        fmt : str, optional
            How scores are written.

        Returns
        -------
        SearchHeatMap

        Examples
        --------
        >>> from sklearn.datasets import load_iris
        >>> from sklearn.model_selection import GridSearchCV
        >>> from sklearn.tree import DecisionTreeClassifier
        >>> grid = {"max_depth": [1, 2], "min_samples_leaf": [1, 5, 9]}
        >>> search = GridSearchCV(DecisionTreeClassifier(random_state=0), grid)
        >>> search = search.fit(*load_iris(return_X_y=True))
        >>> SearchHeatMap.from_search(search, x="min_samples_leaf", y="max_depth").scores_.shape
        (2, 3)
        """
        check_is_fitted(search, "cv_results_")
        results = pd.DataFrame(search.cv_results_)
        known = [name.removeprefix("param_") for name in results if name.startswith("param_")]
        for argument, name in (("x", x), ("y", y)):
            if name not in known:
                raise ValueError(
                    f"{argument} must be a hyperparameter of the search ({', '.join(known)}); it is {name!r}."
                )
        if x == y:
            raise ValueError(f"x and y must be two hyperparameters; both are {x!r}.")
        # None, as in max_depth=None, is a value like any other here; pandas would drop its row.
        labelled = results.assign(**{f"param_{name}": results[f"param_{name}"].map(str) for name in (x, y)})
        scores = labelled.pivot_table(
            index=f"param_{y}", columns=f"param_{x}", values="mean_test_score", aggfunc="max", sort=False
        )
        if ax is None:
            _, ax = plt.subplots()
        sns.heatmap(
            scores, ax=ax, annot=True, fmt=fmt, cmap="viridis", cbar_kws={"label": "mean validation score"}
        )
        row, column = divmod(int(scores.to_numpy().argmax()), scores.shape[1])
        ax.add_patch(
            Rectangle((column, row), 1, 1, fill=False, edgecolor=color(3), linewidth=3, clip_on=False)
        )
        ax.set(xlabel=x, ylabel=y)
        ax.tick_params(axis="y", rotation=0)
        return cls(scores, ax)
