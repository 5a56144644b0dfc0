"""Checks that do not spell out the answer they look for.

They keep an honest reader from a spoiler, and nothing more: whoever wants to can try all letters of a choice.
What decides a grade is the key, which students do not have.
"""

import hashlib
import math
from collections.abc import Callable
from typing import Any

__all__ = ["choice", "digest", "number"]


def digest(question_id: str, answer: str) -> str:
    """Return what stands for an answer in the public half of a question.

    Examples
    --------
    >>> digest("demo-colour", "b")
    'ee5d68da7d3a'
    """
    return hashlib.sha256(f"{question_id} {answer}".encode()).hexdigest()[:12]


def choice(question_id: str, right: str) -> Callable[[Any, Any], bool | str]:
    """Return a judge of a choice that knows only the digest of the right letter."""

    def judge(observed: Any, expected: Any) -> bool | str:
        return isinstance(observed, str) and digest(question_id, observed) == right

    return judge


def number(question_id: str, right: str, decimals: int) -> Callable[[Any, Any], bool | str]:
    """Return a judge of a number that knows only the digest of the right one, rounded.

    Examples
    --------
    >>> judge = number("demo-pi", digest("demo-pi", "3.14"), decimals=2)
    >>> judge(3.1416, None), judge(3.2, None), judge(float("nan"), None)
    (True, False, False)
    """

    def judge(observed: Any, expected: Any) -> bool | str:
        if type(observed) is not float or not math.isfinite(observed):
            return False
        return digest(question_id, f"{observed:.{decimals}f}") == right

    return judge
