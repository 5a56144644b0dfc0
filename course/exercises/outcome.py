"""From observations to an outcome: the one rule of scoring, for the notebook and for the grader.

Points x share of the checks that passed / share of all checks, rounded to two decimals. A check with share 0
is a condition: where it fails the question earns nothing. What was not observed earns nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.exercises.kinds import Observation
from course.exercises.question import Check, Question

__all__ = ["Finding", "Look", "Outcome", "judge_all", "looks"]


@dataclass(frozen=True)
class Look:
    """One thing to ask of an answer, and the checks that judge what it shows.

    ``probe`` goes where the answer is; ``expected`` stays with the judge.
    """

    probe: Any
    expected: Any
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Finding:
    """How one check went; ``why`` is the judge's sentence, if it has one."""

    check: Check
    passed: bool
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """What an answer is worth, and why.

    ``state`` is one of ``"correct"``, ``"partly"``, ``"wrong"``, ``"not attempted"``, ``"could not run"``
    and, for a text, ``"for a person"``.
    """

    state: str
    score: float
    findings: tuple[Finding, ...] = ()
    why: str = ""

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The properties that do not hold."""
        return tuple(finding for finding in self.findings if not finding.passed)


def looks(checks: Iterable[Check], seed: int) -> list[Look]:
    """List what to ask of an answer: checks with the same ``case`` function share one look.

    Examples
    --------
    >>> def case(seed):
    ...     return {"calls": [[seed]]}, 2 * seed
    >>> small = Check(holds="it is small", judge=lambda seen, expected: True, case=case)
    >>> even = Check(holds="it is even", judge=lambda seen, expected: True, case=case)
    >>> [(look.probe, len(look.checks)) for look in looks([small, even], seed=3)]
    [({'calls': [[3]]}, 2)]
    """
    by_case: dict[Any, list[Check]] = {}
    for check in checks:
        by_case.setdefault(check.case, []).append(check)
    return [Look(*case(seed), tuple(together)) for case, together in by_case.items()]


def judge_all(question: Question, asked: Sequence[Look], observations: Sequence[Observation]) -> Outcome:
    """Judge what the looks at one answer brought back.

    Parameters
    ----------
    question : Question
        What was asked.
    asked : sequence of Look
        From :func:`looks`.
    observations : sequence of Observation
        One for each look, in the same order; where some are missing their checks fail.
    """
    if question.kind == "text":
        blank = [seen for seen in observations if seen.state != "seen"]
        return Outcome(blank[0].state if blank else "for a person", 0.0, why=blank[0].why if blank else "")
    got = [*observations, *[Observation(state="could not run")] * (len(asked) - len(observations))]
    findings = tuple(
        _find(check, seen, look.expected)
        for look, seen in zip(asked, got, strict=True)
        for check in look.checks
    )
    unseen = [seen for seen in got if seen.state != "seen"]
    if len(unseen) == len(got):
        return Outcome(unseen[0].state if unseen else "could not run", 0.0, findings, _first(unseen))
    error = _error_of_every_call(question, got)
    if error:
        return Outcome("could not run", 0.0, findings, error)
    whole = sum(finding.check.share for finding in findings)
    passed = sum(finding.check.share for finding in findings if finding.passed)
    barred = any(not finding.passed for finding in findings if finding.check.share == 0)
    score = 0.0 if barred or not whole else round(question.points * passed / whole, 2)
    if all(finding.passed for finding in findings):
        return Outcome("correct", score, findings)
    return Outcome("partly" if score else "wrong", score, findings, _first(unseen))


def _find(check: Check, seen: Observation, expected: Any) -> Finding:
    if seen.state != "seen":
        return Finding(check, False, seen.why)
    try:
        verdict = check.judge(seen.value, expected)
    except Exception:
        # A judge that an answer can break would be a hole; that it is no bug of ours the self-check shows.
        return Finding(check, False, "the answer has not the form that the check can read.")
    if isinstance(verdict, str):
        return Finding(check, False, verdict)
    return Finding(check, isinstance(verdict, bool | np.bool_) and bool(verdict))


def _first(unseen: Sequence[Observation]) -> str:
    return next((seen.why for seen in unseen if seen.why), "")


def _error_of_every_call(question: Question, got: Sequence[Observation]) -> str:
    """Return the first error of a function that no call got through, else nothing."""
    if question.kind != "function":
        return ""
    calls = [call for seen in got if isinstance(seen.value, list) for call in seen.value]
    errors = [call["error"] for call in calls if isinstance(call, dict) and "error" in call]
    return str(errors[0]) if errors and len(errors) == len(calls) else ""
