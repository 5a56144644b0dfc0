"""Drawings of neurons and nets: from the brain's to layers of circles."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from numbers import Integral

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from course.plots.style import color, tint

__all__ = ["cortex", "logic", "network", "neuron"]

RADIUS = 0.34  # of a neuron; neighbours in a layer are 1 apart
APART = 2.6  # from layer to layer


def network(
    sizes: Sequence[int],
    *,
    bias: bool = False,
    labels: Sequence[Sequence[str]] | None = None,
    names: Sequence[str] | None = None,
    weights: Sequence[Sequence[Sequence[float]]] | None = None,
    biases: Sequence[Sequence[float]] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw layers of neurons, from the inputs on the left to the outputs on the right.

    Parameters
    ----------
    sizes : sequence of int
        How many neurons each layer has.
    bias : bool, optional
        Whether each layer but the last has a node that is always 1.
    labels : sequence of sequences of str, optional
        What is written in the neurons, layer by layer.
    names : sequence of str, optional
        What is written below each layer.
    weights, biases : sequences of arrays, optional
        Numbers to write on the connections, as `MLP` has them; biases need ``bias=True``.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> ax = network([2, 4, 3], bias=True, names=["inputs", "hidden", "outputs"])
    >>> len(ax.patches)
    11
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must name at least two layers, all above 0; it is {list(sizes)}.")
    for what, parts in (("labels", labels), ("names", names)):
        if parts is not None and len(parts) != len(sizes):
            raise ValueError(f"{what} must have {len(sizes)} parts, one a layer; it has {len(parts)}.")
    if labels is not None and any(len(part) != n for part, n in zip(labels, sizes, strict=True)):
        raise ValueError(f"labels must have one text for each neuron of {list(sizes)}.")
    shapes = list(pairwise(sizes))
    if weights is not None and [np.shape(part) for part in weights] != shapes:
        raise ValueError(f"weights must have the shapes {shapes}.")
    if biases is not None and [np.shape(part) for part in biases] != [(n,) for n in sizes[1:]]:
        raise ValueError(f"biases must have one number for each neuron of {list(sizes[1:])}.")
    if biases is not None and not bias:
        raise ValueError("biases are written on the connections of the bias nodes: set bias=True.")
    if ax is None:
        _, ax = plt.subplots()
    heights = [(n - 1) / 2 - np.arange(n) for n in sizes]
    tops = [column[0] + 1.25 for column in heights]
    bottom = -(max(sizes) - 1) / 2
    for layer, column in enumerate(heights):
        for i, height in enumerate(column):
            text = labels[layer][i] if labels else ""
            _node(ax, (APART * layer, height), text, face=tint(layer), edge=color(layer))
        if names:
            ax.text(APART * layer, bottom - 0.55, names[layer], ha="center", va="top")
        if layer == len(sizes) - 1:
            break
        if bias:
            _node(ax, (APART * layer, tops[layer]), "1", face="0.94", edge="0.5")
        for j, target in enumerate(heights[layer + 1]):
            for i, source in enumerate(column):
                _line(ax, layer, source, target, weights[layer][i][j] if weights is not None else None)
            if bias:
                _line(ax, layer, tops[layer], target, biases[layer][j] if biases is not None else None)
    ax.set(xlim=(-0.6, APART * (len(sizes) - 1) + 0.6), aspect="equal")
    below = 0.55 + 0.45 * max(name.count("\n") + 1 for name in names) if names else 0.5
    ax.set_ylim(bottom - below, max(tops if bias else [column[0] for column in heights]) + 0.5)
    ax.set_axis_off()
    return ax


def _node(ax: Axes, centre: tuple[float, float], text: str, *, face: object, edge: str) -> None:
    ax.add_patch(Circle(centre, RADIUS, facecolor=face, edgecolor=edge, linewidth=1.5, zorder=2))
    size = 9 if len(text) > 2 and "$" not in text else 11
    ax.text(*centre, text, ha="center", va="center", fontsize=size, zorder=3)


def _line(ax: Axes, layer: int, source: float, target: float, number: float | None) -> None:
    left, right = APART * layer, APART * (layer + 1)
    ax.plot([left, right], [source, target], color="0.65", linewidth=1, zorder=0)
    if number is not None:
        # Nearer to the source than to the target, since there the lines of one neuron lie apart.
        at = 0.36
        ax.text(
            left + at * (right - left),
            source + at * (target - source),
            f"{number:g}",
            ha="center",
            va="center",
            fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            zorder=1,
        )


def logic(connections: Mapping[str, int], *, output: str = "C", ax: Axes | None = None) -> Axes:
    """Draw one neuron of McCulloch and Pitts above its inputs.

    Parameters
    ----------
    connections : mapping
        By input, how many connections come from it; a negative number is inhibiting.
    output : str, optional
        Name of the neuron.
    ax : matplotlib Axes, optional
        Where to draw.

    Examples
    --------
    >>> ax = logic({"A": 2, "B": -1})
    >>> len(ax.lines)
    3
    """
    if not connections:
        raise ValueError("connections must name at least one input.")
    if not all(isinstance(count, Integral) for count in connections.values()):
        raise ValueError("connections must be whole numbers, one for each input.")
    if ax is None:
        _, ax = plt.subplots()
    top = np.array([0.0, 1.6])
    for i, (name, count) in enumerate(connections.items()):
        bottom = np.array([1.4 * (i - (len(connections) - 1) / 2), 0.0])
        way = (top - bottom) / np.linalg.norm(top - bottom)
        aside = np.array([-way[1], way[0]])
        for k in range(abs(count)):
            shift = aside * 0.16 * (k - (abs(count) - 1) / 2)
            start, end = bottom + 0.3 * way + shift, top - (0.34 if count > 0 else 0.4) * way + shift
            if count > 0:
                ax.plot(*zip(start, end, strict=True), color=color(0), zorder=0)
            else:
                ax.plot(
                    *zip(start, end, strict=True),
                    color=color(3),
                    linestyle="--",
                    marker="o",
                    markevery=[1],
                    markersize=8,
                    markerfacecolor="white",
                    zorder=0,
                )
        _node(ax, (bottom[0], bottom[1]), name, face="0.94", edge="0.5")
    _node(ax, (top[0], top[1]), output, face=tint(1), edge=color(1))
    ax.set(xlim=(-1.3, 1.3), ylim=(-0.5, 2.1), aspect="equal")
    ax.set_axis_off()
    return ax


def neuron(*, ax: Axes | None = None) -> Axes:
    """Draw a nerve cell and name its parts; not to scale.

    Examples
    --------
    >>> [text.get_text() for text in neuron().texts][1:3]
    ['cell body', 'nucleus']
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 3.6))
    rng = np.random.default_rng(7)
    for angle in np.deg2rad([75, 120, 165, 200, 240, 290]):
        _branch(ax, np.array([0.5 * np.cos(angle), 0.5 * np.sin(angle)]), angle, 0.75, 3, rng, color(0))
    x = np.linspace(0.5, 7, 100)
    ax.plot(x, 0.12 * np.sin(1.3 * x - 0.65), color=color(0), linewidth=3.5)
    end = np.array([7.0, 0.12 * np.sin(1.3 * 7 - 0.65)])
    tips: list[np.ndarray] = []
    for angle in np.deg2rad([45, 0, -45]):
        tips += _branch(ax, end, angle, 0.7, 2, rng, color(0))
    ax.scatter(*np.transpose(tips), s=45, color=color(3), zorder=3)
    ax.add_patch(Circle((0, 0), 0.55, facecolor=tint(0, 0.5), edgecolor=color(0), linewidth=2))
    ax.add_patch(Circle((0.05, 0.02), 0.2, facecolor=color(0)))
    # The next cell, which the upper terminals touch.
    touched = tips[1] + np.array([0.12, 0.05])
    cell = touched + np.array([1.3, 0.2])
    ax.plot(*np.transpose([touched, cell]), color="0.6", linewidth=2.5, zorder=0)
    ax.add_patch(Circle((cell[0], cell[1]), 0.4, facecolor="0.85", edgecolor="0.6", linewidth=2))
    ax.annotate("", xy=(4.8, 0.42), xytext=(2.6, 0.42), arrowprops={"arrowstyle": "-|>", "color": "0.3"})
    for text, at, place in (
        ("cell body", (0.4, -0.38), (2.0, -1.2)),
        ("nucleus", (0.1, 0.1), (1.4, 1.25)),
        ("dendrites", (-0.82, 1.2), (-2.3, 1.8)),
        ("axon", (4.1, -0.15), (4.1, -0.9)),
        ("telodendria", tuple((end + tips[-1]) / 2), (6.3, -1.5)),
        ("synaptic terminals", (tips[0][0], tips[0][1]), (6.0, 1.75)),
        ("another neuron", (cell[0], cell[1] - 0.4), (9.3, -0.6)),
    ):
        ax.annotate(
            text,
            xy=at,
            xytext=place,
            ha="center",
            va="center",
            arrowprops={"arrowstyle": "-", "color": "0.4"},
        )
    ax.text(3.7, 0.62, "signal", ha="center", color="0.3")
    ax.set(xlim=(-3.2, 10.4), ylim=(-2.2, 2.2), aspect="equal")
    ax.set_axis_off()
    return ax


