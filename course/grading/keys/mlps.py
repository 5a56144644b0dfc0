"""The hidden checks of chapter 10, multilayer perceptrons."""

from functools import cache
from typing import Any

import numpy as np

from course.exercises import mlps
from course.exercises.judges import accuracy_at_least, close, each_call, finite, one_of, same_array
from course.exercises.question import Check
from course.grading.keys import Key


def _choice(letter: str) -> Key:
    return Key(checks=(Check(holds="it is the true statement", judge=one_of(letter)),))


def _number(value: float) -> Key:
    return Key(
        checks=(Check(holds="it is the right number", judge=close(0), case=lambda seed: (None, value)),)
    )


def _letters(right: str) -> Key:
    def judge(observed: Any, expected: Any) -> bool | str:
        return mlps.letters_of(observed) == right

    return Key(checks=(Check(holds="it names just the right ones", judge=judge),))


def _flowers(seed: int) -> tuple[Any, np.ndarray]:
    from sklearn.datasets import load_iris

    iris = load_iris()
    probe = {"X": iris.data[:, 2:], "methods": ["predict", "predict_proba"]}
    return probe, (iris.target == 2).astype(int)


def _probabilities_that_fit(observed: Any, expected: np.ndarray) -> bool | str:
    probabilities = finite(observed.get("predict_proba"), ndim=2)
    if probabilities is None or probabilities.shape != (len(expected), 2):
        return "it gives no probabilities of two classes."
    # A third of the flowers are virginica: the constant guess of 1/3 has a mean square of 0.22.
    return bool(np.mean((probabilities[:, 1] - expected) ** 2) < 0.1)


def _every_wrong_input(observed: Any, expected: Any) -> bool | str:
    wiring = mlps.wiring_of(observed)
    if isinstance(wiring, str):
        return wiring
    return [mlps.output_of(wiring, a, b) for a, b in ((0, 0), (0, 1), (1, 0), (1, 1))] == [0, 1, 1, 0]


def _shapes(seed: int) -> tuple[None, list[list[int]]]:
    return None, [[32, 10], [10, 50], [50, 3], [32, 3]]


def _right_outputs(observed: Any, expected: Any) -> bool | str:
    pairs = mlps.outputs_of(observed)
    if isinstance(pairs, str):
        return pairs
    spam, digit, price = pairs
    return (
        spam in (("1", "sigmoid"), ("2", "softmax"))
        and digit == ("10", "softmax")
        and price[0] == "1"
        and price[1] in ("linear", "relu", "softplus")
    )


def _iris(seed: int) -> tuple[Any, np.ndarray]:
    from sklearn.datasets import load_iris
    from sklearn.model_selection import train_test_split

    # The split of the chapter's setup; students train on the other half.
    _, X_test, _, y_test = train_test_split(
        *load_iris(return_X_y=True), test_size=0.5, stratify=load_iris().target, random_state=42
    )
    return {"X": X_test, "methods": ["predict"]}, y_test


@cache
def _digits() -> tuple[np.ndarray, np.ndarray]:
    from course import datasets

    mnist = datasets.load("mnist", standin=True)
    images = mnist.data[mnist.split :].astype("float32") / 255
    return images, mnist.target[mnist.split :]


def _unseen_digits(seed: int) -> tuple[Any, np.ndarray]:
    images, digits = _digits()
    return {"X": images, "methods": ["predict"]}, digits


def _reads_digits(observed: Any, expected: np.ndarray) -> bool | str:
    probabilities = finite(observed.get("predict"), ndim=2)
    if probabilities is None or probabilities.shape != (len(expected), 10):
        return "it does not give ten probabilities for each image."
    return accuracy_at_least(0.90)({"predict": probabilities.argmax(axis=1)}, expected)


def _all_differ(observed: Any, expected: Any) -> bool | str:
    folders = mlps.folders_of(observed)
    if isinstance(folders, str):
        return folders
    return len(set(folders)) == len(folders) or "two calls named the same folder."


keys = {
    "mlps-rings": _number(3),
    "mlps-spiral": _choice("a"),
    "mlps-wiring": Key(checks=(Check(holds="it is right for every input", judge=_every_wrong_input),)),
    "mlps-perceptron": _choice("d"),
    "mlps-softened": Key(
        checks=(
            Check(
                holds="its probabilities beat a constant guess",
                judge=_probabilities_that_fit,
                case=_flowers,
            ),
        )
    ),
    "mlps-sigmoid": _choice("b"),
    "mlps-activations": Key(
        checks=(
            Check(
                holds="the third is ReLU",
                judge=mlps.three_rows(2),
                case=mlps.activations.checks[0].case,
            ),
        )
    ),
    "mlps-shapes": Key(
        checks=(Check(holds="all eight numbers are right", judge=same_array(), case=_shapes, share=2),)
    ),
    "mlps-forward": Key(
        checks=(
            Check(
                holds="Y is right for nets of other sizes",
                judge=each_call(same_array(1e-6)),
                case=mlps.forward_question.checks[0].case,
                share=2,
            ),
        )
    ),
    "mlps-outputs": Key(
        checks=(Check(holds="each activation fits its task", judge=_right_outputs, share=2),)
    ),
    "mlps-backprop": _choice("c"),
    "mlps-gradient": Key(
        checks=(
            Check(
                holds="it is right to many digits",
                judge=each_call(same_array(1e-6)),
                case=mlps.gradient_question.checks[0].case,
            ),
        )
    ),
    "mlps-remedies": _letters("acf"),
    "mlps-rate": Key(
        checks=(
            Check(
                holds="it is about a tenth of the turning point, on every sweep",
                judge=each_call(mlps.near_a_tenth),
                case=mlps.rate.checks[0].case,
                share=2,
            ),
        )
    ),
    "mlps-mnist": Key(
        checks=(
            Check(
                holds="it is right on at least 90 % of digits it has not seen",
                judge=_reads_digits,
                case=_unseen_digits,
                share=2,
            ),
        )
    ),
    "mlps-xor": Key(
        checks=(
            Check(
                holds="all twelve sums are right",
                judge=same_array(1e-6),
                case=lambda seed: (None, mlps.SUMS),
            ),
        )
    ),
    "mlps-iris": Key(
        checks=(
            Check(
                holds="it is right on at least 90 % of flowers it has not seen",
                judge=accuracy_at_least(0.90),
                case=_iris,
            ),
        )
    ),
    "mlps-shape-errors": _letters("abd"),
    "mlps-updates": _number(68_760),
    "mlps-folder": Key(
        checks=(
            Check(
                holds="two hundred calls give two hundred folders",
                judge=_all_differ,
                case=mlps.run_folder.checks[0].case,
                share=2,
            ),
        )
    ),
    "mlps-best": Key(
        checks=(
            Check(
                holds="they are the best ones, the best first",
                judge=each_call(mlps.same_trials),
                case=mlps.best_trials.checks[0].case,
                share=2,
            ),
        )
    ),
    "mlps-trials": _number(5),
    "mlps-weights": _number(709_633),
    "mlps-scale": Key(
        checks=(
            Check(
                holds="validation and test are scaled by the training part alone",
                judge=each_call(
                    lambda observed, goal: (
                        isinstance(observed, list)
                        and len(observed) == 3
                        and all(same_array(1e-6)(observed[i], goal[i]) is True for i in (1, 2))
                    )
                ),
                case=mlps.scale_parts.checks[0].case,
                share=2,
            ),
        )
    ),
}
