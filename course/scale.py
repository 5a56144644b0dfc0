"""How big a run is: ``quick`` for reading along, ``full`` for the published sizes.

The environment variable ``COURSE_SCALE`` chooses; without it a run is quick.
"""

import os
from typing import TypeVar

from course.errors import CourseError

__all__ = ["is_full", "name", "pick"]

T = TypeVar("T")


def name() -> str:
    """Return ``"quick"`` or ``"full"``.

    Examples
    --------
    >>> name()
    'quick'
    """
    scale = os.environ.get("COURSE_SCALE", "quick")
    if scale not in ("quick", "full"):
        raise CourseError(f"COURSE_SCALE is {scale!r}; it must be 'quick' or 'full'.")
    return scale


def is_full() -> bool:
    """Tell whether this run uses the published sizes."""
    return name() == "full"


def pick(*, quick: T, full: T) -> T:
    """Return the value that belongs to this run's scale.

    Examples
    --------
    >>> pick(quick=10, full=500)
    10
    """
    return full if is_full() else quick
