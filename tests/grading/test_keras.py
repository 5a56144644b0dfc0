"""A worker that has loaded Keras forks children that train: several, one after a killed one, two at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from course.exercises.judges import close
from course.exercises.question import Check, Question
from course.grading import sandbox
from course.grading.bank import Chapter, Item
from course.grading.keys import Key
from course.grading.run import Grader

SETUP = "import keras\nimport numpy as np"
SOLUTION = """
keras.utils.set_random_seed(0)
X = np.random.default_rng(0).normal(size=(256, 4)).astype("float32")
y = (X.sum(axis=1) > 0).astype("float32")
net = keras.Sequential(
    [keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")]
)
net.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.05), metrics=["accuracy"])
net.fit(X, y, epochs=4, verbose=0)
accuracy = net.evaluate(X, y, verbose=0)[1]
"""


def chapter():
    """Return a chapter with one question, whose answer trains a net."""
    check = Check(holds="it has learned", judge=lambda seen, _: seen > 0.8 or close(0)(seen, 1.0))
    question = Question(
        id="mini-net",
        answer="accuracy",
        kind="number",
        points=1,
        outline=(),
        checks=(check,),
        hints=(),
        seconds=40,
        keras=True,
    )
    item = Item(question, Key(checks=(check,)), SETUP, "accuracy = ...", SOLUTION, (), "")
    return Chapter("98_nets", (item,))


@pytest.fixture(scope="module")
def grader():
    with Grader.open(chapter(), sandbox.best().level) as grader:
        yield grader


def test_trains_in_several_children_of_warm_workers(grader):
    item = grader.chapter.items[0]
    assert "keras" in grader.modules

    def train_three_times(number):
        with grader.worker(number) as worker:
            states = [
                grader.grade(worker, item, {"mini-net": text}, seconds=seconds)[0].state
                for text, seconds in ((SOLUTION, 40), (SOLUTION + "\nwhile True: pass", 6), (SOLUTION, 40))
            ]
            # It was one zygote that had Keras and forked all three.
            return states, worker.modules

    with ThreadPoolExecutor(2) as pool:
        for states, modules in pool.map(train_three_times, range(2)):
            assert states == ["correct", "could not run", "correct"]
            assert "keras" in modules
