"""Submissions whose files are hostile or broken."""

import io
import json
import os
import stat
import zipfile

from tests.grading.chapter import CHAPTER, SOLUTIONS
from tests.grading.hostile.case import NOTHING, Case


def cell(question, text, **more):
    return {"cell_type": "code", "metadata": {"course": {"question": question}}, "source": text} | more


def cells(**replaced):
    return [
        cell(question, replaced.get(question.partition("-")[2], text)) for question, text in SOLUTIONS.items()
    ]


def notebook(some_cells):
    return {"cells": some_cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def encoded(encoding):
    return json.dumps(notebook([*cells(), cell("x", "# é ü")]), ensure_ascii=False).encode(encoding)


RIGHT = json.dumps(notebook(cells())).encode()


def file(name, data, honest=None, note="", at="exercises.ipynb"):
    def build(folder):
        path = folder / at
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return Case(name, build=build, honest=honest or {}, note=note)


def zipped(name, entries, honest=None, note=""):
    """Entries: name, data, and how to change the entry."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content, *mode in entries:
            info = zipfile.ZipInfo(entry)
            info.compress_type = zipfile.ZIP_DEFLATED
            if mode:
                info.external_attr = mode[0] << 16
            archive.writestr(info, content)
    return file(name, data.getvalue(), honest, note, at="work.zip")


def link_to_another(folder):
    os.symlink(folder.parent / "honest" / "exercises.ipynb", folder / "exercises.ipynb")


def linked_folder(folder):
    os.symlink(folder.parent / "honest", folder / "inner")


def pipe(folder):
    os.mkfifo(folder / "exercises.ipynb")


def unreadable_json(depth):
    return b'{"cells": ' + b"[" * depth


def version_3():
    sheet = {
        "cells": [
            {"cell_type": "code", "metadata": one["metadata"], "input": one["source"]} for one in cells()
        ]
    }
    return json.dumps({"worksheets": [sheet], "nbformat": 3, "nbformat_minor": 0, "metadata": {}}).encode()


def without_ids():
    bare = [{"cell_type": "code", "metadata": {}, "source": text} for text in SOLUTIONS.values()]
    return json.dumps(notebook(bare)).encode()


def by(identify):
    found = [identify(question, text) for question, text in SOLUTIONS.items()]
    return json.dumps(notebook(found)).encode()


TEMPLATE = {item.question.id: item.template for item in CHAPTER.items}["mini-number"]
WRONG_NUMBER = {"mini-number": 0, "mini-more": 0}
BOMB = b"0" * 250 * 2**20

CASES = [
    file("not JSON", b"this is no notebook", NOTHING, "not JSON"),
    file("empty file", b"", NOTHING, "empty"),
    file("half a notebook", RIGHT[: len(RIGHT) // 2], NOTHING, "not JSON"),
    file("JSON, but no notebook", b'{"a": 1}', NOTHING, "no cells"),
    file("a list", b"[1, 2]", NOTHING, "no cells"),
    file("cells of the wrong types", b'{"cells": [1, null, [], {"metadata": 3, "source": {}}]}', NOTHING),
    file("deeply nested JSON", unreadable_json(10**6), NOTHING, "nested too deeply"),
    file("a picture", bytes(range(256)) * 100, NOTHING, "not JSON"),
    file("a text file", b"n = 17", NOTHING, "no notebook", at="answers.txt"),
    file("format 3", version_3()),
    file("without ids", without_ids(), NOTHING),
    file("ids as nbgrader has them", by(lambda q, t: cell(None, t, metadata={"nbgrader": {"grade_id": q}}))),
    file("ids as tags", by(lambda q, t: cell(None, t, metadata={"tags": [f"answer:{q}"]}))),
    file("ids as cell ids", by(lambda q, t: cell(None, t, metadata={}, id=f"answer-{q}"))),
    file("10,000 cells", json.dumps(notebook([*[cell("no", "1")] * 10_000, *cells()])).encode()),
    file(
        "output of 100 MB",
        json.dumps(
            notebook(
                [*cells(), cell("no", "", outputs=[{"output_type": "stream", "text": "x" * 100 * 2**20}])]
            )
        ).encode(),
    ),
    file("lists that blow up in memory", b'{"cells": [' + b"[],[]," * 5 * 10**6 + b"1]}", NOTHING),
    file("UTF-8 with a mark", encoded("utf-8-sig")),
    file("UTF-16", encoded("utf-16"), note="utf-16"),
    file("Latin-1", encoded("latin-1"), note="latin-1"),
    file("cells in another order", json.dumps(notebook(cells()[::-1])).encode()),
    file(
        "answer cells deleted",
        json.dumps(notebook(cells()[2:])).encode(),
        {"mini-number": 0, "mini-array": 0, "mini-more": 0},
    ),
    file(
        "answer cell doubled",
        json.dumps(notebook([*cells(), *cells()])).encode(),
        note="2 cells carry this id",
    ),
    file(
        "template before the answer",
        json.dumps(notebook([cell("mini-number", TEMPLATE), *cells()])).encode(),
        note="number 2 of them counts",
    ),
    file(
        "wrong copy before the right one",
        json.dumps(notebook([cell("mini-number", "n = 3"), *cells()])).encode(),
        WRONG_NUMBER,
        "number 1 of them counts",
    ),
    file(
        "ids of two answers swapped",
        json.dumps(
            notebook(cells(number=SOLUTIONS["mini-choice"], choice=SOLUTIONS["mini-number"]))
        ).encode(),
        WRONG_NUMBER | {"mini-choice": 0},
    ),
    file(
        "answer retyped as markdown",
        json.dumps(notebook([one | {"cell_type": "markdown"} for one in cells()])).encode(),
        note="'markdown'",
    ),
    file(
        "own checks added",
        json.dumps(notebook([*cells(number="n = 3"), cell("x", "assert n == 17")])).encode(),
        WRONG_NUMBER,
    ),
    file("template unchanged", json.dumps(notebook(cells(number=TEMPLATE))).encode(), WRONG_NUMBER),
    file("in a folder, in a folder", RIGHT, at="a/b/c/exercises.ipynb"),
    file("only a checkpoint", RIGHT, NOTHING, at=".ipynb_checkpoints/exercises.ipynb"),
    Case("symbolic link to another's work", build=link_to_another, honest=NOTHING),
    Case("symbolic link to another's folder", build=linked_folder, honest=NOTHING),
    Case("a pipe in place of a file", build=pipe, honest=NOTHING, note="cannot be read"),
    zipped("zip", [("exercises.ipynb", RIGHT)]),
    zipped("zip with ..", [("../../honest/exercises.ipynb", RIGHT)], NOTHING, "leaves the archive"),
    zipped("zip with an absolute path", [("/etc/exercises.ipynb", RIGHT)], NOTHING, "leaves the archive"),
    zipped("zip with a drive", [("C:\\exercises.ipynb", RIGHT)], NOTHING, "leaves the archive"),
    zipped("zip with a link", [("exercises.ipynb", b"/etc/passwd", stat.S_IFLNK | 0o777)], NOTHING, "link"),
    zipped("zip bomb", [("exercises.ipynb", BOMB)], NOTHING, "too big"),
    zipped("zip in a zip in a zip", [("a.zip", b"PK\x03\x04")], NOTHING, "not opened"),
    file("damaged zip", b"PK\x03\x04 and no more", NOTHING, "no zip", at="work.zip"),
]
