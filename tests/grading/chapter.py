"""A small chapter for the tests of the grader, which no change of the course touches."""

import numpy as np

from course.exercises.judges import accuracy_at_least, close, each_call, one_of, same_array
from course.exercises.question import Check, Question
from course.grading.bank import Chapter, Item
from course.grading.keys import Key

SECONDS = 1.5


def _nothing(seed):
    return None, None


def _seventeen(seed):
    return None, 17.0


def _squares(seed):
    return None, np.array([0.0, 1.0, 4.0, 9.0])


def _doubles(seed):
    draw = np.random.default_rng(seed)
    inputs = [draw.random(5) for _ in range(3)]
    return {"calls": [[values] for values in inputs]}, [2 * values for values in inputs]


def _plus_one(seed):
    return None, 18.0


def _blobs(seed):
    draw = np.random.default_rng(seed)
    y = draw.integers(0, 2, 60)
    return {"X": draw.normal(size=(60, 2)) + 6 * y[:, None], "methods": ["predict"]}, y


def _is_text(observed, expected):
    return isinstance(observed, str)


def _item(name, answer, kind, points, solution, wrong, public, hidden, setup="", needs=()):
    question = Question(
        id=f"mini-{name}",
        answer=answer,
        kind=kind,
        points=points,
        outline=(),
        checks=public,
        hints=("Think.", "Think again."),
        needs=needs,
        seconds=SECONDS,
    )
    function = solution.startswith("def ")
    template = f"{solution.splitlines()[0]}\n    ..." if function else f"{answer} = ..."
    return Item(question, Key(checks=hidden), setup, template, solution, wrong, "Because.")


SETUP = "import numpy as np\nfrom sklearn.tree import DecisionTreeClassifier"
DATA = """
draw = np.random.default_rng(0)
y_train = draw.integers(0, 2, 100)
X_train = draw.normal(size=(100, 2)) + 6 * y_train[:, None]
"""


CHAPTER = Chapter(
    "99_mini",
    (
        _item(
            "number",
            "n",
            "number",
            1,
            "n = 17",
            ("n = 3", "n = 170"),
            (Check(holds="it is more than ten", judge=lambda seen, _: seen > 10, share=0),),
            (Check(holds="it is the seventh prime", judge=close(1e-9), case=_seventeen),),
        ),
        _item(
            "array",
            "squares",
            "array",
            1,
            "squares = np.arange(4) ** 2",
            ("squares = np.arange(4)", "squares = [0, 1, 4]"),
            (Check(holds="it has four numbers", judge=lambda seen, _: len(seen) == 4, share=0),),
            (Check(holds="they are the squares", judge=same_array(), case=_squares),),
            SETUP,
        ),
        _item(
            "function",
            "double",
            "function",
            2,
            "def double(values):\n    return 2 * np.asarray(values)",
            (
                "def double(values):\n    return values",
                "def double(values):\n    return np.abs(values) * 2 + 1",
            ),
            (
                Check(
                    holds="it gives an array for each call",
                    judge=each_call(lambda value, goal: np.shape(value) == goal.shape),
                    case=_doubles,
                    see="print double([1, 2]).",
                ),
            ),
            (Check(holds="it doubles", judge=each_call(same_array()), case=_doubles, share=3),),
            SETUP,
        ),
        _item(
            "estimator",
            "tree",
            "estimator",
            2,
            "tree = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X_train, y_train)",
            (
                "tree = DecisionTreeClassifier()",
                "tree = DecisionTreeClassifier().fit(X_train, 1 - y_train)",
            ),
            (Check(holds="it is fitted", judge=lambda seen, _: "types" in seen, share=0),),
            (Check(holds="it is right on new data", judge=accuracy_at_least(0.95), case=_blobs),),
            SETUP + DATA,
        ),
        _item(
            "choice",
            "letter",
            "choice",
            1,
            "letter = 'b'",
            ("letter = 'a'", "letter = 'c'"),
            (),
            (Check(holds="it is the right one", judge=one_of("b")),),
        ),
        _item(
            "more",
            "more",
            "number",
            1,
            "more = n + 1",
            ("more = n", "more = 17"),
            (),
            (Check(holds="it is one more", judge=close(1e-9), case=_plus_one),),
            needs=("mini-number",),
        ),
        _item(
            "text",
            "essay",
            "text",
            2,
            "essay = 'Because it is prime.'",
            (),
            (),
            (Check(holds="it is text", judge=_is_text, case=_nothing, share=0),),
        ),
    ),
)

SOLUTIONS = {item.question.id: item.solution for item in CHAPTER.items}
POINTS = {item.question.id: item.question.points for item in CHAPTER.items}
# What a person marks earns nothing by itself.
FULL = {**POINTS, "mini-text": 0}
