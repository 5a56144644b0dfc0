"""nbgrader takes the released notebook: in a scratch course, where nbgrader is installed."""

import os
import subprocess
import sys

import nbformat
import pytest

from course.authoring.notebooks import compose, targets
from course.grading import bank
from course.grading.release import for_nbgrader

pytest.importorskip("nbgrader")


def nbgrader(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env={**os.environ, "PATH": os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_nbgrader_validates_and_grades(tmp_path):
    chapter = bank.load("03_trees")
    target = next(target for target in targets(["03_trees"]) if target.role == "exercises")
    (tmp_path / "nbgrader_config.py").write_text("get_config().CourseDirectory.course_id = 'demo'\n")
    (tmp_path / "source" / "trees").mkdir(parents=True)
    nbformat.write(
        for_nbgrader(compose(target)[0], chapter), tmp_path / "source" / "trees" / "exercises.ipynb"
    )
    nbgrader(tmp_path, "generate_assignment", "trees")

    for student in ("right", "wrong"):
        notebook = nbformat.read(tmp_path / "release" / "trees" / "exercises.ipynb", as_version=4)
        for cell in notebook.cells:
            question = cell.metadata.get("course", {}).get("question")
            if question and student == "right":
                cell.source = chapter.item(question).solution
            if question == "trees-hours" and student == "wrong":
                cell.source = chapter.item(question).wrong[0]
        path = tmp_path / "submitted" / student / "trees" / "exercises.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    nbgrader(tmp_path, "autograde", "trees")
    assert "Success" in nbgrader(tmp_path, "validate", "submitted/right/trees/exercises.ipynb")

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        scores = {one.student.id: one.score for one in book.assignment_submissions("trees")}
    # The wrong one is right on one of two public checks of a single question.
    assert scores == {"right": 20, "wrong": 1}
