"""Pictures of Keras models: which layer feeds which."""

from collections.abc import Iterator
from typing import Any

import keras
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from course.plots import flow

__all__ = ["draw_graph"]

# A layer and the number of its call: a layer that is called twice stands twice in the picture.
Node = tuple[str, int]


def draw_graph(model: keras.Model, *, ax: Axes | None = None, fontsize: float = 9) -> Axes:
    """Draw the layers of a model from left to right, with the shape of what each gives for one sample.

    Inputs and outputs of the model have a colour. It needs neither Graphviz nor pydot, as
    ``keras.utils.plot_model`` does.

    Parameters
    ----------
    model : keras.Model
        A functional model, or a sequential one that knows the shape of its input.
    ax : matplotlib Axes, optional
        Where to draw.
    fontsize : float, optional
        Size of the text.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> numbers = keras.Input((8,), name="numbers")
    >>> model = keras.Model(numbers, keras.layers.Dense(1, name="price")(numbers))
    >>> [text.get_text().split() for text in draw_graph(model).texts if text.get_text()]
    [['numbers', 'Input:', '8'], ['price', 'Dense:', '1']]
    """
    if not isinstance(model, keras.Model):
        raise ValueError(f"model must be a Keras model; it is a {type(model).__name__}.")
    if isinstance(model, keras.Sequential) and model.built:
        model = keras.Model(model.inputs, model.outputs)
    if "input_layers" not in model.get_config():
        raise ValueError(
            "model must be functional, or sequential with a known input; another model has no graph to draw."
        )
    feeds = _feeds(model)
    places = _places(feeds)
    labels = {node: _label(model.get_layer(node[0]), node[1]) for node in feeds}
    if ax is None:
        heights = [row for _, row in places.values()]
        _, ax = plt.subplots(figsize=(9, 1.5 + max(heights) - min(heights)))
    flow(
        {labels[node]: place for node, place in places.items()},
        [(labels[start], labels[end]) for end, starts in feeds.items() for start in starts],
        colors={labels[node]: 0 for node in feeds if node[0] in model.output_names}
        | {labels[node]: 1 for node, starts in feeds.items() if not starts},
        ax=ax,
        fontsize=fontsize,
    )
    return ax


def _feeds(model: keras.Model) -> dict[Node, list[Node]]:
    """Say from which nodes each node of a functional model takes its inputs; its inputs come first."""
    config = model.get_config()
    inputs = [part for part in keras.tree.flatten(config["input_layers"]) if isinstance(part, str)]
    return {(name, 0): [] for name in inputs} | {
        (layer["name"], call): list(_sources(node))
        for layer in config["layers"]
        for call, node in enumerate(layer["inbound_nodes"])
    }


def _sources(part: Any) -> Iterator[Node]:
    """Find the tensors in the arguments of a call, wherever they stand."""
    if isinstance(part, dict) and "keras_history" in part:
        name, call, _ = part["keras_history"]
        yield name, call
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _sources(inner)


def _label(layer: keras.Layer, call: int) -> str:
    again = f", call {call + 1}" if call else ""
    kind = "Input" if isinstance(layer, keras.layers.InputLayer) else type(layer).__name__
    shape = " x ".join(str(side or "?") for side in keras.tree.flatten(layer.output)[0].shape[1:])
    return f"{layer.name}{again}\n{kind}: {shape}"


def _places(feeds: dict[Node, list[Node]]) -> dict[Node, tuple[float, float]]:
    """Give each node the column after its last source, and a row near its sources.

    An arrow that jumps over columns keeps a row free in each of them, so that it crosses no box.
    """
    columns: dict[Node, int] = {}
    while len(columns) < len(feeds):
        for node, sources in feeds.items():
            if all(source in columns for source in sources):
                columns[node] = max((columns[source] + 1 for source in sources), default=0)
    rows: dict[Node, float] = {}
    for column in range(max(columns.values()) + 1):
        here = {
            node: sum(rows[source] for source in sources) / max(len(sources), 1)
            for node, sources in feeds.items()
            if columns[node] == column
        }
        lanes = {
            (start, end): rows[start]
            for end, sources in feeds.items()
            for start in sources
            if columns[start] < column < columns[end]
        }
        order = sorted([*lanes.items(), *here.items()], key=lambda item: -item[1])
        for i, (place, _) in enumerate(order):
            if place in here:
                rows[place] = (len(order) - 1) / 2 - i
    return {node: (columns[node], rows[node]) for node in feeds}
