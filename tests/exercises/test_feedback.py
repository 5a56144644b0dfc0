import subprocess
import sys

import numpy as np
import pytest

from course.exercises import feedback, progress
from course.exercises import trees as ask
from course.exercises.feedback import CheckFailed
from course.exercises.judges import close, each_call
from course.exercises.kinds import look
from course.exercises.panel import LOOKS, Line, Panel
from course.exercises.question import Check, Question


def doubles(seed):
    return {"calls": [[2], [np.arange(10)]]}, [4, np.arange(10) * 2]


def same(observed, expected):
    return np.array_equal(observed, expected)


double = Question(
    id="demo-double",
    answer="double",
    kind="function",
    points=2,
    outline=(),
    checks=(
        Check(holds="2 becomes 4", judge=lambda seen, goal: same(seen[0].get("value"), 4), case=doubles),
        Check(holds="arrays double", judge=each_call(same), case=doubles, see="print double(np.arange(10))"),
    ),
    hints=("gentle", "plain"),
)
half = Question(
    id="demo-half",
    answer="half",
    kind="number",
    points=1,
    outline=(),
    checks=(Check(holds="it is a half", judge=close(0.01), case=lambda seed: (None, 0.5)),),
    hints=(),
)


def unfinished(x):
    raise NotImplementedError


def returns_nothing(x):
    x * 2


def stops(x):
    raise ValueError("two\nlines")


@pytest.mark.parametrize(
    ("question", "answer", "state", "words"),
    [
        (half, 0.5, "correct", "Public checks passed."),
        (half, 0.7, "wrong", "it is a half"),
        (half, "0.5", "wrong", "must be a number"),
        (half, float("nan"), "wrong", "it is a half"),
        (half, ..., "not attempted", "Write your answer as half"),
        (half, None, "not attempted", "Not attempted"),
        (double, unfinished, "not attempted", "Not attempted"),
        (double, returns_nothing, "not attempted", "is there a 'return'"),
        (double, lambda x: x * 2, "correct", "Public checks passed."),
        (double, lambda x: 4, "partly", "To see it: print double"),
        (double, lambda x: 5, "wrong", "Not right yet"),
        (double, stops, "could not run", "ValueError: two lines"),
        (double, stops, "could not run", "The input was double(2)"),
        (double, sys.exit, "could not run", "SystemExit"),
        (double, lambda: 1, "could not run", "TypeError"),
        (double, 4, "wrong", "must be a function"),
    ],
)
def test_each_state_has_its_words(question, answer, state, words):
    panel = question.check(answer)
    assert panel.state == state
    assert words.lower() in repr(panel).lower()
    assert panel._repr_mimebundle_()["text/plain"] == repr(panel)


def test_check_without_an_answer_is_not_attempted():
    assert half.check().state == "not attempted"


class Liar:
    """Equal to everything, and raises where it can."""

    def __eq__(self, other):
        return True

    __hash__ = None

    def __getattr__(self, name):
        raise RuntimeError("no " + name)

    def __repr__(self):
        raise RuntimeError

    def __array__(self, *args, **kwargs):
        raise RuntimeError

    def __float__(self):
        return 0.5


class LyingFloat(float):
    def __sub__(self, other):
        return 0.0

    def __eq__(self, other):
        return True

    __hash__ = None


class Speechless(Exception):
    def __str__(self):
        raise RuntimeError


def raises_speechless(*args):
    raise Speechless


looped: list = []
looped.append(looped)
HOSTILE = [Liar(), Liar, LyingFloat(3), looped, raises_speechless, lambda *args: Liar(), object(), {1: 2}]


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "question", [half, double, ask.gini, ask.gini_example, ask.own, ask.tune, ask.forest, ask.vote]
)
def test_no_answer_makes_a_check_raise_or_pass(question, answer):
    assert question.check(answer).state in ("wrong", "could not run")


def test_a_user_can_interrupt_a_check():
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        double.check(interrupted)


def test_panel_never_says_all_tests_passed():
    assert "all tests" not in repr(half.check(0.5)).lower()


def test_html_is_escaped_and_takes_the_colours_of_the_theme():
    text = Panel("wrong", "<b>", (Line("<script>", code=True), Line("<i>")))._repr_html_()
    assert "<script>" not in text
    assert "<i>" not in text
    assert "color:#000" not in text
    assert "background:#fff" not in text


def test_states_differ_by_icon_and_colour():
    for column in (0, 1):
        states = [looks[column] for state, looks in LOOKS.items() if state not in ("help", "for a person")]
        assert len(set(states)) == len(states)


def test_hints_come_one_after_the_other():
    feedback._hints_given.clear()
    texts = [repr(double.hint()) for _ in range(4)]
    assert "gentle" in texts[0]
    assert "plain" in texts[1]
    assert "last hint" in texts[2]
    assert texts[2] == texts[3]


def test_solution_is_shown_in_a_checkout():
    text = repr(ask.depth.solution())
    assert "np.log2" in text
    assert "balanced" in text


def test_solution_is_kept_where_the_private_half_is_missing(monkeypatch):
    monkeypatch.setattr(feedback, "_is_here", lambda module: False)
    assert "instructor" in repr(ask.depth.solution())


def test_feedback_is_the_same_each_time():
    assert repr(ask.hours.check(np.sqrt)) == repr(ask.hours.check(np.sqrt))


def test_nbgrader_gets_points_or_an_error(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert double.check(lambda x: x * 2) == 2
    assert double.check(lambda x: 4) == 1
    with pytest.raises(CheckFailed, match="Not right yet"):
        double.check(lambda x: 5)
    with pytest.raises(CheckFailed, match="Not attempted"):
        double.check(...)
    assert progress.best() == {}


def test_feedback_imports_no_heavy_library():
    code = (
        "import sys; from course.exercises import trees as ask; ask.depth.check(20); ask.hours.check(abs);"
        "heavy = {'sklearn', 'keras', 'tensorflow', 'matplotlib', 'pandas', 'scipy'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_an_estimator_prints_when_it_predicts_is_no_feedback(capsys):
    class Chatty:
        def fit(self): ...

        def predict(self, X):
            print("1/1 ━━━━━━━━━━ 0s")
            return np.zeros(len(X))

    seen = look("estimator", Chatty(), {"X": np.ones((2, 1)), "methods": ["predict"]})
    assert seen.value["predict"].tolist() == [0, 0]
    assert capsys.readouterr().out == ""
