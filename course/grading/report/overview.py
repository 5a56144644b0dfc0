"""The picture of the class: which questions were hard."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from course.grading.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw", "pictures"]

# From dark to light, as much of the points as was earned; safe for colour-blind readers, and in grey.
COLOURS = {
    "correct": "#004c7a",
    "partly": "#56b4e9",
    "wrong": "#e69f00",
    "could not run": "#d55e00",
    "not attempted": "#dddddd",
    "for a person": "#cc79a7",
}


def draw(results: Sequence[Result], ax: "Axes") -> None:
    """Draw a bar for each question, divided by how its answers did.

    Parameters
    ----------
    results : sequence of Result
        The class; at least one.
    ax : matplotlib axes
        Where to.
    """
    questions = [one.question for one in results[0].questions]
    rows = range(len(questions))
    left = [0.0] * len(questions)
    for state, colour in COLOURS.items():
        counts = [sum(result.questions[row].state == state for result in results) for row in rows]
        if any(counts):
            shares = [100 * count / len(results) for count in counts]
            ax.barh(rows, shares, left=left, color=colour, label=state, edgecolor="white", linewidth=0.5)
            left = [a + b for a, b in zip(left, shares, strict=True)]
    ax.set_yticks(rows, questions)
    ax.invert_yaxis()
    ax.set_xlim(0, 100)
    ax.set_xlabel(f"share of {len(results)} submissions (%)")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False)


def pictures(results: Sequence[Result]) -> dict[str, bytes]:
    """Return the picture as PNG and as SVG."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 1.6 + 0.35 * len(results[0].questions)), layout="constrained")
    draw(results, figure.subplots())
    found = {}
    # The same class gives the same file.
    with rc_context({"svg.hashsalt": "course"}):
        for kind, metadata in (("png", {"Software": None}), ("svg", {"Date": None})):
            data = io.BytesIO()
            figure.savefig(data, format=kind, dpi=110, metadata=metadata)
            found[f"overview.{kind}"] = data.getvalue()
    return found
