import subprocess
import sys

import pytest

from course.errors import CourseError
from course.exercises.judges import close
from course.exercises.question import Check, Question
from course.grading import bank, selfcheck
from course.grading.keys import Key

SOURCE = """\
# %% tags=["setup"]
base = 10

# %% tags=["setup:demo-other"]
base = 20

# %% tags=["answer:demo-sum"]
### BEGIN SOLUTION
total = base + 5
### TEMPLATE
# total = ...
### END SOLUTION

# %% tags=["check"]
1 / 0

# %% [markdown] tags=["solution-only", "why:demo-sum"]
# Because five comes on top.

# %% tags=["wrong:demo-sum"]
total = base

# %% tags=["wrong:demo-sum"]
total = 5
"""


def near(goal):
    return Check(holds="it is the sum", judge=close(0.1), case=lambda seed: (None, goal))


def question(**changes):
    fields = {
        "id": "demo-sum",
        "answer": "total",
        "kind": "number",
        "points": 2,
        "outline": (),
        "checks": (near(15),),
        "hints": ("Add.", "Add five."),
    }
    return Question(**{**fields, **changes})


@pytest.fixture
def load(tmp_path):
    def load(text=SOURCE, hidden=15, keys=("demo-sum",), **changes):
        path = tmp_path / "99_demo" / "exercises.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        key = Key(checks=(near(hidden),))
        return bank.load(path, questions={"demo-sum": question(**changes)}, keys=dict.fromkeys(keys, key))

    return load


def test_halves_are_joined(load):
    chapter = load()
    item = chapter.item("demo-sum")
    assert (chapter.name, item.setup, item.template) == ("99_demo", "base = 10", "total = ...")
    assert (item.solution, item.wrong) == ("total = base + 5", ("total = base", "total = 5"))
    assert item.why == "Because five comes on top."
    assert len(item.checks) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"keys": ()}, "demo-sum: in its answers, but not in its keys"),
        ({"keys": ("demo-sum", "demo-more")}, "demo-more: in its keys, but not in its answers"),
        ({"text": SOURCE.replace("wrong:demo-sum", "wrong:demo-sun")}, "no such question"),
    ],
)
def test_halves_that_do_not_fit_are_refused(load, changes, words):
    with pytest.raises(CourseError, match=words):
        load(**changes)


def test_unknown_chapter_names_those_there_are():
    with pytest.raises(CourseError, match="03_trees"):
        bank.load("04_forests")


def test_fair_question_has_no_troubles(load):
    assert selfcheck.troubles(load().item("demo-sum")) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hidden": 16}, "its solution earns 1 of 2 points"),
        ({"text": SOURCE.replace("total = base\n", "total = base + 5\n")}, "wrong answer 1 loses no points"),
        ({"text": SOURCE.replace("# total = ...", "# total = 15")}, "its empty template is 'correct'"),
        ({"text": SOURCE.replace("# total = ...", "# total = 0")}, "its empty template is 'wrong'"),
        ({"text": SOURCE.partition('# %% tags=["wrong')[0]}, "0 known wrong answers"),
        ({"text": SOURCE.replace("why:", "where:")}, "nothing explains"),
        ({"hints": ("Add.",)}, "1 hints"),
        ({"checks": ()}, "public and hidden"),
    ],
)
def test_selfcheck_sees_what_is_unfair(load, changes, words):
    assert any(words in trouble for trouble in selfcheck.troubles(load(**changes).item("demo-sum")))


def test_chance_is_seen_by_another_seed(load):
    lucky = Check(holds="it is lucky", judge=close(0.1), case=lambda seed: (None, 15 if seed == 1 else 0))
    found = selfcheck.troubles(load(checks=(lucky,)).item("demo-sum"))
    assert [trouble.split(":")[1].strip() for trouble in found] == ["seed 2", "seed 3"]


@pytest.mark.parametrize("name", bank.chapters())
def test_selfcheck_of_every_chapter(name, capsys):
    status = selfcheck.run([name])
    assert status == 0, capsys.readouterr().out


def test_public_half_needs_no_private_half():
    code = (
        "import sys; from course.exercises import trees, feedback, progress, progress_command;"
        "sys.exit(any(name.startswith(('course.grading', 'course.authoring')) for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_public_half_does_not_spell_out_choices():
    for name in bank.chapters():
        for item in bank.load(name).items:
            if item.question.kind == "choice":
                closed = [cell.cell_contents for cell in item.question.checks[0].judge.__closure__]
                assert item.solution.split('"')[1] not in closed
