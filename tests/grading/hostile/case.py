"""A hostile or broken submission, and what it must get."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One submission.

    ``answers`` replace right ones; ``build`` writes the student's files instead. ``honest`` are the scores that
    differ from full ones. In texts, SECRET stands for the path of a file with the solutions, REPORT for that of
    the report's folder, and OTHER for that of another student's folder.
    """

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    honest: dict[str, float] = field(default_factory=dict)
    build: Callable[[Path], None] | None = None
    note: str = ""


NOTHING = dict.fromkeys(
    ("mini-number", "mini-array", "mini-function", "mini-estimator", "mini-choice", "mini-more", "mini-text"),
    0,
)
