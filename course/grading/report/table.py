"""The class as tables: CSV and JSON, and the texts that wait for a person's mark."""

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.grading.results import Result

__all__ = ["Marks", "Run", "class_csv", "class_json", "marks_csv", "read_marks", "to_mark_csv"]

# student -> question -> (mark, comment)
Marks = dict[str, dict[str, tuple[float, str]]]
MARK_COLUMNS = ("student", "question", "mark", "comment")


@dataclass(frozen=True)
class Run:
    """What a report says of the run as a whole."""

    chapter: str
    seed: int
    isolation: str
    version: str
    notes: tuple[str, ...] = ()
    unfinished: int = 0


def safe(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; whole numbers without a point.

    Examples
    --------
    >>> safe("=1+1"), safe("ada"), safe(8.0)
    ("'=1+1", 'ada', 8)
    """
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str) and cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + cell
    return cell


def plain_again(cell: str) -> str:
    """Undo :func:`safe`."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell


def _csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([[safe(cell) for cell in row] for row in rows])
    return text.getvalue()


def class_csv(results: Sequence[Result]) -> str:
    """Return a row for each student: the total, and the points of each question."""
    questions = [one.question for one in results[0].questions] if results else []
    rows: list[list[object]] = [["student", "points", "out of", "to mark", *questions]]
    for result in results:
        earned = [one.earned for one in result.questions]
        rows.append([result.student, result.earned, result.points, len(result.to_mark), *earned])
    return _csv(rows)


def class_json(results: Sequence[Result], run: Run) -> str:
    """Return all that is known, for programs."""
    about = {
        "chapter": run.chapter,
        "seed": run.seed,
        "isolation": run.isolation,
        "version": run.version,
        "notes": list(run.notes),
        "not graded": run.unfinished,
    }
    # A line for each student, made one by one: the whole as objects would take much memory.
    students = ",\n".join(json.dumps(result.as_dict(), ensure_ascii=False) for result in results)
    return f'{json.dumps(about, indent=1, ensure_ascii=False)[:-2]},\n "students": [\n{students}\n]}}\n'


# --- Marks by a person ------------------------------------------------------------------------------------


def to_mark_csv(results: Sequence[Result]) -> str:
    """List the texts that wait for a mark, with columns for it."""
    rows: list[list[object]] = [["student", "question", "points", "answer", "mark", "comment"]]
    for result in results:
        rows += [[result.student, one.question, one.points, one.text, "", ""] for one in result.to_mark]
    return _csv(rows)


def marks_csv(marks: Marks) -> str:
    """Return marks as they are kept beside the report."""
    rows: list[list[object]] = [list(MARK_COLUMNS)]
    for student, by_question in sorted(marks.items()):
        rows += [[student, question, *mark] for question, mark in sorted(by_question.items())]
    return _csv(rows)


def read_marks(path: Path, points: Mapping[str, float]) -> Marks:
    """Read marks that a person filled in; rows without one are passed over.

    Parameters
    ----------
    path : Path
        A CSV with the columns student, question and mark, and perhaps comment.
    points : mapping
        The points of each question.

    Raises
    ------
    CourseError
        With the line, where a mark cannot be taken.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise CourseError(f"{path} cannot be read as a CSV file in UTF-8 ({type(error).__name__}).") from None
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = set(MARK_COLUMNS[:3]) - set(rows.fieldnames or [])
    if missing:
        raise CourseError(f"{path}: there is no column {', '.join(sorted(missing))} in its first line.")
    marks: Marks = {}
    for row in rows:
        given = (row["mark"] or "").strip()
        if not given:
            continue
        student, question = plain_again(row["student"] or ""), plain_again(row["question"] or "")
        where = f"{path}, line {rows.line_num}"
        if question not in points:
            raise CourseError(f"{where}: the chapter has no question {question!r}.")
        try:
            mark = float(given.replace(",", "."))
        except ValueError:
            mark = math.nan
        if not 0 <= mark <= points[question]:
            raise CourseError(f"{where}: the mark {given!r} is no number from 0 to {points[question]:g}.")
        marks.setdefault(student, {})[question] = (mark, plain_again(row.get("comment") or ""))
    return marks
