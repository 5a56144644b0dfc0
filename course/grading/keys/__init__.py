"""The private half of the questions: hidden checks, one module a chapter.

Each module has ``keys``, a dictionary from the id of a question to its :class:`Key`.
"""

from dataclasses import dataclass

from course.exercises.question import Check

__all__ = ["Key"]


@dataclass(frozen=True, kw_only=True)
class Key:
    """The hidden checks of a question."""

    checks: tuple[Check, ...]
