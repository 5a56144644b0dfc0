"""Published results beside ours.

Each published number stands in ``data/published/<source>.toml`` under its id with a verdict:

``reproduced``
    ours must lie within ``tolerance`` of the published ``value``;
``differs``
    it does not, ``why`` says the reason, and ours must lie within ``tolerance`` of ``here``;
``cannot``
    nothing can be computed here, and ``why`` says the reason.

``needs_full = true`` and ``data = ["mnist"]`` name what a run needs before it may compare.
"""

import html
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course import scale
from course.errors import CourseError
from course.files import registry_folder

__all__ = ["MIME", "Comparison", "Entry", "Mismatch", "Number", "entries", "published", "show"]

MIME = "application/vnd.course.published+json"
VERDICTS = ("reproduced", "differs", "cannot")


class Mismatch(CourseError):
    """A number that the registry promises to match does not."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """One published number and what is known about it."""

    value: Any
    verdict: str
    tolerance: float = 0.0
    here: Any = None
    why: str = ""
    needs_full: bool = False
    data: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing of a source: its id, a title in our words, the chapter that delivers it, its numbers."""

    id: str
    title: str
    chapter: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True)
class Row:
    """One compared number."""

    name: str
    published: Any
    here: Any
    verdict: str
    note: str


class Comparison:
    """A table of published and computed numbers, as text and as HTML."""

    def __init__(self, entry_id: str, rows: list[Row]) -> None:
        self.id = entry_id
        self.rows = rows

    def __repr__(self) -> str:
        cells = [
            (row.name, f"published {show(row.published)}", f"here {show(row.here)}", _verdict(row))
            for row in self.rows
        ]
        widths = [max(len(cell[column]) for cell in cells) for column in range(3)]
        return "\n".join(
            "   ".join([*(text.ljust(width) for text, width in zip(cell, widths, strict=False)), cell[3]])
            for cell in cells
        )

    def _repr_html_(self) -> str:
        body = "".join(
            "<tr>"
            + "".join(
                f"<td style='text-align:left'>{html.escape(text)}</td>"
                for text in (row.name, show(row.published), show(row.here), _verdict(row))
            )
            + "</tr>"
            for row in self.rows
        )
        head = "".join(
            f"<th style='text-align:left'>{text}</th>" for text in ("", "published", "here", "verdict")
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        rows = [asdict(row) for row in self.rows]
        return {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
            MIME: {"id": self.id, "scale": scale.name(), "rows": rows},
        }


def published(entry_id: str, **ours: Any) -> Comparison:
    """Compare computed numbers with the published ones of one entry.

    Parameters
    ----------
    entry_id : str
        An id of the registry, such as ``"hml-06-num-02"``.
    **ours : number, list of numbers or str
        What this run computed, under the names that the registry gives to the published numbers. A number
        whose verdict is ``cannot`` may be left out.

    Returns
    -------
    Comparison
        Shown by a notebook as a table.

    Raises
    ------
    Mismatch
        Where a number that is promised to match does not.

    Examples
    --------
    >>> published("hml-06-num-02", free=0.898, held_back=0.92)
    free        published 0.898   here 0.898   reproduced
    held_back   published 0.92    here 0.92    reproduced
    """
    entry = _entry(entry_id)
    if not entry.numbers:
        raise CourseError(f"{entry_id} has no numbers in the registry: leave published() out, or add them.")
    missing = {name for name, number in entry.numbers.items() if number.verdict != "cannot"} - set(ours)
    unknown = set(ours) - set(entry.numbers)
    if missing or unknown:
        said = " and ".join(
            f"{word} {', '.join(sorted(names))}"
            for word, names in (("misses", missing), ("does not know", unknown))
            if names
        )
        raise CourseError(
            f"published({entry_id!r}, ...) {said}; the registry names {', '.join(entry.numbers)}."
        )
    return Comparison(
        entry_id,
        [_compare(entry_id, name, number, _plain(ours.get(name))) for name, number in entry.numbers.items()],
    )


def _compare(entry_id: str, name: str, number: Number, ours: Any) -> Row:
    if number.verdict == "cannot":
        return Row(name, number.value, ours, "cannot", number.why)
    obstacle = _obstacle(number)
    if obstacle:
        return Row(name, number.value, ours, "not compared", obstacle)
    goal = number.value if number.verdict == "reproduced" else number.here
    if goal is not None and not _close(ours, goal, number.tolerance):
        raise Mismatch(
            f"{entry_id}, {name}: here {show(ours)}, but the registry promises {show(goal)} "
            f"within {number.tolerance:g} (published {show(number.value)}). "
            "Find what changed; if the registry is wrong, mend its verdict and say why."
        )
    if number.verdict == "differs" and _close(ours, number.value, number.tolerance):
        raise Mismatch(
            f"{entry_id}, {name}: here {show(ours)} agrees with the published {show(number.value)}, "
            "but the registry says that it differs. Mend its verdict."
        )
    return Row(name, number.value, ours, number.verdict, number.why)


def _obstacle(number: Number) -> str:
    """Say what keeps this run from comparing, if anything does."""
    if number.data:
        from course import datasets

        used = datasets.used()
        for name in number.data:
            if name not in used:
                raise CourseError(
                    f"The registry says that this number needs the data set {name!r}, which was not loaded."
                )
            if used[name].is_standin:
                return f"needs the real {name}"
    if number.needs_full and not scale.is_full():
        return "needs COURSE_SCALE=full"
    return ""


def _close(ours: Any, goal: Any, tolerance: float) -> bool:
    if isinstance(goal, str) or isinstance(ours, str):
        return ours == goal
    if isinstance(goal, list):
        return (
            isinstance(ours, list)
            and len(ours) == len(goal)
            and all(_close(a, b, tolerance) for a, b in zip(ours, goal, strict=True))
        )
    if ours is None or isinstance(ours, list):
        return False
    # A hair of slack, so that 0.1 + 0.2 is within 0 of 0.3.
    return math.isfinite(ours) and abs(ours - goal) <= tolerance + 1e-12 * max(1.0, abs(goal))


def _plain(value: Any) -> Any:
    """Turn arrays and NumPy numbers into lists and Python numbers."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    return (
        [_plain(item) for item in value]
        if isinstance(value, Iterable) and not isinstance(value, str)
        else value
    )


def show(value: Any) -> str:
    """Write a number, a list of numbers or a text as readers see it.

    Examples
    --------
    >>> show([1 / 3, 60000])
    '[0.33333, 60000]'
    """
    if value is None:
        return "-"
    if isinstance(value, list):
        return "[" + ", ".join(show(item) for item in value) + "]"
    return f"{value:.5g}" if isinstance(value, float) and abs(value) < 1e5 else str(value)


def _verdict(row: Row) -> str:
    return f"{row.verdict}: {row.note}" if row.note else row.verdict


def entries(folder: Path | None = None) -> dict[str, Entry]:
    """Return the registry: everything of the sources that the course delivers, by id.

    Examples
    --------
    >>> entries()["hml-06-num-02"].chapter
    '03_trees'
    """
    return _read_all(folder or registry_folder() / "published")


def _entry(entry_id: str) -> Entry:
    known = entries()
    if entry_id not in known:
        import difflib

        near = difflib.get_close_matches(entry_id, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise CourseError(f"The registry of published results has no {entry_id!r}.{hint}")
    return known[entry_id]


@cache
def _read_all(folder: Path) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise CourseError(f"{path} is not valid TOML: {error}.") from None
        for entry_id, raw in table.items():
            if entry_id in found:
                raise CourseError(f"{path}: the id {entry_id} stands in the registry twice.")
            found[entry_id] = _read_entry(path, entry_id, raw)
    return found


def _read_entry(path: Path, entry_id: str, raw: dict[str, Any]) -> Entry:
    try:
        numbers = {
            name: Number(**{**fields, "data": tuple(fields.get("data", ()))})
            for name, fields in raw.get("numbers", {}).items()
        }
        entry = Entry(id=entry_id, title=raw["title"], chapter=raw["chapter"], numbers=numbers)
    except (TypeError, KeyError) as error:
        raise CourseError(f"{path}, {entry_id}: {error}.") from None
    for name, number in numbers.items():
        if number.verdict not in VERDICTS:
            raise CourseError(f"{path}, {entry_id}, {name}: verdict must be one of {', '.join(VERDICTS)}.")
        if number.verdict != "reproduced" and not number.why:
            raise CourseError(f"{path}, {entry_id}, {name}: a verdict {number.verdict!r} must say why.")
    return entry
