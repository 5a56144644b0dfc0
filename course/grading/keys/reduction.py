"""The hidden checks of chapter 05, dimensionality reduction."""

from functools import cache
from typing import Any

import numpy as np

from course.exercises import reduction
from course.exercises.judges import accuracy_at_least, close, each_call, finite, one_of
from course.exercises.question import Check
from course.grading.keys import Key

NEIGHBOURS, LEAST = 5, 0.85


def _choice(right: str, holds: str) -> Key:
    return Key(checks=(Check(holds=holds, judge=one_of(right)),))


def _in_order(observed: Any, expected: Any) -> bool | str:
    return [str(one) for one in np.ravel(observed)] == ["p", "i", "r", "g"]


@cache
def _labels_of_the_map() -> np.ndarray:
    from sklearn.datasets import load_digits

    return load_digits().target[:400]


def _digits_together(observed: Any, expected: Any) -> bool | str:
    """Judge whether neighbours on the map are mostly of the same digit, in whatever order they were drawn.

    One scatter has all digits in their order; ten of them have each its own digit.
    """
    from sklearn.neighbors import NearestNeighbors

    y = _labels_of_the_map()
    for ax in observed if isinstance(observed, list) else []:
        clouds = [finite(cloud, ndim=2) for cloud in ax.get("points") or []]
        clouds = [cloud for cloud in clouds if cloud is not None and cloud.shape[1] == 2]
        candidates = [(cloud, y[: len(cloud)]) for cloud in clouds if 300 <= len(cloud) <= len(y)]
        if len(clouds) == 10:
            candidates.append(
                (np.concatenate(clouds), np.repeat(np.arange(10), [len(one) for one in clouds]))
            )
        for places, digits in candidates:
            near = NearestNeighbors(n_neighbors=NEIGHBOURS).fit(places).kneighbors(return_distance=False)
            if (digits[near] == digits[:, np.newaxis]).mean() >= LEAST:
                return True
    return "neighbours on the map are often of different digits."


keys = {
    "reduction-why": _choice("c", "it is the reason that does not hold"),
    "reduction-border": Key(
        checks=(
            Check(
                holds="it is right for other cubes",
                judge=each_call(close(1e-9)),
                case=lambda seed: reduction.cubes(seed + 1000),
            ),
        )
    ),
    "reduction-distance": Key(
        checks=(
            Check(
                holds="another seed draws other points",
                judge=lambda seen, _: len({str(call.get("value")) for call in seen}) == 3,
                case=lambda seed: ({"calls": [[20, seed], [20, seed + 1], [20, seed + 2]]}, None),
            ),
        )
    ),
    "reduction-back": _choice("b", "it is the right sentence"),
    "reduction-bent": _choice("c", "it is the right sentence"),
    "reduction-dimensions": Key(
        checks=(
            Check(
                holds="it is right for other spectra",
                judge=each_call(close(0)),
                case=lambda seed: reduction.spectra(seed + 1000),
            ),
        )
    ),
    "reduction-which": Key(checks=(Check(holds="it is the right order", judge=_in_order),)),
    "reduction-lost": Key(
        checks=(
            Check(
                holds="it is right on other data",
                judge=each_call(close(1e-6)),
                case=lambda seed: reduction.two_sets(seed + 1000),
            ),
        )
    ),
    "reduction-chain": _choice("b", "it is the right sentence"),
    "reduction-shorter": Key(
        checks=(
            Check(
                holds="it reads at least 85 % of other digits it has not seen",
                judge=each_call(accuracy_at_least(0.85)),
                case=lambda seed: reduction.few_digits(seed + 1000),
            ),
        )
    ),
    "reduction-faster": _choice("b", "it is what comes out"),
    "reduction-spread": Key(
        checks=(
            Check(
                holds="it keeps the right rows of other places",
                judge=each_call(reduction.same_rows),
                case=lambda seed: reduction.places(seed + 1000),
            ),
        )
    ),
    "reduction-map": Key(
        checks=(Check(holds="digits of one kind lie together", judge=_digits_together, share=3),)
    ),
}
