import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from course.authoring import build as building
from course.authoring.build import build
from course.authoring.notebooks import compose, differences, targets
from course.errors import CourseError

LECTURE = """\
# %% [markdown]
# # Planted

# %% tags=["hml-06-fig-03"]
x = 1
x
"""
EXERCISES = """\
# %% tags=["exercise-only"]
print("yours to solve")

# %% tags=["answer:planted-sum", "hml-06-ex-01"]
### BEGIN SOLUTION
n = 2
### TEMPLATE
# n = ...
### END SOLUTION
n

# %% tags=["solution-only"]
print("why")

# %% tags=["wrong:planted-sum"]
n = 3
"""


@pytest.fixture
def notebooks(tmp_path):
    folder = tmp_path / "notebooks"
    (folder / "sources" / "01_planted").mkdir(parents=True)
    return folder


def write(notebooks, text, name="lecture"):
    path = notebooks / "sources" / "01_planted" / f"{name}.py"
    path.write_text(text)
    return path


def read(notebooks, name="lecture"):
    return nbformat.read(notebooks / "01_planted" / f"{name}.ipynb", as_version=4)


def stale(notebooks):
    return {
        target.name: differences(target) for target in targets(notebooks=notebooks) if differences(target)
    }


def test_exercises_make_two_notebooks(notebooks):
    write(notebooks, EXERCISES, "exercises")
    unsolved, solved = (
        compose(target)[0].cells
        for target in sorted(targets(notebooks=notebooks), key=lambda target: target.role)
    )
    assert [cell.source for cell in unsolved] == ['print("yours to solve")', "n = ...\nn"]
    assert [cell.source for cell in solved] == ["n = 2\nn", 'print("why")']
    assert unsolved[1].id == solved[0].id == "answer-planted-sum"
    assert (
        unsolved[1].metadata
        == solved[0].metadata
        == {"tags": ["hml-06-ex-01"], "course": {"question": "planted-sum"}}
    )


def test_a_template_must_be_python(notebooks):
    path = write(notebooks, EXERCISES.replace("# n = ...", "# n = "), "exercises")
    with pytest.raises(CourseError, match=r"exercises.py: line 5: the template is no Python"):
        compose(targets(notebooks=notebooks)[1])
    assert path.exists()


def test_chapters_are_found_by_number_name_or_both(notebooks):
    write(notebooks, LECTURE)
    (notebooks / "sources" / "index.py").write_text("# %%\n1\n")
    for word in ("01_planted", "01", "planted"):
        assert [target.name for target in targets([word], notebooks=notebooks)] == ["01_planted/lecture"]
    assert [target.name for target in targets(["index"], notebooks=notebooks)] == ["index"]
    with pytest.raises(CourseError, match=r"no sources for 'planed'.*01_planted, index"):
        targets(["planed"], notebooks=notebooks)


def test_builds_what_changed_and_the_same_each_time(notebooks, capsys):
    source = write(notebooks, LECTURE)
    write(notebooks, EXERCISES, "exercises")
    assert set(stale(notebooks)) == {"01_planted/lecture", "01_planted/exercises", "01_planted/solutions"}
    assert build(notebooks=notebooks) == 0
    assert stale(notebooks) == {}
    lecture = read(notebooks)
    assert lecture.cells[1].outputs[0].data["text/plain"] == "1"
    assert lecture.metadata.course.source == "sources/01_planted/lecture.py"
    assert (lecture.metadata.course.scale, lecture.metadata.course.data) == ("quick", {})
    assert not any(cell.outputs for cell in read(notebooks, "exercises").cells)

    before = {path: path.read_bytes() for path in notebooks.rglob("*.ipynb")}
    capsys.readouterr()
    assert build(notebooks=notebooks) == 0
    assert "Every notebook is what its source says" in capsys.readouterr().out
    assert build(notebooks=notebooks, force=True) == 0
    assert {path: path.read_bytes() for path in notebooks.rglob("*.ipynb")} == before

    source.write_text(LECTURE.replace("x = 1", "x = 2"))
    assert list(stale(notebooks)) == ["01_planted/lecture"]
    capsys.readouterr()
    assert build(notebooks=notebooks) == 0
    assert "lecture" in (said := capsys.readouterr().out)
    assert "solutions" not in said
    assert read(notebooks).cells[1].outputs[0].data["text/plain"] == "2"


