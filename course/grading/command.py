"""``course grade``: from submissions to reports."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tqdm import tqdm

from course.errors import CourseError
from course.exercises.outcome import Outcome
from course.grading import bank, demo, sandbox, selfcheck, submissions
from course.grading.bank import Chapter, Item
from course.grading.report import Report, Run
from course.grading.results import Result
from course.grading.run import BUDGET, Grader
from course.grading.submissions import Submission
from course.grading.worker import Worker

__all__ = ["configure", "grade", "run"]

DEMO = Path("build") / "grade-demo"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "submissions",
        nargs="?",
        type=Path,
        metavar="SUBMISSIONS",
        help="a folder or a zip: notebooks, a folder per student, or as nbgrader, Moodle and GitHub "
        "Classroom have it",
    )
    parser.add_argument("--out", type=Path, metavar="REPORT", help="the folder for the report")
    parser.add_argument(
        "-j",
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many at a time (default: %(default)s)",
    )
    parser.add_argument("--resume", action="store_true", help="keep what an earlier run has graded")
    parser.add_argument(
        "--chapter", metavar="CHAPTER", help="03_trees, 03 or trees (default: found by itself)"
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="from which hidden inputs are drawn (default: %(default)s)",
    )
    parser.add_argument(
        "--budget",
        type=float,
        default=BUDGET,
        metavar="SECONDS",
        help="what one submission may take (default: %(default)g)",
    )
    parser.add_argument("--marks", type=Path, metavar="CSV", help="a person's marks: to_mark.csv, filled in")
    parser.add_argument(
        "--require-isolation",
        choices=sandbox.LEVELS,
        metavar="LEVEL",
        help=f"refuse less than this: {', '.join(sandbox.LEVELS)}, strongest first",
    )
    parser.add_argument(
        "--selfcheck", action="store_true", help="grade the course's own solutions and wrong answers instead"
    )
    parser.add_argument("--demo", action="store_true", help="grade three made-up submissions instead")


def run(args: argparse.Namespace) -> int:
    """Grade, and say where the report is."""
    if args.jobs < 1:
        raise CourseError(f"-j must be at least 1; it is {args.jobs}.")
    protection = sandbox.no_less_than(args.require_isolation or sandbox.LEVELS[-1])
    if args.selfcheck:
        return check_ourselves([args.chapter] if args.chapter else None, protection.level)
    if args.demo:
        args.submissions, args.out = (
            demo.make(DEMO / "submissions", bank.load("trees")),
            args.out or DEMO / "report",
        )
        args.chapter = "trees"
    if args.submissions is None or args.out is None:
        raise CourseError(
            "Name the submissions and the report's folder: course grade SUBMISSIONS --out REPORT"
        )
    if args.submissions.is_dir() and args.out.resolve().is_relative_to(args.submissions.resolve()):
        raise CourseError("The report's folder lies within the submissions. Name one outside.")
    found, notes = submissions.find(args.submissions)
    if not found:
        raise CourseError(f"{args.submissions}: there are no notebooks in it.")
    chapter = bank.load(args.chapter or _chapter_of(found))
    report = Report(args.out, {item.question.id: item.question.points for item in chapter.items})
    if args.marks:
        print(f"{report.add_marks(args.marks)} marks by a person are kept in {args.out / 'marks.csv'}.")
    print(f"{len(found)} submissions of {chapter.name}; isolation: {protection}")
    with Grader.open(chapter, protection.level, seed=args.seed, budget=args.budget) as grader:
        says = Run(chapter.name, args.seed, str(protection), grader.version, tuple(notes))
        results = grade(grader, found, report, says, jobs=args.jobs, resume=args.resume)
    _conclude(results, args.out)
    return 0


def grade(
    grader: Grader, found: list[Submission], report: Report, run: Run, *, jobs: int, resume: bool
) -> list[Result]:
    """Grade submissions and write the report, also of what is done when it is interrupted."""
    results: list[Result] = []
    bar = tqdm(total=len(found), unit="submission", disable=not sys.stderr.isatty())

    def keep(result: Result) -> None:
        results.append(report.add(result, run))
        bar.update()

    def left_to_do() -> Iterator[Submission]:
        for submission in found:
            earlier = report.earlier(submission.student, grader.fingerprint(submission)) if resume else None
            if earlier is None:
                yield submission
            else:
                keep(earlier)

    # A scheduler's polite end is an interruption like any other.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        grader.grade_all(left_to_do(), jobs, keep)
    finally:
        signal.signal(signal.SIGTERM, before)
        bar.close()
        report.close(results, Run(**vars(run) | {"unfinished": len(found) - len(results)}))
    return results


def check_ourselves(chapters: list[str] | None, level: str) -> int:
    """Run the self-check through the sandbox, as students' answers run."""
    status = 0
    for name in chapters or bank.chapters():
        chapter = bank.load(name)
        with Grader.open(chapter, level) as grader, grader.worker() as worker:
            status |= selfcheck.run([name], partial(_grade_own, grader, worker, chapter))
    return status


def _grade_own(
    grader: Grader, worker: Worker, chapter: Chapter, item: Item, answer: str, seed: int
) -> Outcome:
    answers = {other.question.id: other.solution for other in chapter.items} | {item.question.id: answer}
    return grader.grade(worker, item, answers, seed)[0]


def _chapter_of(found: list[Submission]) -> str:
    """Return the chapter whose questions the first submissions carry."""
    names = bank.chapters()
    if len(names) == 1:
        return names[0]
    chapters = [bank.load(name) for name in names]
    counts = dict.fromkeys(names, 0)
    for submission in found[:20]:
        data = b"".join(data for _, data in submission.files() if isinstance(data, bytes))
        for chapter in chapters:
            counts[chapter.name] += sum(item.question.id.encode() in data for item in chapter.items)
    best = max(counts, key=counts.get)
    if not counts[best]:
        raise CourseError(f"No submission carries a question's id. Name the chapter: --chapter {names[0]}")
    return best


def _conclude(results: list[Result], out: Path) -> None:
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(summary, "a", encoding="utf-8") as file:
            file.write((out / "summary.md").read_text(encoding="utf-8"))
    mean = sum(result.earned for result in results) / len(results)
    waiting = sum(len(result.to_mark) for result in results)
    print(
        f"{len(results)} graded; {mean:.1f} of {results[0].points:g} points on average. "
        f"Open {out / 'index.html'}"
    )
    if waiting:
        print(
            f"{waiting} texts wait for a person: fill in {out / 'to_mark.csv'}, "
            "then add --marks FILE --resume."
        )
