"""Boxes and arrows, for what is better drawn than said."""

from collections.abc import Iterable, Mapping

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from course.plots.style import tint

__all__ = ["flow"]


def flow(
    boxes: Mapping[str, tuple[float, float]],
    arrows: Iterable[tuple[str, str] | tuple[str, str, str]],
    *,
    colors: Mapping[str, int] | None = None,
    ax: Axes | None = None,
    fontsize: float = 10,
) -> Axes:
    """Draw boxes with text and the arrows between them.

    Parameters
    ----------
    boxes : mapping
        The text of each box, and the (x, y) of its centre. Only the proportions of the positions matter.
    arrows : iterable of tuples
        Pairs (from, to) of boxes, or triples with what is written on the arrow.
    colors : mapping, optional
        The number of a colour of the palette, by box; the others are grey.
    ax : matplotlib Axes, optional
        Where to draw.
    fontsize : float, optional
        Size of the text.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> ax = flow({"data": (0, 0), "model": (1, 0)}, [("data", "model", "fit")])
    >>> [text.get_text() for text in ax.texts]
    ['data', 'model', '', 'fit']
    """
    arrows, colors = list(arrows), dict(colors or {})
    unknown = ({name for arrow in arrows for name in arrow[:2]} | set(colors)) - set(boxes)
    if unknown:
        raise ValueError(f"arrows and colors must name boxes; there is no box {sorted(unknown)[0]!r}.")
    if ax is None:
        _, ax = plt.subplots()
    drawn = {
        name: ax.text(
            x,
            y,
            name,
            ha="center",
            va="center",
            fontsize=fontsize,
            zorder=3,
            bbox={
                "boxstyle": "round,pad=0.45",
                "facecolor": tint(colors[name]) if name in colors else "0.94",
                "edgecolor": "0.35",
            },
        )
        for name, (x, y) in boxes.items()
    }
    for start, end, *label in arrows:
        ax.annotate(
            "",
            xy=boxes[end],
            xytext=boxes[start],
            arrowprops={
                "arrowstyle": "-|>",
                "color": "0.35",
                "patchA": drawn[start].get_bbox_patch(),
                "patchB": drawn[end].get_bbox_patch(),
                "shrinkA": 2,
                "shrinkB": 2,
            },
        )
        if label:
            middle = [(a + b) / 2 for a, b in zip(boxes[start], boxes[end], strict=True)]
            paper = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            ax.text(*middle, label[0], ha="center", va="center", fontsize=fontsize - 1, bbox=paper)
    x, y = zip(*boxes.values(), strict=True)
    ax.set_xlim(min(x) - 0.5, max(x) + 0.5)
    ax.set_ylim(min(y) - 0.6, max(y) + 0.6)
    ax.set_axis_off()
    return ax
