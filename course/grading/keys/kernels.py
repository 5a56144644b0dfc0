"""The hidden checks of chapter 07, kernels."""

from typing import Any

from course.exercises import kernels
from course.exercises.judges import each_call, one_of, same_array
from course.exercises.question import Check
from course.grading.keys import Key


def _unseen_wines(seed: int) -> tuple[Any, Any]:
    X, y, reference = kernels.other_wines()
    return {"X": X, "methods": ["predict"]}, (y, reference)


keys = {
    "kernels-matrix": Key(
        checks=(
            Check(
                holds="it is right for other tables",
                judge=each_call(same_array(1e-8)),
                case=lambda seed: kernels.tables(seed + 1000),
            ),
        )
    ),
    "kernels-ridge": Key(
        checks=(
            Check(
                holds="it is right for other data",
                judge=each_call(same_array(1e-6)),
                case=lambda seed: kernels.regressions(seed + 1000),
            ),
        )
    ),
    "kernels-gamma": Key(checks=(Check(holds="it is the gamma in force", judge=one_of("b")),)),
    "kernels-wine": Key(
        checks=(
            Check(
                holds="its error on wines that were kept apart is about the source's, or smaller",
                judge=kernels.small_error,
                case=_unseen_wines,
            ),
        )
    ),
    "kernels-process": Key(
        checks=(
            Check(
                holds="its band is honest on other waves too",
                judge=each_call(kernels.honest),
                case=lambda seed: kernels.noisy(seed + 1000),
            ),
        )
    ),
    "kernels-machine": Key(
        checks=(
            Check(
                holds="it parts other rings, too, of which one feature is in thousandths",
                judge=kernels.suits(2),
                case=lambda seed: kernels.shapes(seed + 1000),
            ),
        )
    ),
}
