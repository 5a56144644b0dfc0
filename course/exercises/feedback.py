"""What ``check``, ``hint`` and ``solution`` of a question do in a notebook."""

import importlib.util
import os
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from course.errors import CourseError
from course.exercises import progress
from course.exercises.kinds import Observation, look
from course.exercises.outcome import Look, Outcome, judge_all, looks
from course.exercises.panel import Line, Panel
from course.exercises.question import Question

__all__ = ["CheckFailed", "check", "hint", "solution"]

# The grader asks with other seeds.
PUBLIC_SEED = 0
TITLES = {
    "correct": "Public checks passed.",
    "wrong": "Not right yet.",
    "could not run": "Your code stopped before it gave an answer.",
    "not attempted": "Not attempted yet.",
    "for a person": "Handed in: a person will read it.",
}

_hints_given: Counter[str] = Counter()


class CheckFailed(CourseError):
    """Tells nbgrader that an answer earns nothing."""


def check(question: Question, answer: Any) -> Panel | float:
    """Run the public checks on an answer and note the progress.

    Under nbgrader it returns the points, which nbgrader counts, and raises :class:`CheckFailed` for none.
    """
    asked = looks(question.checks, PUBLIC_SEED) or [Look(None, None, ())]
    seen = [look(question.kind, answer, one.probe) for one in asked]
    outcome = judge_all(question, asked, seen)
    if os.environ.get("NBGRADER_EXECUTION"):
        if outcome.score:
            return outcome.score
        raise CheckFailed(repr(_panel(question, outcome, asked, seen)))
    note = progress.record(question.id, outcome.state, outcome.score)
    panel = _panel(question, outcome, asked, seen)
    return Panel(panel.state, panel.title, (*panel.lines, Line(note))) if note else panel


def _panel(question: Question, outcome: Outcome, asked: Sequence[Look], seen: Sequence[Observation]) -> Panel:
    if outcome.state == "not attempted":
        what = f"Write your answer as {question.answer}, run the cell, then check again."
        return Panel(outcome.state, TITLES[outcome.state], (Line(_sentence(outcome.why)), Line(what)))
    if outcome.state == "could not run":
        given = _failed_call(question, asked, seen)
        lines = (Line(outcome.why), *([Line(f"The input was {given}")] if given else []))
        return Panel(outcome.state, TITLES[outcome.state], lines)
    if outcome.state == "partly":
        passed = len(outcome.findings) - len(outcome.failed)
        title = f"Partly right: {passed} of {len(outcome.findings)} properties hold."
    else:
        title = TITLES[outcome.state]
    if outcome.state == "wrong" and outcome.why:
        return Panel("wrong", title, (Line(_sentence(outcome.why)),))
    lines: list[Line] = []
    for finding in outcome.findings:
        lines.append(Line(_sentence(finding.check.holds), "correct" if finding.passed else "wrong"))
        if not finding.passed and finding.why:
            lines.append(Line("   " + _sentence(finding.why)))
        if not finding.passed and finding.check.see:
            lines.append(Line(f"   To see it: {finding.check.see}"))
    return Panel(outcome.state, title, tuple(lines))


def _sentence(text: str) -> str:
    text = text.strip()
    # A name of code, such as max_depth, keeps its small letter.
    if text.partition(" ")[0].isalpha():
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."


def _failed_call(question: Question, asked: Sequence[Look], seen: Sequence[Observation]) -> str:
    """Write out the first call that raised, with big arrays by their shape."""
    for one, what in zip(asked, seen, strict=True):
        calls = what.value if question.kind == "function" and isinstance(what.value, list) else []
        for arguments, call in zip(one.probe["calls"] if calls else [], calls, strict=True):
            if "error" in call:
                return f"{question.answer}({', '.join(_short(value) for value in arguments)})"
    return ""


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.size > 6:
        return f"<array of shape {value.shape}>"
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."


def hint(question: Question) -> Panel:
    """Give the next hint; after the last one, say that it was."""
    given = _hints_given[question.id]
    if given >= len(question.hints):
        last = f"That was the last hint. The worked solution: ask.{_attribute(question)}.solution()"
        return Panel("help", f"No more hints for {question.id}.", (Line(last),))
    _hints_given[question.id] += 1
    return Panel("help", f"Hint {given + 1} of {len(question.hints)}", (Line(question.hints[given]),))


def solution(question: Question) -> Panel:
    """Show the worked solution where it is: in a checkout of the whole course."""
    if not _is_here("course.grading.bank"):
        why = "Your instructor keeps the worked solutions; the hints are here."
        return Panel("help", f"The solution of {question.id} is not in this copy.", (Line(why),))
    from course.grading import bank

    try:
        item = bank.load(question.id.partition("-")[0]).item(question.id)
    except CourseError as error:
        return Panel("could not run", "The solution could not be read.", (Line(str(error)),))
    return Panel(
        "help",
        f"A solution of {question.id}",
        (Line(item.solution, code=True), *(Line(" ".join(part.split())) for part in item.why.split("\n\n"))),
    )


def _attribute(question: Question) -> str:
    return question.id.partition("-")[2].replace("-", "_")


def _is_here(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