def _branch(
    ax: Axes,
    start: np.ndarray,
    angle: float,
    length: float,
    depth: int,
    rng: np.random.Generator,
    shade: str,
) -> list[np.ndarray]:
    """Draw a branch that forks, and return where it ends."""
    stop = start + length * np.array([np.cos(angle), np.sin(angle)])
    ax.plot(*np.transpose([start, stop]), color=shade, linewidth=0.8 + 0.7 * depth, solid_capstyle="round")
    if depth == 1:
        return [stop]
    forks = angle + rng.uniform(0.25, 0.5, 2) * [1, -1]
    return [tip for fork in forks for tip in _branch(ax, stop, fork, 0.65 * length, depth - 1, rng, shade)]


def cortex(*, layers: int = 6, ax: Axes | None = None) -> Axes:
    """Draw cells in layers, each cell connected with some of the next layer; the places are random.

    Examples
    --------
    >>> len(cortex(layers=3).texts)
    3
    """
    if not isinstance(layers, Integral) or layers < 2:
        raise ValueError(f"layers must be a whole number of at least 2; it is {layers!r}.")
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 4))
    rng = np.random.default_rng(42)
    rows = []
    for layer in range(layers):
        count = rng.integers(14, 24)
        x = np.linspace(0, 10, count) + rng.uniform(-0.15, 0.15, count)
        rows.append(np.c_[x, -layer + rng.uniform(-0.22, 0.22, count)])
        ax.scatter(*rows[-1].T, s=rng.uniform(25, 75, count), marker="^", color=color(layer), zorder=2)
        ax.text(-0.6, -layer, f"layer {layer + 1}", ha="right", va="center")
    for above, below in pairwise(rows):
        for cell in above:
            near = np.argsort(np.abs(below[:, 0] - cell[0]))[: rng.integers(2, 4)]
            for other in below[near]:
                ax.plot(*np.transpose([cell, other]), color="0.75", linewidth=0.7, zorder=0)
    ax.set(xlim=(-2.2, 10.4), ylim=(-layers + 0.5, 0.5))
    ax.set_axis_off()
    return ax
