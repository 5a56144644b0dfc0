"""Answers out of a student's notebook, whatever state it is in.

An answer is known by its id alone: in the cell's metadata (``course.question``), in nbgrader's ``grade_id``,
in a tag ``answer:ID``, or in the cell's own id ``answer-ID``. Where the cell stands, of what type it is, and
what stands around it do not matter. Where several cells carry an id, the first that is not the unchanged
template counts; the rest is reported.
"""

import json
from collections.abc import Iterator
from typing import Any

__all__ = ["NotANotebook", "answers_in", "same_text"]

ENCODINGS = ("utf-8-sig", "utf-16", "latin-1")


class NotANotebook(Exception):
    """A file without cells; the message says what it is."""


def answers_in(data: bytes, templates: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    r"""Read the answers of one notebook.

    Parameters
    ----------
    data : bytes
        The file.
    templates : dict
        The answer cell of each question as it was handed out.

    Returns
    -------
    tuple
        The text of each answer that is there, by the question's id, and notes on what was ignored.

    Examples
    --------
    >>> cell = {"cell_type": "code", "metadata": {"tags": ["answer:a-b"]}, "source": ["n = 2\n", "n"]}
    >>> answers_in(json.dumps({"cells": [cell, cell]}).encode(), {"a-b": "n = ..."})
    ({'a-b': 'n = 2\nn'}, ['a-b: 2 cells carry this id; number 1 of them counts.'])
    """
    notebook, notes = _read(data)
    copies: dict[str, list[str]] = {}
    for cell in _cells(notebook):
        question = _question(cell, templates)
        if question is None:
            continue
        copies.setdefault(question, []).append(_source(cell))
        kind = cell.get("cell_type")
        if kind != "code":
            notes.append(
                f"{question}: its answer stands in a cell of type {str(kind)[:20]!r}; it was still run."
            )
    found = {}
    for question, texts in copies.items():
        changed = [n for n, text in enumerate(texts) if not same_text(text, templates[question])]
        chosen = changed[0] if changed else 0
        found[question] = texts[chosen]
        if len(texts) > 1:
            notes.append(f"{question}: {len(texts)} cells carry this id; number {chosen + 1} of them counts.")
    return found, notes


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts differ in blanks only."""
    return one.split() == other.split()


def _read(data: bytes) -> tuple[Any, list[str]]:
    if not data.strip():
        raise NotANotebook("the file is empty.")
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
            notebook = json.loads(text)
        except (UnicodeError, ValueError):
            continue
        except RecursionError:
            raise NotANotebook("the file is nested too deeply to be a notebook.") from None
        if not isinstance(notebook, dict) or not any(True for _ in _cells(notebook)):
            raise NotANotebook("the file is JSON, but no notebook: it has no cells.")
        return notebook, [] if encoding == "utf-8-sig" else [f"the file is in {encoding}, not in UTF-8."]
    raise NotANotebook("the file is no notebook: it is not JSON.")


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    # Up to version 3 of the format, cells stood in worksheets.
    sheets = notebook.get("worksheets")
    for holder in [notebook, *(sheets if isinstance(sheets, list) else [])]:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        yield from (cell for cell in (cells if isinstance(cells, list) else []) if isinstance(cell, dict))


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _question(cell: dict[str, Any], templates: dict[str, str]) -> str | None:
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    own, nbgrader, tags = (metadata.get(name) for name in ("course", "nbgrader", "tags"))
    candidates = [own.get("question") if isinstance(own, dict) else None]
    candidates.append(nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None)
    candidates += [
        tag.removeprefix("answer:")
        for tag in (tags if isinstance(tags, list) else [])
        if isinstance(tag, str)
    ]
    cell_id = cell.get("id")
    candidates.append(cell_id.removeprefix("answer-") if isinstance(cell_id, str) else None)
    return next((one for one in candidates if isinstance(one, str) and one in templates), None)
