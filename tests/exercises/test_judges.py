import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course.exercises import judges, plain, secret
from course.exercises.kinds import Observation
from course.exercises.outcome import judge_all, looks
from course.grading import bank

NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.none(), st.text(max_size=5))
ARRAYS = hnp.arrays(
    dtype=st.sampled_from([np.dtype(kind) for kind in ("f8", "i8", "u1", "?", "c16", "U3")]),
    shape=hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5),
)
LEAVES = NUMBERS | ARRAYS
# Whatever plain data a student's process can send, in the forms that judges look for above all.
KEYS = st.sampled_from(["value", "error", "predict", "types", "get_params", "get_n_leaves", "x"])
GARBAGE = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
ITEMS = [item for name in bank.chapters() for item in bank.load(name).items]


@given(GARBAGE)
@pytest.mark.parametrize(
    ("judge", "expected"),
    [
        (judges.close(0.1), 1e9 / 7),
        (judges.one_of("no such word"), None),
        (judges.same_array(), [[0.125, 7e9], [3.5, 1.0]]),
        (judges.accuracy_at_least(0.9), [17, 23, 17, 99]),
        (judges.each_call(judges.close(0.1)), [1e9 / 7, 3.0]),
        (secret.choice("demo", secret.digest("demo", "no such word")), None),
        (secret.number("demo", secret.digest("demo", "142857142.9"), 1), None),
    ],
)
def test_no_shared_judge_raises_or_passes_on_garbage(judge, expected, observed):
    verdict = judge(observed, expected)
    assert isinstance(verdict, bool | str)
    assert verdict is not True


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.question.id)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_question_gives_full_marks_for_garbage(item, data):
    asked = looks(item.checks, seed=5)
    seen = [Observation(data.draw(GARBAGE)) for _ in asked]
    outcome = judge_all(item.question, asked, seen)
    if item.question.kind not in ("choice", "number", "array"):  # there a lucky guess may be right
        assert outcome.score < item.question.points


def test_labels_are_whole():
    assert judges.labels([1.0, 2.0]).tolist() == [1, 2]
    for bad in ([0.5], [float("nan")], [1, "a"], [[1], [2]], 3, None, [[1], [2, 3]], [1e300]):
        assert judges.labels(bad) is None


def test_accuracy_counts_no_text_as_numbers():
    assert judges.accuracy_at_least(0.5)({"predict": np.array(["1", "0"])}, [1, 0]) is not True


def test_a_numpy_verdict_counts_in_each_call():
    judge = judges.each_call(lambda seen, expected: np.bool_(seen == expected))
    assert judge([{"value": 1}, {"value": 3}], [1, 2]) == False  # noqa: E712
    assert judge([{"value": 1}, {"value": 2}], [1, 2]) is True


def test_garbage_is_plain():
    # The strategy above says what can come; this holds it to the codec.
    for value in ([1, {"x": np.zeros(2)}], {"predict": np.array(["a"])}):
        assert repr(plain.decode(plain.encode(value))) == repr(value)
