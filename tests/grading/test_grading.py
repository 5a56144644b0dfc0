"""From submissions to a report: `course grade` as a whole."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from xml.etree import ElementTree

import pytest

from course.cli import main
from course.errors import CourseError
from course.grading import bank, demo, sandbox, selfcheck
from course.grading.command import grade
from course.grading.report import Report, Run
from course.grading.run import Grader
from course.grading.submissions import find
from course.grading.worker import Worker
from tests.grading.chapter import CHAPTER, FULL, POINTS, SOLUTIONS

LEVEL = sandbox.best().level if os.name == "posix" else ""
RUN = Run(CHAPTER.name, 1, LEVEL, "")


@pytest.fixture(scope="module")
def grader():
    with Grader.open(CHAPTER, LEVEL) as grader:
        yield grader


@pytest.fixture(scope="module")
def worker(grader):
    with grader.worker() as worker:
        yield worker


def write(folder, **replaced):
    folder.mkdir(parents=True)
    answers = {
        question: replaced.get(question.partition("-")[2], text) for question, text in SOLUTIONS.items()
    }
    (folder / "x.ipynb").write_text(demo.notebook(answers))


def scores(result):
    return {one.question: one.earned for one in result.questions}


def test_every_question_of_the_small_chapter_is_fair_in_the_sandbox(grader, worker):
    def grade_own(item, answer, seed):
        return grader.grade(worker, item, SOLUTIONS | {item.question.id: answer}, seed)[0]

    for item in CHAPTER.items:
        own = [
            trouble for trouble in selfcheck.troubles(item, grade_own) if "public and hidden" not in trouble
        ]
        assert own == []


def test_alone_and_together_come_to_the_same(grader, worker):
    together = grader.grade_together(worker, CHAPTER.items, SOLUTIONS, seconds=10)
    assert set(together) == set(POINTS)
    for item in CHAPTER.items:
        assert grader.grade(worker, item, SOLUTIONS)[0] == together[item.question.id][0]


def test_an_answer_that_spoils_the_library_costs_the_others_nothing(grader, worker, tmp_path):
    write(tmp_path / "ada", number="import numpy as np\nnp.arange = np.asarray = None\nn = 17")
    result = grader.grade_submission(worker, find(tmp_path)[0][0])
    assert scores(result) == FULL


def test_nobody_pays_for_the_start_of_a_worker(tmp_path, monkeypatch):
    start = Worker._start

    def slow_start(worker):
        time.sleep(8)
        start(worker)

    monkeypatch.setattr(Worker, "_start", slow_start)
    write(tmp_path / "ada", number="while True: pass")
    with Grader.open(CHAPTER, LEVEL, budget=8) as grader, grader.worker() as worker:
        result = grader.grade_submission(worker, find(tmp_path)[0][0])
    assert scores(result) == FULL | {"mini-number": 0, "mini-more": 0}  # which needs it


def test_hidden_inputs_do_not_come_out(grader, worker):
    item = CHAPTER.item("mini-function")
    (probe, _), *_ = [check.case(grader.seed) for check in item.checks]
    number = repr(float(probe["calls"][0][0][0]))[2:10]
    for body in ("raise ValueError(str(values))", "raise type('E' + str(values[0])[2:], (Exception,), {})"):
        outcome, _ = grader.grade(worker, item, {"mini-function": f"def double(values):\n    {body}"})
        assert outcome.state == "could not run"
        assert number not in repr(outcome)
    forged = (
        "import os, struct\n"
        "class D:\n"
        "    def __call__(self, values):\n"
        '        m = (\'{"error": "%s"}\' % values[0]).encode()\n'
        "        os.write(3, struct.pack('>Q', len(m)) + m)\n"
        "        os._exit(0)\n"
        "double = D()"
    )
    outcome, _ = grader.grade(worker, item, {"mini-function": forged})
    assert outcome.score == 0
    assert number not in repr(outcome)


def test_reports_of_a_class(grader, tmp_path):
    write(tmp_path / "class" / "ada")
    write(
        tmp_path / "class" / "=ben",
        number="n = 30",
        function="def double(values):\n    return values",
        text="essay = '=1+1 <script>'",
    )
    (tmp_path / "class" / "cleo").mkdir()
    report = Report(tmp_path / "report", POINTS)
    results = grade(grader, find(tmp_path / "class")[0], report, RUN, jobs=2, resume=False)
    assert {result.student: result.earned for result in results} == {"ada": 8, "=ben": 4.5, "cleo": 0}
    out = tmp_path / "report"

    rows = list(csv.DictReader((out / "class.csv").open()))
    assert [(row["student"], row["points"], row["to mark"]) for row in rows] == [
        ("'=ben", "4.5", "1"),
        ("ada", "8", "1"),
        ("cleo", "0", "0"),
    ]

    data = json.loads((out / "class.json").read_text())
    assert data["isolation"] == LEVEL
    assert [one["student"] for one in data["students"]] == ["=ben", "ada", "cleo"]

    suite = ElementTree.parse(out / "junit.xml").getroot()
    assert suite.get("tests") == str(3 * len(POINTS)) == str(len(suite.findall("testcase")))
    failed = {
        (case.get("classname"), case.get("name"))
        for case in suite.iter("testcase")
        if case.find("failure") is not None
    }
    assert ("=ben", "mini-number") in failed
    assert ("ada", "mini-number") not in failed

    scope = json.loads((out / "students" / report.at("ada") / "results.json").read_text())
    assert scope["score"] == 8
    assert sum(test["max_score"] for test in scope["tests"]) == sum(POINTS.values())

    page = (out / "students" / report.at("=ben") / "index.html").read_text()
    assert "It gives an array for each call" in page
    assert "It doubles" in page
    assert "<script" not in page
    assert "print double([1, 2])" not in page  # that property holds
    assert "overview.svg" in (out / "index.html").read_text()
    assert (out / "overview.png").read_bytes().startswith(b"\x89PNG")
    assert "| ada | 8 of 10 | 1 |  |" in (out / "summary.md").read_text()


def test_marks_of_a_person_are_merged_and_outlive_a_regrading(grader, tmp_path):
    write(tmp_path / "class" / "-ada")
    found = find(tmp_path / "class")[0]
    report = Report(tmp_path / "report", POINTS)
    grade(grader, found, report, RUN, jobs=1, resume=False)
    rows = list(csv.reader((tmp_path / "report" / "to_mark.csv").open()))
    assert rows[1][:4] == ["'-ada", "mini-text", "2", "Because it is prime."]
    rows[1][4:] = ["1.5", "Say why."]
    with (tmp_path / "filled.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert report.add_marks(tmp_path / "filled.csv") == 1
    for resume in (True, False):
        again = Report(tmp_path / "report", POINTS)
        (result,) = grade(grader, found, again, RUN, jobs=1, resume=resume)
        assert result.earned == 9.5
        assert "Say why." in (tmp_path / "report" / "students" / report.at("-ada") / "index.html").read_text()
        assert (tmp_path / "report" / "to_mark.csv").read_text().count("\n") == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("student,question\nada,mini-text\n", "no column mark"),
        ("student,question,mark\nada,mini-text,3\n", "line 2: the mark '3' is no number from 0 to 2"),
        ("student,question,mark\nada,mini-text,nan\n", "no number"),
        ("student,question,mark\nada,mini-what,1\n", "no question 'mini-what'"),
    ],
)
def test_marks_that_cannot_be_taken(tmp_path, text, says):
    (tmp_path / "marks.csv").write_text(text)
    with pytest.raises(CourseError, match=says):
        Report(tmp_path / "report", POINTS).add_marks(tmp_path / "marks.csv")


def test_resume_grades_only_what_has_changed(grader, tmp_path, monkeypatch):
    write(tmp_path / "class" / "ada")
    write(tmp_path / "class" / "ben")
    graded = []
    real = Grader.grade_submission
    monkeypatch.setattr(
        Grader,
        "grade_submission",
        lambda self, worker, one: graded.append(one.student) or real(self, worker, one),
    )

    def again(resume):
        graded.clear()
        results = grade(
            grader,
            find(tmp_path / "class")[0],
            Report(tmp_path / "report", POINTS),
            RUN,
            jobs=1,
            resume=resume,
        )
        assert len(results) == 2
        return sorted(graded)

    assert again(resume=True) == ["ada", "ben"]
    assert again(resume=True) == []
    (tmp_path / "class" / "ben" / "x.ipynb").write_text(demo.notebook(SOLUTIONS | {"mini-number": "n = 3"}))
    assert again(resume=True) == ["ben"]
    (tmp_path / "report" / "students" / "ada" / "result.json").write_text("{")
    assert again(resume=True) == ["ada"]
    assert again(resume=False) == ["ada", "ben"]


def test_a_fault_of_the_grader_costs_one_submission(grader, tmp_path, monkeypatch):
    for student in ("ada", "ben"):
        write(tmp_path / "class" / student)
    real = Grader.grade_submission

    def fails_for_ada(self, worker, submission):
        if submission.student == "ada":
            raise RuntimeError("a bug")
        return real(self, worker, submission)

    monkeypatch.setattr(Grader, "grade_submission", fails_for_ada)
    results = grade(
        grader, find(tmp_path / "class")[0], Report(tmp_path / "report", POINTS), RUN, jobs=2, resume=False
    )
    earned = {result.student: result.earned for result in results}
    assert earned == {"ada": 0, "ben": 8}
    assert "a bug" in (tmp_path / "report" / "index.html").read_text()


@pytest.fixture(scope="module")
def trees(tmp_path_factory):
    """A class of four for the chapter on trees; the third takes long."""
    folder = tmp_path_factory.mktemp("trees")
    solutions = {item.question.id: item.solution for item in bank.load("trees").items}
    for number in range(4):
        slow = {"trees-depth": "while True: pass"} if number == 2 else {}
        (folder / f"s{number}").mkdir()
        (folder / f"s{number}" / "x.ipynb").write_text(demo.notebook(solutions | slow))
    return folder


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_a_valid_report_and_is_resumed(trees, tmp_path, how):
    out = tmp_path / "report"
    command = [sys.executable, "-m", "course.cli", "grade", str(trees), "--out", str(out), "-j", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 120
    while not (out / "students" / "s1" / "results.json").exists():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(how)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    data = json.loads((out / "class.json").read_text())
    assert data["not graded"] == 2
    assert [one["earned"] for one in data["students"]] == [20, 20]
    assert "2 submissions are not graded yet" in (out / "index.html").read_text()


def test_the_demonstration(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setattr(demo, "TROUBLES", ("1 +",))
    assert main(["grade", "--demo"]) == 0
    assert "3 graded" in capsys.readouterr().out
    data = json.loads((tmp_path / "build" / "grade-demo" / "report" / "class.json").read_text())
    ada, ben, cleo = (one["earned"] for one in data["students"])
    assert ada == data["students"][0]["points"] > ben
    assert 0 < cleo < ada
    assert "3 submissions" in summary.read_text()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "Name the submissions"),
        (["nothing", "--out", "report"], "no such folder"),
        (["empty", "--out", "report"], "no notebooks"),
        (["class", "--out", "class/report"], "within the submissions"),
        (["class", "--out", ".", "--chapter", "trees"], "other files"),
        (["class", "--out", "report", "--chapter", "magic"], "no exercises for 'magic'"),
        (["class", "--out", "report", "-j", "0"], "at least 1"),
    ],
)
def test_what_cannot_be_graded_is_said_in_a_sentence(tmp_path, monkeypatch, capsys, args, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    write(tmp_path / "class" / "ada")
    assert main(["grade", *args]) == 1
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
