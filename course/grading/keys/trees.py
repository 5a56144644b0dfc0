"""The hidden checks of chapter 03, trees."""

from functools import cache
from typing import Any

import numpy as np

from course.exercises import trees
from course.exercises.judges import accuracy_at_least, close, each_call, labels, one_of
from course.exercises.question import Check
from course.grading.keys import Key


def _twenty_levels(seed: int) -> tuple[None, float]:
    return None, float(np.log2(trees.A_MILLION))


def _twice(seed: int) -> tuple[None, float]:
    return None, 2.0


def _child_in_a_real_tree(observed: Any, expected: Any) -> bool | str:
    from sklearn.tree import DecisionTreeClassifier

    row = labels(observed)
    if row is None or not 2 <= len(row) <= 50:
        return False
    X = np.arange(len(row)).reshape(-1, 1)
    for random in range(5):  # which breaks ties
        impurity = DecisionTreeClassifier(max_depth=1, random_state=random).fit(X, row).tree_.impurity
        if len(impurity) == 3 and impurity[1:].max() > impurity[0] + 1e-9:
            return True
    return False


def _right_time(observed: Any, expected: Any) -> bool | str:
    return abs(observed - expected) <= 0.01 * expected


@cache
def _unseen_tumours() -> tuple[np.ndarray, np.ndarray]:
    # The split of the chapter's setup; students train on the other half.
    from sklearn.datasets import load_breast_cancer
    from sklearn.model_selection import train_test_split

    X, y = load_breast_cancer(return_X_y=True)
    _, X_test, _, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=42)
    return X_test, y_test


def _tumours(seed: int) -> tuple[Any, np.ndarray]:
    X_test, y_test = _unseen_tumours()
    return {"X": X_test, "methods": ["predict"]}, y_test


def _same_again(observed: Any, expected: Any) -> bool | str:
    first, again, other = (trees.forest_rows(call) for call in observed[:3])
    if isinstance(first, str) or isinstance(again, str) or isinstance(other, str):
        return False
    return bool((first == again).all()) and trees.samples_of(first) != trees.samples_of(other)


def _leaves_count(observed: Any, expected: Any) -> bool | str:
    rows = trees.forest_rows(observed[3])
    if isinstance(rows, str):
        return rows
    return all(len(samples) == trees.LEAVES for samples in trees.samples_of(rows))


keys = {
    "trees-depth": Key(
        checks=(Check(holds="it is log2 of a million", judge=close(0.3), case=_twenty_levels),)
    ),
    "trees-gini": Key(checks=(Check(holds="it is the true statement", judge=one_of("c")),)),
    "trees-gini-example": Key(
        checks=(
            Check(
                holds="scikit-learn's own tree has such a child too",
                judge=_child_in_a_real_tree,
            ),
        )
    ),
    "trees-overfit": Key(checks=(Check(holds="it is the right change", judge=one_of("b")),)),
    "trees-scaling": Key(checks=(Check(holds="it is what happens", judge=one_of("d")),)),
    "trees-hours": Key(
        checks=(
            Check(
                holds="the time is right to one per cent for sizes that the text does not name",
                judge=each_call(_right_time),
                case=trees.hours.checks[0].case,
                share=2,
            ),
        )
    ),
    "trees-features": Key(checks=(Check(holds="it is twice the time", judge=close(0.05), case=_twice),)),
    "trees-own": Key(
        checks=(
            Check(
                holds="it is right on at least 88 % of samples it has not seen",
                judge=accuracy_at_least(0.88),
                case=_tumours,
                share=2,
            ),
        )
    ),
    "trees-tune": Key(
        checks=(
            Check(
                holds="tuned on data of another shape, which needs more leaves, the tree is right there too",
                judge=trees.accurate_on("stripes"),
                case=trees.unseen_data,
            ),
        )
    ),
    "trees-forest": Key(
        checks=(
            Check(
                holds="the same seed gives the same forest, another seed another",
                judge=_same_again,
                case=trees.forests,
            ),
            Check(
                holds="each tree has as many leaves as it may have", judge=_leaves_count, case=trees.forests
            ),
        )
    ),
    "trees-vote": Key(
        checks=(
            Check(
                holds="the majority is right with more than two classes, and for a single tree",
                judge=each_call(trees.is_majority),
                case=trees.votes,
            ),
        )
    ),
}
