"""A question: what is asked for, how it is checked, and what helps.

Two halves make a question. The public half (this module, and one module a chapter beside it) goes to the
students. The key (``course/grading/keys``) holds the hidden checks and stays with the instructor. The
text, the template, the worked solution and the known wrong answers stand in the chapter's
``notebooks/sources/*/exercises.py``, joined by the question's id.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.errors import CourseError
from course.exercises import kinds

if TYPE_CHECKING:
    from course.exercises.panel import Panel

__all__ = ["Check", "Question"]


def _nothing_to_ask(seed: int) -> tuple[None, None]:
    return None, None


@dataclass(frozen=True, kw_only=True)
class Check:
    """One property that a right answer has.

    Parameters
    ----------
    holds : str
        The property, in words a student understands: ``"the depth grows with log2 of the samples"``.
    judge : callable
        ``judge(observed, expected)`` returns True where the property holds, False where not, or a sentence
        that says how it fails. It gets plain data only and must not trust it: wrong shapes and NaN come too.
    case : callable, optional
        ``case(seed)`` returns ``(probe, expected)``: what to ask of the answer (it goes to the student's
        process) and what the judge compares with (it does not). Checks with the same function share one look
        at the answer.
    share : float, optional
        How much of the question's points, relative to the other checks. A check with share 0 is a condition:
        where it fails the question earns nothing.
    see : str, optional
        How the student can see the failure: a line to run, a value to print.
    """

    holds: str
    judge: Callable[[Any, Any], bool | str]
    case: Callable[[int], tuple[Any, Any]] = _nothing_to_ask
    share: float = 1.0
    see: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """The public half of a question.

    Parameters
    ----------
    id : str
        Such as ``"trees-depth"``: the chapter's word, a dash, the question's. The answer cell in the source
        carries the tag ``answer:trees-depth``.
    answer : str
        The name that the answer cell gives to its result: ``"depth"``.
    kind : str
        One of ``kinds.KINDS``.
    points : int
        What a full answer earns.
    outline : tuple of str
        The ids of the outline that the question answers.
    checks : tuple of Check
        The public checks.
    hints : tuple of str
        From gentle to plain.
    needs : tuple of str, optional
        Ids of questions whose answers this one builds on.
    seconds : float, optional
        How long the student's own code may take when it is graded.
    keras : bool, optional
        Whether the answer uses Keras, which the grader's workers then have loaded.
    """

    id: str
    answer: str
    kind: str
    points: int
    outline: tuple[str, ...]
    checks: tuple[Check, ...]
    hints: tuple[str, ...]
    needs: tuple[str, ...] = ()
    seconds: float = 10.0
    keras: bool = False

    def __post_init__(self) -> None:
        if self.kind not in kinds.KINDS:
            raise CourseError(
                f"question {self.id}: there is no kind {self.kind!r}; use one of {sorted(kinds.KINDS)}."
            )
        if self.points <= 0:
            raise CourseError(f"question {self.id}: points must be positive; they are {self.points}.")
        if not self.answer.isidentifier():
            raise CourseError(f"question {self.id}: answer must be a name; it is {self.answer!r}.")

    def check(self, answer: Any = ...) -> "Panel | float":
        """Run the public checks on an answer, and show how it did."""
        from course.exercises import feedback

        return feedback.check(self, answer)

    def hint(self) -> "Panel":
        """Show a hint: the next one at each call."""
        from course.exercises import feedback

        return feedback.hint(self)

    def solution(self) -> "Panel":
        """Show the worked solution, if this copy of the course has it."""
        from course.exercises import feedback

        return feedback.solution(self)
