"""How long a class takes to grade: ``python -m tests.bench_grading [SUBMISSIONS ...]`` (default: 200).

Every student has the worked solutions, each in words of their own: nothing could be graded once for all.
Where nbgrader is installed, it grades the same questions beside us.
"""

import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from course.authoring.notebooks import compose, targets
from course.grading import bank, demo, sandbox
from course.grading.release import for_nbgrader
from course.grading.run import Grader
from tests.grading import test_keras

CHAPTER = "03_trees"
FOR_NBGRADER = 10


def answers(number: int) -> dict[str, str]:
    """Return right answers that no other student has to the letter."""
    return {
        item.question.id: f"# student {number}\n{item.solution}\nremark_{number} = {number}"
        for item in bank.load(CHAPTER).items
    }


def ours(students: int) -> float:
    """Grade a class end to end, reports included; print and return the seconds a submission."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(students):
            path = Path(folder) / "class" / f"student{number:04}" / "exercises.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(demo.notebook(answers(number)))
        start = time.perf_counter()
        subprocess.run(
            [
                *(sys.executable, "-m", "course.cli", "grade", f"{folder}/class"),
                *("--out", f"{folder}/report", "-j", "2", "--chapter", CHAPTER),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        spent = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    each = spent / students
    print(
        f"course grade, {students} submissions: {spent:.1f} s, {each:.3f} s each (goal: 0.15 at 200); "
        f"largest process so far {peak:.0f} MB"
    )
    return each


def nbgraders() -> float:
    """Let nbgrader grade a smaller class; print and return the seconds a submission."""

    def run(*arguments: str) -> None:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=folder,
            env={**os.environ, "PATH": path},
            check=True,
            capture_output=True,
        )

    chapter = bank.load(CHAPTER)
    (target,) = (target for target in targets([CHAPTER]) if target.role == "exercises")
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        (course / "nbgrader_config.py").write_text("get_config().CourseDirectory.course_id = 'bench'\n")
        (course / "source" / "trees").mkdir(parents=True)
        nbformat.write(
            for_nbgrader(compose(target)[0], chapter), course / "source" / "trees" / "exercises.ipynb"
        )
        run("generate_assignment", "trees")
        for number in range(FOR_NBGRADER):
            notebook = nbformat.read(course / "release" / "trees" / "exercises.ipynb", as_version=4)
            own = answers(number)
            for cell in notebook.cells:
                question = cell.metadata.get("course", {}).get("question")
                if question in own and "answer" in "".join(cell.metadata.get("tags", [])):
                    cell.source = own[question]
            path = course / "submitted" / f"student{number}" / "trees" / "exercises.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(notebook, path)
        start = time.perf_counter()
        run("autograde", "trees")
        each = (time.perf_counter() - start) / FOR_NBGRADER
    print(f"nbgrader autograde, {FOR_NBGRADER} submissions: {each:.2f} s each")
    return each


def keras_answer() -> None:
    """Print what grading adds to an answer that trains a small net, once the worker is warm."""
    alone = f"{test_keras.SETUP}\nimport time\nstart = time.perf_counter()\n{test_keras.SOLUTION}\n"
    runs = [
        subprocess.run(
            [sys.executable, "-c", alone + "print(time.perf_counter() - start)"],
            env={**os.environ, "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"},
            check=True,
            capture_output=True,
            text=True,
        )
        for _ in range(5)
    ]
    own = statistics.median(float(run.stdout) for run in runs)
    chapter, level = test_keras.chapter(), sandbox.best().level
    with Grader.open(chapter, level) as grader, grader.worker() as worker:
        spent = []
        for _ in range(6):
            start = time.perf_counter()
            outcome, _ = grader.grade(worker, chapter.items[0], {"mini-net": test_keras.SOLUTION})
            spent.append(time.perf_counter() - start)
            assert outcome.state == "correct", outcome
    print(
        f"a Keras answer: {own:.2f} s alone, {statistics.median(spent[1:]):.2f} s graded by a warm worker "
        f"(goal: at most 0.5 s more); {spent[0]:.1f} s with the worker's start"
    )


def main(sizes: list[int]) -> None:
    """Grade classes of these sizes, then compare with nbgrader."""
    keras_answer()
    each = [ours(students) for students in sizes]
    if importlib.util.find_spec("nbgrader"):
        print(f"throughput: {nbgraders() / each[0]:.0f} x nbgrader's (goal: at least 20)")
    else:
        print('nbgrader is not installed; to compare: pip install "course[nbgrader]"')


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [200])