@pytest.mark.parametrize(
    ("name", "plant", "said"),
    [
        ("lecture", lambda nb: nb.cells[1].update(source="x = 3\nx"), "the source of cell 2"),
        ("lecture", lambda nb: nb.cells[1].metadata.update(tags=["hml-06-fig-04"]), "the metadata of cell 2"),
        ("lecture", lambda nb: nb.cells.pop(), "it has 1 cells"),
        ("lecture", lambda nb: nb.cells[1].update(execution_count=None), "cell 2 has not been run"),
        ("lecture", lambda nb: nb.metadata.course.update(sha256="0"), "its source has changed"),
        ("exercises", lambda nb: nb.cells[1].update(source="n = 2\nn"), "the source of cell 2"),
        (
            "exercises",
            lambda nb: nb.cells[1].outputs.append(nbformat.v4.new_output("stream", text="2")),
            "has outputs",
        ),
    ],
)
def test_a_notebook_that_is_not_what_its_source_says(notebooks, name, plant, said):
    write(notebooks, LECTURE if name == "lecture" else EXERCISES, name)
    for target in targets(notebooks=notebooks):
        notebook, _ = compose(target)
        notebook.metadata.course.scale = "quick"
        if target.runs:
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    cell.execution_count = 1
        target.notebook.parent.mkdir(exist_ok=True)
        nbformat.write(notebook, target.notebook)
    assert stale(notebooks) == {}
    notebook = read(notebooks, name)
    plant(notebook)
    nbformat.write(notebook, notebooks / "01_planted" / f"{name}.ipynb")
    assert said in " ".join(stale(notebooks)[f"01_planted/{name}"])


def test_failures_are_told_with_their_line_and_stop_nobody_else(notebooks, capsys):
    write(notebooks, "# %%\na = 1\n\n# %%\n\ndef f():\n    return a / 0\n\n\nb = 1\nf()\n", "divides")
    write(notebooks, "# %%\nimport os\nos._exit(0)\n", "dies")
    write(notebooks, "# %%\nwhile True:\n    pass\n", "hangs")
    write(notebooks, "# %%\n%no_such_magic\n", "magic")
    write(notebooks, "# %% Title\n1\n", "misspelt")
    write(notebooks, EXERCISES.replace("n = 2", "n = 2\n1 / 0"), "exercises")
    write(notebooks, LECTURE)
    assert build(notebooks=notebooks, timeout=5) == 1
    said = capsys.readouterr().out
    for line in (
        "divides.py:11)\n    ZeroDivisionError: division by zero",
        "dies.py:2)\n    The kernel died in this cell.",
        "hangs.py:2)\n    The cell took longer than 5 seconds.",
        "magic.py:2)\n    UsageError: Line magic function `%no_such_magic` not found.",
        "misspelt.py, line 1: a cell may only say",
        "exercises.py:7)\n    ZeroDivisionError",
    ):
        assert line in said, said
    assert "failed: 01_planted/divides.ipynb, cell 2" in said
    built = {path.stem for path in notebooks.rglob("*.ipynb")}
    assert built == {"lecture", "exercises"}


def test_authors_are_warned(notebooks, capsys, monkeypatch):
    monkeypatch.setattr(building, "MOST_BYTES", 100)
    write(notebooks, "# %%\nimport warnings\nwarnings.warn('careful')\n\n# %%\nobject()\n")
    assert build(notebooks=notebooks) == 0
    said = capsys.readouterr().out
    assert "lecture.py:2) writes to stderr: cell:2: UserWarning: careful" in said
    assert "lecture.py:6) shows an object's address" in said
    assert "1 MB is the most" in said


def test_data_are_recorded(notebooks):
    write(notebooks, "# %%\nfrom course import datasets\niris = datasets.load('iris')\n")
    assert build(notebooks=notebooks) == 0
    assert read(notebooks).metadata.course.data["iris"].standin is False


def test_full_scale_leaves_the_committed_notebooks_alone(notebooks):
    write(notebooks, "# %%\nfrom course import scale\nscale.name()\n")
    assert build(notebooks=notebooks) == 0
    assert build(notebooks=notebooks, scale="full") == 0
    assert read(notebooks).cells[0].outputs[0].data["text/plain"] == "'quick'"
    full = json.loads((building.full_folder(notebooks) / "01_planted" / "lecture.ipynb").read_text())
    assert full["cells"][0]["outputs"][0]["data"]["text/plain"] == ["'full'"]
    assert {"date", "seconds", "data", "sha256"} <= set(full["metadata"]["course"])


def test_an_interrupted_build_leaves_nothing_behind(notebooks):
    pid = notebooks / "pid"
    write(
        notebooks,
        f"# %%\nimport os, time\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n",
    )
    code = (
        "import pathlib; from course.authoring.build import build; "
        f"build(notebooks=pathlib.Path({str(notebooks)!r}))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE)
    try:
        while not (pid.exists() and pid.read_text()):
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) != 0
    finally:
        process.kill()
        process.stderr.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert not list((notebooks / "01_planted").iterdir())
