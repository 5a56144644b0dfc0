"""Pictures of fitted trees: the tree itself, and its splits over the data."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, plot_tree
from sklearn.utils.validation import check_is_fitted

from course import plots
from course.trees.reading import feature_names_of

__all__ = ["SplitLines", "draw"]

STYLES = ("-", "--", ":", "-.")  # by depth
NODE_ID = re.compile(r"node #(\d+)\n")
WHOLE = re.compile(r"(\d+)\.0(?=[,\]])")


def draw(
    tree: DecisionTreeClassifier | DecisionTreeRegressor,
    *,
    ax: Axes | None = None,
    feature_names: Sequence[str] | None = None,
    class_names: Sequence[str] | None = None,
    max_depth: int | None = None,
    fontsize: int = 9,
) -> list[Annotation]:
    """Draw a tree with scikit-learn's ``plot_tree``, in the colours that the classes have in other pictures.

    Parameters
    ----------
    tree : fitted decision tree
        The stronger the colour of a box, the purer the node; for a regression, the larger the value.
    ax : matplotlib Axes, optional
        Where to draw.
    feature_names, class_names : sequence of str, optional
        Names to use; without them, those the tree was fitted with.
    max_depth : int, optional
        Draw no deeper; three dots stand for the rest.
    fontsize : int, optional
        Size of the letters in the boxes.

    Returns
    -------
    list of matplotlib Annotation
        The boxes.

    Examples
    --------
    >>> boxes = draw(DecisionTreeClassifier().fit([[1], [2], [4]], [0, 0, 1]))
    >>> print(boxes[0].get_text())
    x1 <= 3.0
    gini = 0.444
    samples = 3
    value = [2, 1]
    class = 0
    """
    check_is_fitted(tree)
    is_classifier = hasattr(tree, "classes_")
    if is_classifier:
        class_names = [str(name) for name in (tree.classes_ if class_names is None else class_names)]
        if len(class_names) != len(tree.classes_):
            raise ValueError(f"class_names must have {len(tree.classes_)} names; it has {len(class_names)}.")
    if ax is None:
        _, ax = plt.subplots()
    boxes = plot_tree(
        tree,
        ax=ax,
        feature_names=feature_names_of(tree, feature_names),
        class_names=class_names if is_classifier else None,
        max_depth=max_depth,
        node_ids=True,
        rounded=True,
        filled=True,
        fontsize=fontsize,
    )
    values = tree.tree_.value[:, 0]
    for box in boxes:
        # plot_tree says which node a box is; it has done its service once the box has its colour.
        if found := NODE_ID.match(box.get_text()):
            node = int(found[1])
            # Counts are shares times samples, which may miss a whole number by a hair and be shown as 15.0.
            box.set_text(WHOLE.sub(r"\1", NODE_ID.sub("", box.get_text())))
            box.get_bbox_patch().set_facecolor(
                _class_tint(values[node]) if is_classifier else _value_tint(values[node, 0], values)
            )
    return boxes


def _class_tint(shares: np.ndarray) -> tuple[float, float, float]:
    even = 1 / len(shares)
    purity = (shares.max() - even) / (1 - even) if len(shares) > 1 else 1.0
    return plots.tint(int(shares.argmax()), strength=0.45 * purity)


def _value_tint(value: float, values: np.ndarray) -> tuple[float, float, float]:
    return plots.tint(0, strength=0.5 * (value - values.min()) / (np.ptp(values) or 1.0))


class SplitLines:
    """The splits of a tree as lines over its data; the style of a line tells the depth.

    Made by `from_estimator`.

    Attributes
    ----------
    lines_ : list of matplotlib Line2D
        From the root down, left before right.
    ax_, figure_ : matplotlib Axes and Figure
        What was drawn on.
    """

    def __init__(self, lines: list[Line2D], ax: Axes) -> None:
        self.lines_ = lines
        self.ax_ = ax
        self.figure_ = ax.figure

    @classmethod
    def from_estimator(
        cls,
        tree: DecisionTreeClassifier | DecisionTreeRegressor,
        *,
        ax: Axes | None = None,
        labels: bool = True,
    ) -> "SplitLines":
        """Draw the splits of a tree with one or two features inside the limits of ``ax``.

        Parameters
        ----------
        tree : fitted decision tree
            With two features, each split crosses the rectangle that it divides; with one, the whole height.
        ax : matplotlib Axes, optional
            Where to draw: an axes that has its limits already, as after ``DecisionRegions``.
        labels : bool, optional
            Whether to write the depth beside the lines of a plane. The lines of one feature stand too close;
            ``ax.legend()`` names their styles.

        Returns
        -------
        SplitLines

        Examples
        --------
        >>> tree = DecisionTreeClassifier(random_state=0).fit([[0, 0], [1, 1], [2, 0]], [0, 1, 0])
        >>> lines = SplitLines.from_estimator(tree).lines_
        >>> [line.get_linestyle() for line in lines]
        ['-']
        """
        check_is_fitted(tree)
        if tree.n_features_in_ > 2:
            raise ValueError(f"tree must have 1 or 2 features to be drawn; it has {tree.n_features_in_}.")
        if ax is None:
            _, ax = plt.subplots()
        limits = np.array([ax.get_xlim(), ax.get_ylim()])
        written = labels and tree.n_features_in_ == 2
        lines: list[Line2D] = []
        named = set()
        for depth, feature, ends in _cuts(tree, limits):
            lines += ax.plot(
                *ends,
                color="black",
                linestyle=STYLES[depth % len(STYLES)],
                linewidth=max(2.2 - 0.5 * depth, 1.0),
                label="_nolegend_" if written or depth in named else f"depth {depth}",
            )
            named.add(depth)
            if written:
                _label(ax, ends, depth, is_vertical=feature == 0, at_top=ends[1, 1] == limits[1, 1])
        ax.set(xlim=limits[0], ylim=limits[1])
        return cls(lines, ax)


def _cuts(tree: Any, box: np.ndarray, node: int = 0, depth: int = 0) -> Iterator[tuple[int, int, np.ndarray]]:
    """Yield depth, feature and ends of each cut through a node's box, [[x_min, x_max], [y_min, y_max]]."""
    inside = tree.tree_
    if inside.children_left[node] == -1:
        return
    feature, threshold = inside.feature[node], inside.threshold[node]
    ends, below, above = box.copy(), box.copy(), box.copy()
    ends[feature] = below[feature, 1] = above[feature, 0] = threshold
    yield depth, feature, ends
    yield from _cuts(tree, below, inside.children_left[node], depth + 1)
    yield from _cuts(tree, above, inside.children_right[node], depth + 1)


def _label(ax: Axes, ends: np.ndarray, depth: int, *, is_vertical: bool, at_top: bool) -> None:
    """Write the depth beside a line: at its right end, or where it meets the edge of the picture."""
    if is_vertical:
        end, place = ends[:, int(at_top)], {"va": "top" if at_top else "bottom", "rotation": 90}
        offset = (-2, -4 if at_top else 4)
    else:
        end, place, offset = ends[:, 1], {"va": "bottom"}, (-4, 2)
    ax.annotate(
        f"depth {depth}", end, xytext=offset, textcoords="offset points", ha="right", fontsize=9, **place
    )
