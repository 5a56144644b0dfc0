"""A release is written from a checkout of its own, and then looked at, also with faults planted in it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course.grading import bank
from course.grading.release import leaks

ROOT = Path(__file__).parents[2]
INDEX = "# %% [markdown]\n# # The course\n"
EXERCISES = "notebooks/03_trees/exercises.ipynb"


def course(checkout, *arguments, code=None):
    """Run the course command, or code, with the package of a folder."""
    command = ["-c", code] if code else ["-m", "course.cli", *map(str, arguments)]
    return subprocess.run(
        [sys.executable, *command],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout), "COURSE_PROGRESS_HOME": str(checkout / "progress")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the project with the exercises of chapter 03 and an index, built."""
    folder = tmp_path_factory.mktemp("checkout") / "project"
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "course", folder / "course", ignore=unwanted)
    shutil.copytree(ROOT / "data", folder / "data")
    for name in ("pyproject.toml", "requirements.lock", "environment.yml", "Makefile", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    chapter = folder / "notebooks" / "sources" / "03_trees"
    chapter.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / "sources" / "03_trees" / "exercises.py", chapter)
    (chapter.parent / "index.py").write_text(INDEX)
    built = course(folder, "build", "index")
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="module")
def released(checkout):
    done = course(checkout, "release", "--out", checkout.parent / "students")
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout.parent / "students"


@pytest.fixture
def planted(released, tmp_path):
    """A copy of the release, to plant faults in."""
    return Path(shutil.copytree(released, tmp_path / "students"))


@pytest.fixture(scope="module")
def chapters():
    return [bank.load(name) for name in bank.chapters()]


def edit(path, change):
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def test_release_holds_what_students_need(released):
    for name in (EXERCISES, "notebooks/index.ipynb", "Makefile", "requirements.lock", "data/datasets.toml"):
        assert (released / name).is_file(), name
    for name in ("course/grading", "course/authoring", "notebooks/sources", "tests"):
        assert not (released / name).exists(), name
    assert not list(released.rglob("solutions*"))


def test_makefile_has_only_targets_that_work_there(released):
    makefile = (released / "Makefile").read_text()
    assert "\nlab: $(READY)" in makefile
    assert not re.search(
        r"pytest -n|course build|course grade|tests|\b(test|bench|build|lock|grade-demo):", makefile
    )


def test_release_is_clean(released, chapters):
    assert leaks(released, chapters) == []


def test_released_course_works(released):
    solved = course(
        released,
        code="from course.exercises import trees as ask; print(ask.depth.check(20), ask.depth.solution())",
    )
    assert "Public checks passed" in solved.stdout, solved.stderr
    assert "instructor keeps" in solved.stdout
    assert "1 of 11" in course(released, "progress").stdout
    grade = course(released, "grade", "folder")
    assert grade.returncode == 1
    assert grade.stderr == "course grade: this is for instructors, and not part of this copy of the course.\n"


def test_answer_cells_hold_templates_and_nbgrader_metadata(released, chapters):
    cells = nbformat.read(released / EXERCISES, as_version=4).cells
    answers = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
    checks = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    items = next(chapter.items for chapter in chapters if chapter.name == "03_trees")
    assert [cell.source for cell in answers] == [item.template for item in items]
    assert [cell.metadata.nbgrader.points for cell in checks] == [item.question.points for item in items]
    ids = [cell.metadata.nbgrader.grade_id for cell in answers + checks]
    assert len(set(ids)) == len(ids)


def add_solution(notebook):
    cell = next(cell for cell in notebook.cells if cell.metadata.get("course"))
    cell.source = "depth = np.log2(1_000_000)"


def add_line(notebook):
    line = "    subsets = ShuffleSplit(n_splits=n_trees,  train_size=size, random_state=seed)"
    notebook.cells.append(nbformat.v4.new_code_cell(f"def mine():\n{line}"))


def add_mark(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("### BEGIN SOLUTION\n1"))


def add_cell_for_solutions(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("1", metadata={"tags": ["solution-only"]}))


def add_wrong_answer(notebook):
    text = "def hours(samples):\n    return np.log(samples) / np.log(1_000_000)"
    notebook.cells.append(nbformat.v4.new_markdown_cell(text))


def add_output(notebook):
    text = bank.load("trees").item("trees-vote").why
    output = nbformat.v4.new_output("execute_result", {"text/plain": text})
    notebook.cells.append(nbformat.v4.new_code_cell("ask", outputs=[output]))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (add_solution, "more than the template of trees-depth"),
        (add_line, "a line of the solution of trees-forest"),
        (add_mark, "a solution's mark"),
        (add_cell_for_solutions, "for solutions only"),
        (add_wrong_answer, "a known wrong answer of trees-hours"),
        (add_output, "why the solution is one of trees-vote"),
    ],
)
def test_leak_in_a_notebook_is_seen(planted, chapters, change, words):
    edit(planted / EXERCISES, change)
    assert any(words in leak for leak in leaks(planted, chapters))


@pytest.mark.parametrize(
    ("source", "goal", "words"),
    [
        ("course/grading/release.py", "course/grading/release.py", "private module"),
        ("course/grading/keys/trees.py", "course/helper.py", "hidden checks of 03_trees"),
        ("notebooks/sources/03_trees/exercises.py", "data/old.txt", "the solution of trees-tune"),
        ("notebooks/sources/03_trees/exercises.py", "notebooks/exercises.py", "no notebook"),
        ("data/datasets.toml", "notebooks/solutions.toml", "holds the solutions"),
    ],
)
def test_private_file_is_seen(planted, chapters, source, goal, words):
    (planted / goal).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / source, planted / goal)
    assert any(words in leak for leak in leaks(planted, chapters))


def test_leak_stops_the_release_and_leaves_nothing(checkout, tmp_path):
    leaky = Path(shutil.copytree(checkout, tmp_path / "project"))
    notebooks = leaky / "course" / "authoring" / "notebooks.py"
    code = notebooks.read_text()
    assert 'if role != "exercises":' in code
    notebooks.write_text(code.replace('if role != "exercises":', "if True:"))
    done = course(leaky, "release", "--out", tmp_path / "out" / "students")
    assert done.returncode == 1
    assert "give away" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_folder_in_use_is_refused(checkout, released):
    done = course(checkout, "release", "--out", released)
    assert done.returncode == 1
    assert "is there already" in done.stderr


def test_stale_notebook_is_refused(checkout, tmp_path):
    stale = Path(shutil.copytree(checkout, tmp_path / "project"))
    with (stale / "notebooks" / "sources" / "index.py").open("a") as file:
        file.write("# More.\n")
    done = course(stale, "release", "--out", tmp_path / "students")
    assert done.returncode == 1
    assert "Run: course build" in done.stderr


def test_only_the_chapters_that_are_asked_for(checkout, tmp_path):
    done = course(checkout, "release", "index", "--out", tmp_path / "students")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "students" / "notebooks").iterdir()] == ["index.ipynb"]
    assert course(checkout, "release", "no", "--out", tmp_path / "none").returncode == 1


def test_released_notebook_is_valid(released):
    nbformat.validate(json.loads((released / EXERCISES).read_text()))
