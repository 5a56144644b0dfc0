"""What a user has solved: lines of JSON in the user's data folder, or in ``$COURSE_PROGRESS_HOME``.

A line is only ever appended, in one write, so notebooks that run at once do not disturb each other. A line
that is damaged is passed over.
"""

import html
import importlib
import importlib.util
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.exercises.question import Question
from course.files import notebooks_folder

__all__ = ["ChapterProgress", "Summary", "best", "home", "record", "summary"]

STATES = ("not attempted", "could not run", "wrong", "for a person", "partly", "correct")


def home() -> Path:
    """Return the folder of the record."""
    named = os.environ.get("COURSE_PROGRESS_HOME")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("course", appauthor=False))


def record(question_id: str, state: str, points: float) -> str:
    """Note how a check went, if it went better than before; where that is impossible return why."""
    before = best().get(question_id)
    if state == "not attempted" or (before and _rank(before) >= _rank((state, points))):
        return ""
    # Begun with a new line: should the last writer have died half-way, only its own line is lost.
    line = "\n" + json.dumps({"question": question_id, "state": state, "points": points}) + "\n"
    try:
        home().mkdir(parents=True, exist_ok=True)
        handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)
    except OSError as error:
        return f"(Your progress could not be saved in {home()}: {error.strerror}.)"
    return ""


def best() -> dict[str, tuple[str, float]]:
    """Return the best (state, points) of each question."""
    found: dict[str, tuple[str, float]] = {}
    try:
        lines = _file().read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            entry = json.loads(line)
            question, this = str(entry["question"]), (entry["state"], float(entry["points"]))
            rank = _rank(this)
            if math.isfinite(this[1]) and (question not in found or rank > _rank(found[question])):
                found[question] = this
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            continue
    return found


def _rank(entry: tuple[str, float]) -> tuple[int, float]:
    return STATES.index(entry[0]), entry[1]


def _file() -> Path:
    return home() / "progress.jsonl"


@dataclass(frozen=True)
class ChapterProgress:
    """How far one chapter has got."""

    chapter: str
    solved: int
    questions: int
    points: float
    of: int


@dataclass(frozen=True, repr=False)
class Summary:
    """How far all chapters have got: a table in Jupyter, text elsewhere."""

    chapters: tuple[ChapterProgress, ...]

    def __repr__(self) -> str:
        if not self.chapters:
            return "No chapter here has exercises."
        rows = self._rows()
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        return "\n".join(
            "   ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )

    def _rows(self) -> list[tuple[str, str, str]]:
        return [
            ("chapter", "solved", "points"),
            *(
                (one.chapter, f"{one.solved} of {one.questions}", f"{one.points:g} of {one.of}")
                for one in self.chapters
            ),
        ]

    def _repr_html_(self) -> str:
        head, *rows = self._rows()
        body = "".join(_row(row, "td") for row in rows)
        return f"<table><thead>{_row(head, 'th')}</thead><tbody>{body}</tbody></table>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._repr_html_()}


def _row(texts: tuple[str, ...], tag: str) -> str:
    cells = "".join(f"<{tag} style='text-align:left'>{html.escape(text)}</{tag}>" for text in texts)
    return f"<tr>{cells}</tr>"


def summary() -> Summary:
    """Return how far this user has got, by the public checks."""
    known = best()
    found = []
    for chapter, questions in _questions().items():
        mine = [known.get(question.id, ("not attempted", 0.0)) for question in questions]
        # A mark is never above what the question is worth, whatever stands in the record.
        points = sum(min(max(entry[1], 0), one.points) for entry, one in zip(mine, questions, strict=True))
        found.append(
            ChapterProgress(
                chapter,
                solved=sum(state in ("correct", "for a person") for state, _ in mine),
                questions=len(questions),
                points=points,
                of=sum(question.points for question in questions),
            )
        )
    return Summary(tuple(found))


def _questions() -> dict[str, list[Question]]:
    """Return the questions of each chapter whose folder of notebooks is here."""
    found = {}
    for folder in sorted(notebooks_folder().glob("[0-9]*_*")):
        name = f"course.exercises.{folder.name.partition('_')[2]}"
        if importlib.util.find_spec(name):
            things = vars(importlib.import_module(name)).values()
            found[folder.name] = [thing for thing in things if isinstance(thing, Question)]
    return found
