"""How fast a class is graded: seconds per submission, growth, memory, and nbgrader beside it where it is there.

    python -m tests.bench_grading            200 submissions of chapter 03
    python -m tests.bench_grading --full     and 2,000, with the memory
"""

import argparse
import importlib.util
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course.grading import bank, demo, sandbox, submissions
from course.grading.command import grade
from course.grading.report import Report, Run
from course.grading.run import Grader

JOBS = 2


def write_class(folder: Path, count: int) -> Path:
    """Write honest submissions: every answer is right, wrong or not attempted, in another mix for each student."""
    chapter = bank.load("trees")
    for number in range(count):
        answers = {}
        for place, item in enumerate(chapter.items):
            choices = [item.solution] * 4 + [item.template, *item.wrong]
            text = choices[(7 * number + 3 * place + number * place) % len(choices)]
            answers[item.question.id] = f"{text}\n# student {number}" if text != item.template else text
        (folder / f"student{number:04}").mkdir(parents=True)
        (folder / f"student{number:04}" / "exercises.ipynb").write_text(demo.notebook(answers))
    return folder


def seconds_for(count: int) -> tuple[float, float]:
    """Grade a class end to end, with reports; return the seconds, and this process's peak memory in MB."""
    level = sandbox.best()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_class(root / "class", count)
        started = time.perf_counter()
        chapter = bank.load("trees")
        found, notes = submissions.find(root / "class")
        report = Report(root / "report", {item.question.id: item.question.points for item in chapter.items})
        with Grader.open(chapter, level.level) as grader:
            run = Run(chapter.name, 1, str(level), grader.version, tuple(notes))
            results = grade(grader, found, report, run, jobs=JOBS, resume=False)
        spent = time.perf_counter() - started
        assert len(results) == count
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds_of_nbgrader(count: int) -> float | None:
    """Let nbgrader autograde the same submissions, if it is installed; return the seconds."""
    if importlib.util.find_spec("nbgrader") is None:
        return None
    import nbformat

    from course.authoring.notebooks import compose, targets
    from course.grading.release import for_nbgrader

    (target,) = [one for one in targets(["trees"]) if one.role == "exercises"]
    released = for_nbgrader(compose(target)[0], bank.load("trees"))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "source" / "trees").mkdir(parents=True)
        nbformat.write(released, root / "source" / "trees" / "exercises.ipynb")
        nbgrader = [shutil.which("nbgrader", path=str(Path(sys.executable).parent)) or "nbgrader"]
        subprocess.run([*nbgrader, "generate_assignment", "trees", "--force"], cwd=root, check=True, capture_output=True)
        for place in write_class(root / "made", count).iterdir():
            given = {
                cell.metadata["course"]["question"]: cell.source
                for cell in nbformat.read(place / "exercises.ipynb", as_version=4).cells
            }
            notebook = nbformat.read(root / "release" / "trees" / "exercises.ipynb", as_version=4)
            for cell in notebook.cells:
                question = cell.metadata.get("course", {}).get("question")
                cell.source = given.get(question, cell.source)
            (root / "submitted" / place.name / "trees").mkdir(parents=True)
            nbformat.write(notebook, root / "submitted" / place.name / "trees" / "exercises.ipynb")
        started = time.perf_counter()
        subprocess.run([*nbgrader, "autograde", "trees"], cwd=root, check=False, capture_output=True)
        return time.perf_counter() - started


def main(arguments: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="2,000 submissions too")
    parser.add_argument("--count", type=int, default=200, help="how many submissions (default: %(default)s)")
    full = parser.parse_args([] if arguments is None else arguments)
    print(f"isolation: {sandbox.best()}; {JOBS} workers")
    spent, memory = seconds_for(full.count)
    ours = spent / full.count
    print(f"{full.count} submissions of chapter 03: {spent:.1f} s, {ours:.3f} s each (goal 0.15); {memory:.0f} MB at most")
    if full.full:
        many, peak = seconds_for(10 * full.count)
        print(f"{10 * full.count} submissions: {many:.1f} s, {many / spent:.1f} times as long (10 is linear); {peak:.0f} MB at most")
    theirs = seconds_of_nbgrader(10)
    if theirs is None:
        print("nbgrader is not installed: pip install 'course[nbgrader]'")
    else:
        print(f"nbgrader: {theirs / 10:.1f} s each, {theirs / 10 / ours:.0f} times ours (goal 20)")


if __name__ == "__main__":
    main(sys.argv[1:])
