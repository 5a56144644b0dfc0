"""The hidden checks of chapter 04, ensembles."""

from typing import Any

import numpy as np

from course.exercises import ensembles
from course.exercises.judges import accuracy_at_least, close, each_call, one_of
from course.exercises.question import Check
from course.grading.keys import Key


def _choice(right: str, holds: str) -> Key:
    return Key(checks=(Check(holds=holds, judge=one_of(right)),))


def _probability(seed: int) -> tuple[None, float]:
    from scipy.stats import binom

    return None, float(binom.sf(2, 5, 0.95))


def _more_opinions(seed: int) -> tuple[Any, list[Any]]:
    return ensembles.opinions(seed + 1000, shapes=((9, 5), (3, 3)))


def _more_answers(seed: int) -> tuple[Any, list[float]]:
    return ensembles.answers(seed + 1000)


def _other_digits(seed: int) -> tuple[Any, np.ndarray]:
    X, y = ensembles.held_out_digits()
    return {"X": X, "methods": ["predict"]}, y


keys = {
    "ensembles-five": _choice("c", "it is what combining can do"),
    "ensembles-crowd": Key(
        checks=(Check(holds="it is the binomial probability", judge=close(5e-4), case=_probability),)
    ),
    "ensembles-ballots": Key(
        checks=(
            Check(
                holds="hard votes are right for other numbers of models and classes",
                judge=each_call(ensembles.row(0)),
                case=_more_opinions,
            ),
            Check(
                holds="soft votes are right for other numbers of models and classes",
                judge=each_call(ensembles.row(1)),
                case=_more_opinions,
            ),
        )
    ),
    "ensembles-servers": _choice("d", "it is the one that must be trained in order"),
    "ensembles-oob": _choice("b", "it is what is gained"),
    "ensembles-extra": _choice("a", "it is the right description"),
    "ensembles-ada": _choice("d", "it is the change that does not help"),
    "ensembles-rate": _choice("b", "it is the change that helps"),
    "ensembles-forest": Key(
        checks=(
            Check(
                holds="it reads at least 94 % of digits it has not seen",
                judge=accuracy_at_least(0.94),
                case=_other_digits,
                share=2,
            ),
        )
    ),
    "ensembles-hunt": Key(
        checks=(
            Check(
                holds="it finds both classes on data it has not seen",
                judge=each_call(ensembles.finds_both),
                case=lambda seed: ensembles.rare(seed + 1000),
            ),
        )
    ),
    "ensembles-balanced": Key(
        checks=(Check(holds="it is right on other labels", judge=each_call(close(1e-9)), case=_more_answers),)
    ),
    "ensembles-boost": Key(
        checks=(
            Check(
                holds="its error is small on other curves too",
                judge=each_call(ensembles.small_error),
                case=lambda seed: ensembles.curve(seed + 1000),
            ),
        )
    ),
    "ensembles-team": Key(
        checks=(
            Check(
                holds="it reads at least 91 % of other digits it has not seen",
                judge=each_call(accuracy_at_least(0.91)),
                case=lambda seed: ensembles.few_digits(seed + 1000),
            ),
        )
    ),
    "ensembles-blend": Key(
        checks=(
            Check(
                holds="it learns whom to trust among other members too",
                judge=each_call(ensembles.share_right(0.85)),
                case=lambda seed: ensembles.witnesses(seed + 1000),
            ),
        )
    ),
}
