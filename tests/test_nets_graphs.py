"""Pictures of Keras models."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from keras import layers

from course import nets
from course.nets import graphs


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def wide_and_deep():
    """Two inputs, the first goes straight to the end."""
    wide, deep = keras.Input((5,), name="wide"), keras.Input((6,), name="deep")
    hidden1 = layers.Dense(30, name="hidden1")(deep)
    hidden2 = layers.Dense(30, name="hidden2")(hidden1)
    joined = layers.Concatenate(name="joined")([wide, hidden2])
    return keras.Model(
        [wide, deep], [layers.Dense(1, name="main")(joined), layers.Dense(2, name="aux")(hidden2)]
    )


def boxes(ax):
    return {text.get_text().split("\n")[0]: text for text in ax.texts if text.get_text()}


def test_who_feeds_whom():
    feeds = {end[0]: [start[0] for start in starts] for end, starts in graphs._feeds(wide_and_deep()).items()}
    assert feeds == {
        "wide": [],
        "deep": [],
        "hidden1": ["deep"],
        "hidden2": ["hidden1"],
        "joined": ["wide", "hidden2"],
        "main": ["joined"],
        "aux": ["hidden2"],
    }


def test_a_box_for_each_layer_and_an_arrow_for_each_connection():
    ax = nets.draw_graph(wide_and_deep())
    drawn = boxes(ax)
    assert list(drawn) == ["wide", "deep", "hidden1", "hidden2", "joined", "main", "aux"]
    assert drawn["joined"].get_text() == "joined\nConcatenate: 35"
    assert sum(bool(getattr(text, "arrow_patch", None)) for text in ax.texts) == 6


def test_layers_stand_right_of_what_feeds_them_and_inputs_in_their_order():
    drawn = boxes(nets.draw_graph(wide_and_deep()))
    x = {name: text.get_position()[0] for name, text in drawn.items()}
    assert x["wide"] == x["deep"] < x["hidden1"] < x["hidden2"] < x["joined"] == x["aux"] < x["main"]
    assert drawn["wide"].get_position()[1] > drawn["deep"].get_position()[1]


def test_no_arrow_crosses_a_box():
    ax = nets.draw_graph(wide_and_deep())
    ax.figure.canvas.draw()
    for start, end in (("wide", "joined"), ("hidden2", "aux")):
        a, b = (np.array(boxes(ax)[name].get_position()) for name in (start, end))
        path = ax.transData.transform(a + np.linspace(0, 1, 200)[:, None] * (b - a))
        for name, box in boxes(ax).items():
            if name not in (start, end):
                assert not any(box.get_bbox_patch().get_window_extent().contains(*point) for point in path)


def test_inputs_and_outputs_have_a_colour():
    faces = {
        name: text.get_bbox_patch().get_facecolor()
        for name, text in boxes(nets.draw_graph(wide_and_deep())).items()
    }
    assert faces["wide"] == faces["deep"] != faces["hidden1"]
    assert faces["main"] == faces["aux"] not in (faces["hidden1"], faces["wide"])


def test_a_chain_of_layers():
    model = keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10, name="classes")])
    drawn = list(boxes(nets.draw_graph(model)).values())
    assert [text.get_text().split("\n")[1] for text in drawn] == [
        "Input: 28 x 28",
        "Flatten: 784",
        "Dense: 10",
    ]
    assert len({text.get_position()[1] for text in drawn}) == 1


def test_a_layer_that_is_called_twice_stands_twice():
    numbers, again = keras.Input((4,), name="numbers"), layers.Dense(4, name="again")
    drawn = boxes(nets.draw_graph(keras.Model(numbers, again(again(numbers)))))
    assert list(drawn) == ["numbers", "again", "again, call 2"]


def test_draws_where_it_is_told():
    _, ax = plt.subplots()
    assert nets.draw_graph(wide_and_deep(), ax=ax) is ax


class Program(keras.Model):
    def call(self, inputs):
        return inputs


@pytest.mark.parametrize("model", [keras.Sequential([layers.Dense(1)]), Program()])
def test_refuses_a_model_without_a_graph(model):
    with pytest.raises(ValueError, match="model must be functional"):
        nets.draw_graph(model)
