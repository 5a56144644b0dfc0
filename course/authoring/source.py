"""The sources of the notebooks: cells of a percent-format file, and what an answer cell holds.

An answer cell carries the tag ``answer:<question id>``. Its worked solution stands between two marks; what
students find in its place, if anything, follows a third, as comments::

    ### BEGIN SOLUTION
    depth = np.log2(1_000_000)
    ### TEMPLATE
    # depth = ...
    ### END SOLUTION
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError

__all__ = ["Cell", "answers", "read", "solution_of", "template_of", "wrong_answers"]

CELL_START = re.compile(r"# %%( |$)")
HEAD = re.compile(r'# %%(?P<markdown> \[markdown\])?( tags=(?P<tags>\["[^"]*"(, "[^"]*")*\]))?')
COMMENT_MARK = re.compile(r"^# ?")
MAGIC_MARK = re.compile(r"^# (?=%{1,2}[a-z]+\b)")  # a magic is a comment to Python
BEGIN, TEMPLATE, END = "### BEGIN SOLUTION", "### TEMPLATE", "### END SOLUTION"
COMMENT = re.compile(r"(\s*)# ?(.*)")


@dataclass(frozen=True)
class Cell:
    """One cell of a source.

    Parameters
    ----------
    kind : str
        ``"code"`` or ``"markdown"``.
    tags : tuple of str
        Its tags.
    text : str
        What stands in it.
    line : int
        The line of the source on which the text begins.
    """

    kind: str
    tags: tuple[str, ...]
    text: str
    line: int

    def named(self, role: str) -> str | None:
        """Return the question id of a tag such as ``answer:trees-depth``.

        Examples
        --------
        >>> Cell("code", ("answer:trees-depth",), "depth = 20", 1).named("answer")
        'trees-depth'
        """
        for tag in self.tags:
            if tag.startswith(f"{role}:"):
                return tag.removeprefix(f"{role}:")
        return None


def read(path: str | Path) -> list[Cell]:
    """Read the cells of a source.

    The part of jupytext's percent format that sources use; jupytext itself takes two seconds to load.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise CourseError(f"There is no source {path}.") from None
    starts = [number for number, line in enumerate(lines) if CELL_START.match(line)]
    if any(line.strip() for line in lines[: starts[0] if starts else None]):
        raise CourseError(f"{path}, line 1: a source begins with a line '# %%'.")
    cells = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        head = HEAD.fullmatch(lines[start].rstrip())
        if head is None:
            raise CourseError(
                f'{path}, line {start + 1}: a cell may only say [markdown] and tags=["..."]; '
                f"this one says {lines[start][4:].strip()}."
            )
        kind = "markdown" if head["markdown"] else "code"
        # Blank lines at the head and the end of a cell are not in its text.
        first = next((number for number in range(start + 1, end) if lines[number].strip()), start + 1)
        text = "\n".join(lines[first:end]).rstrip()
        mark = COMMENT_MARK if kind == "markdown" else MAGIC_MARK
        text = "\n".join(mark.sub("", line) for line in text.splitlines())
        cells.append(Cell(kind, tuple(json.loads(head["tags"] or "[]")), text, first + 1))
    return cells


def solution_of(cell: Cell) -> str:
    r"""Return an answer cell with its worked solution, without marks and template.

    Examples
    --------
    >>> cell = Cell("code", (), "### BEGIN SOLUTION\nn = 2\n### TEMPLATE\n# n = ...\n### END SOLUTION", 1)
    >>> solution_of(cell), template_of(cell)
    ('n = 2', 'n = ...')
    """
    return "\n".join(text for _, text in solution_lines(cell))


def template_of(cell: Cell) -> str:
    """Return an answer cell as students find it."""
    return "\n".join(
        COMMENT.sub(r"\1\2", text).rstrip() if part == TEMPLATE else text
        for _, part, text in _parts(cell)
        if part != BEGIN
    ).strip("\n")


def solution_lines(cell: Cell) -> list[tuple[int, str]]:
    """Return the lines of the solution, each with its line number in the source."""
    lines = [(number, text) for number, part, text in _parts(cell) if part != TEMPLATE]
    # A formatter leaves blank lines between a function and the mark that follows.
    while lines and not lines[-1][1].strip():
        lines.pop()
    return lines


def _parts(cell: Cell) -> list[tuple[int, str, str]]:
    """List (line number, part, text), where the part is the mark that the line follows."""
    follows = {BEGIN: (END,), TEMPLATE: (BEGIN,), END: (BEGIN, TEMPLATE)}
    lines, part = [], END
    for number, text in enumerate(cell.text.splitlines(), cell.line):
        mark = text.strip()
        if mark not in follows:
            if part == TEMPLATE and mark and not COMMENT.fullmatch(text):
                raise CourseError(f"line {number}: a template is written as comments; this is {mark!r}.")
            lines.append((number, part, text))
            continue
        if part not in follows[mark]:
            raise CourseError(f"line {number}: {mark!r} cannot stand here.")
        part = mark
    if part != END:
        raise CourseError(f"line {cell.line}: the cell has {part!r}, but no {END!r}.")
    return lines


def answers(path: str | Path) -> dict[str, Cell]:
    """Return the answer cells of an exercises source by the id of their question."""
    found: dict[str, Cell] = {}
    for cell in read(path):
        question = cell.named("answer")
        if question in found:
            raise CourseError(
                f"{path}, line {cell.line}: question {question!r} has an answer cell on line "
                f"{found[question].line} already."
            )
        if question:
            found[question] = cell
    return found


def wrong_answers(path: str | Path) -> dict[str, list[Cell]]:
    """Return the known wrong answers of an exercises source by the id of their question."""
    found: dict[str, list[Cell]] = {}
    for cell in read(path):
        question = cell.named("wrong")
        if question:
            found.setdefault(question, []).append(cell)
    return found
