"""The adversarial suite: none scores above its honest value, none stops or delays the others.

All submissions are graded in one run for each level of isolation, as a class would be.
"""

import os
import time

import pytest

from course.grading import sandbox, submissions
from course.grading.report import Report, Run
from course.grading.run import Grader
from course.grading.sandbox import Limits
from tests.grading.chapter import CHAPTER, FULL, POINTS, SOLUTIONS
from tests.grading.hostile import code, files
from tests.grading.hostile.files import notebook

CASES = [*code.CASES, *files.CASES]
LIMITS = Limits(memory=600 * 2**20, file=4 * 2**20, disk=16 * 2**20)
BUDGET = 8.0
HONEST = ("honest", "zz honest")


def build(folder, secret, report):
    """Write the class: the cases, between two honest students."""
    places = {"SECRET": str(secret), "REPORT": str(report), "OTHER": str(folder / HONEST[0])}
    for student in HONEST:
        write(folder / student, SOLUTIONS)
    for number, case in enumerate(CASES):
        at = folder / f"{number:03}"
        if case.build:
            at.mkdir(parents=True)
            case.build(at)
            continue
        answers = {}
        for question, text in (SOLUTIONS | case.answers).items():
            for word, place in places.items():
                text = text.replace(word, place)
            answers[question] = text
        write(at, answers)


def write(folder, answers):
    import json

    folder.mkdir(parents=True)
    cells = [files.cell(question, text) for question, text in answers.items()]
    (folder / "exercises.ipynb").write_text(json.dumps(notebook(cells)))


@pytest.fixture(scope="module", params=sandbox.LEVELS)
def graded(request, tmp_path_factory):
    """Grade the whole class at one level."""
    level = request.param
    if level not in sandbox.offered():
        pytest.skip(f"this machine does not offer {level}")
    root = tmp_path_factory.mktemp(level)
    # Other users may pass: only the sandbox stands before the files.
    for folder in (root, *list(root.parents)[:3]):
        if folder.stat().st_uid == os.getuid() and folder != root.parents[-1]:
            folder.chmod(folder.stat().st_mode | 0o055)
    secret = root / "solutions.py"
    secret.write_text(SOLUTIONS["mini-number"])
    build(root / "class", secret, root / "report")
    found, _ = submissions.find(root / "class")
    report = Report(root / "report", POINTS)
    run = Run(CHAPTER.name, 1, str(sandbox.offered()[level]), "")
    results = {}

    def keep(result):
        results[result.student] = report.add(result, run)

    started = time.monotonic()
    with Grader.open(CHAPTER, level, budget=BUDGET, limits=LIMITS) as grader:
        grader.grade_all(found, 2, keep)
    report.close(list(results.values()), run)
    print(f"{level}: {len(results)} submissions in {time.monotonic() - started:.0f} s")
    return results, root, level


def test_there_are_enough_of_them():
    assert len(CASES) >= 50
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.name for case in CASES])
def test_scores_its_honest_value_and_no_more(graded, number):
    results, _, level = graded
    case, result = CASES[number], results[f"{number:03}"]
    if "SECRET" in str(case.answers) and not sandbox.offered()[level].files_hidden:
        pytest.skip("this level does not hide files, and says so")
    scores = {one.question: one.earned for one in result.questions}
    told = {one.question: one.why for one in result.questions if one.why}
    assert scores == FULL | case.honest, (told, result.notes)
    assert case.note in str([told, result.notes])
    assert sum(one.seconds for one in result.questions) < BUDGET + 5


@pytest.mark.parametrize("student", HONEST)
def test_honest_students_beside_them_lose_nothing(graded, student):
    results, _, _ = graded
    assert {one.question: one.earned for one in results[student].questions} == FULL


def test_nobody_is_lost_and_nothing_is_left_behind(graded):
    results, root, _ = graded
    assert len(results) == len(CASES) + len(HONEST)
    assert not (root / "report" / "students" / "x").exists()
    assert not os.path.exists("/tmp/owned")
    assert (root / "class" / "honest" / "exercises.ipynb").read_text() == (
        root / "class" / "zz honest" / "exercises.ipynb"
    ).read_text()


def test_what_students_wrote_is_harmless_in_every_report(graded):
    _, root, _ = graded
    for path in (root / "report").rglob("*"):
        if path.is_file() and path.suffix not in (".png", ".svg"):
            text = path.read_text(encoding="utf-8")
            assert "\x1b" not in text
            assert "\x00" not in text
            if path.suffix in (".html", ".xml", ".md"):
                assert "<script" not in text, path
