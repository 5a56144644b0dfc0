"""What grading a submission came to: plain records, kept as JSON, with all text made harmless."""

import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from course.exercises.outcome import Outcome
from course.grading.bank import Chapter, Item

__all__ = ["Marked", "Property", "Result", "clean"]

MOST_TEXT = 20_000
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")


def clean(text: object) -> str:
    r"""Return text without what could mislead a terminal, a browser or an XML reader.

    Examples
    --------
    >>> clean("\x1b[31mred\x00 \u202eevil"), clean(3)
    ('red evil', '')
    """
    if not isinstance(text, str):
        return ""
    kept = _ESCAPES.sub("", text)
    # Controls, directions of writing, halves of characters, and what is no character.
    return "".join(
        one
        for one in kept
        if one in "\n\t"
        or (unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn") and one not in "\ufffe\uffff")
    )


# A class may be large, and its results are held until the end.
@dataclass(frozen=True, slots=True)
class Property:
    """One check's finding as a student may see it."""

    holds: str
    passed: bool
    why: str = ""
    see: str = ""


@lru_cache(maxsize=10_000)
def _property(holds: str, passed: bool, why: str, see: str) -> Property:
    """Return a finding; students share those that are the same."""
    return Property(holds, passed, why, see)


@dataclass(frozen=True, slots=True)
class Marked:
    """One question of one submission.

    ``mark`` is what a person gave, if one did, and ``comment`` what that person said.
    """

    question: str
    points: float
    state: str
    score: float
    why: str = ""
    properties: tuple[Property, ...] = ()
    text: str = ""
    seconds: float = 0.0
    mark: float | None = None
    comment: str = ""

    @staticmethod
    def of(item: Item, outcome: Outcome, *, text: Any = None, seconds: float = 0.0) -> "Marked":
        """Keep of an outcome what a student may see: of a hidden check no more than its property."""
        public = set(map(id, item.question.checks))
        properties = tuple(
            _property(
                finding.check.holds,
                finding.passed,
                clean(finding.why)[:300]
                if id(finding.check) in public and outcome.state != "could not run"
                else "",
                finding.check.see if id(finding.check) in public and not finding.passed else "",
            )
            for finding in outcome.findings
        )
        return Marked(
            question=item.question.id,
            points=item.question.points,
            state=outcome.state,
            score=outcome.score,
            why=clean(outcome.why)[:700],
            properties=properties if outcome.state != "could not run" else (),
            text=clean(text)[:MOST_TEXT],
            seconds=round(seconds, 3),
        )

    @property
    def earned(self) -> float:
        """The points: a person's mark, else the grader's."""
        return self.score if self.mark is None else self.mark


@dataclass(frozen=True, slots=True)
class Result:
    """All questions of one submission."""

    student: str
    fingerprint: str
    questions: tuple[Marked, ...]
    notes: tuple[str, ...] = ()

    @staticmethod
    def failed(student: str, chapter: Chapter, why: str) -> "Result":
        """Return a result without points, for a submission that the grader itself could not handle."""
        questions = tuple(
            Marked(item.question.id, item.question.points, "could not run", 0.0) for item in chapter.items
        )
        return Result(student, "", questions, (f"this submission could not be graded: {clean(why)[:300]}",))

    @property
    def points(self) -> float:
        """What a full submission earns."""
        return sum(one.points for one in self.questions)

    @property
    def earned(self) -> float:
        """What this one earns."""
        return round(sum(one.earned for one in self.questions), 2)

    @property
    def to_mark(self) -> list[Marked]:
        """The answers that wait for a person."""
        return [one for one in self.questions if one.state == "for a person" and one.mark is None]

    def with_marks(self, marks: dict[str, tuple[float, str]]) -> "Result":
        """Return the result with a person's marks, by question."""
        questions = tuple(
            replace(one, mark=marks[one.question][0], comment=marks[one.question][1])
            if one.question in marks
            else one
            for one in self.questions
        )
        return replace(self, questions=questions)

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for a JSON file."""
        return asdict(self) | {"points": self.points, "earned": self.earned}

    @staticmethod
    def from_dict(data: dict[str, Any]) -> "Result":
        """Rebuild a result from its JSON."""
        questions = tuple(
            Marked(**(one | {"properties": tuple(Property(**part) for part in one["properties"])}))
            for one in data["questions"]
        )
        return Result(data["student"], data["fingerprint"], questions, tuple(data["notes"]))
