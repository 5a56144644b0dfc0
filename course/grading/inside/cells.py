"""Answer cells as plain Python: what only IPython understands is left out, or refused in a sentence."""

import ast
import re

__all__ = ["CannotRun", "plain_python"]

# Magics that change nothing of an answer.
HARMLESS = {
    "matplotlib",
    "config",
    "time",
    "timeit",
    "precision",
    "pylab",
    "autoreload",
    "load_ext",
    "capture",
    "warnings",
}
# These have code behind them, which is run.
WITH_CODE = {"time", "timeit", "capture"}
_CELL_MAGIC = re.compile(r"\s*%%(\w+)(.*)")
_LINE_MAGIC = re.compile(r"(\s*)((?:[\w.,\[\] ]+=\s*)?)%(\w+)(.*)")
_SHELL = re.compile(r"\s*(?:[\w.,\[\] ]+=\s*)?!")
_HELP = re.compile(r"\s*(?:\?{1,2}[\w.]+|[\w.]+\?{1,2})\s*$")
_OPTIONS = re.compile(r"\s*(?:-\w+(?:\s+\d+)?\s+)*")


class CannotRun(Exception):
    """A cell that is no Python; the message says why."""


def plain_python(text: str) -> str:
    r"""Return a cell without IPython's own lines.

    Examples
    --------
    >>> plain_python("%matplotlib inline\n%time n = 2")
    'pass\nn = 2'
    >>> plain_python("!rm -rf /")
    Traceback (most recent call last):
    course.grading.inside.cells.CannotRun: line 1 is a command for the shell; the grader runs Python only.
    """
    try:
        ast.parse(text)
        return text
    except SyntaxError:
        pass
    except ValueError as error:
        raise CannotRun(f"the cell is no Python: {error}.") from None
    except (MemoryError, RecursionError):
        raise CannotRun("the cell is nested too deeply.") from None
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if magic := _CELL_MAGIC.match(lines[first]):
        if magic[1] not in WITH_CODE:
            raise CannotRun(f"the cell begins with %%{magic[1]}; the grader runs Python only.")
        lines[first] = "pass"
    return "\n".join(_plain_line(number, line) for number, line in enumerate(lines, 1))


def _plain_line(number: int, line: str) -> str:
    if _SHELL.match(line):
        raise CannotRun(f"line {number} is a command for the shell; the grader runs Python only.")
    if magic := _LINE_MAGIC.match(line):
        indent, target, name, rest = magic.groups()
        if name not in HARMLESS:
            raise CannotRun(f"line {number} uses %{name}, which the grader does not have.")
        if name in WITH_CODE and rest.strip() and not target:
            return indent + rest[_OPTIONS.match(rest).end() :]
        return f"{indent}pass"
    return "pass" if _HELP.match(line) else line
