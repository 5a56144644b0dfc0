"""One look for all chapters: colours that colour-blind readers tell apart, letters for a notebook's width."""

import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.colors import to_rgb

__all__ = ["COLORS", "MARKERS", "color", "tint", "use_style"]

# The palette of Okabe and Ito, without its yellow, which is too pale for points on white.
COLORS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000")
# A second sign beside colour, for readers who see no colour and for print.
MARKERS = ("o", "s", "^", "D", "v", "P", "X")


def use_style() -> None:
    """Give every picture drawn from now on the look of the course.

    Examples
    --------
    >>> use_style()
    >>> plt.rcParams["figure.dpi"]
    90.0
    """
    plt.rcParams.update(
        {
            "figure.figsize": (8, 4),
            "figure.dpi": 90,
            "figure.constrained_layout.use": True,
            "figure.constrained_layout.h_pad": 0.08,
            "figure.constrained_layout.w_pad": 0.08,
            "savefig.dpi": 90,
            "font.size": 11,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.labelsize": 11,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=COLORS),
            "image.cmap": "viridis",
            "legend.frameon": True,
            "legend.framealpha": 0.85,
            "legend.fontsize": 10,
            "lines.linewidth": 2,
        }
    )


def color(index: int) -> str:
    """Return the colour of a class; after the last one the palette starts again, with other markers.

    Examples
    --------
    >>> color(0)
    '#0072B2'
    """
    return COLORS[index % len(COLORS)]


def tint(index: int, strength: float = 0.3) -> tuple[float, float, float]:
    """Return the colour of a class mixed with white, as a background for its points.

    Parameters
    ----------
    index : int
        Number of the class.
    strength : float, optional
        From 0 (white) to 1 (the colour itself).

    Examples
    --------
    >>> tint(0, strength=0)
    (1.0, 1.0, 1.0)
    """
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(color(index)))
    return (red, green, blue)
