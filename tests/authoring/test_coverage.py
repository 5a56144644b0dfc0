import json

import pytest

from course.authoring.coverage import delivered, evidence, missing_numbers
from course.published import MIME, Entry, Number

PNG = {"output_type": "display_data", "data": {"image/png": ""}, "metadata": {}}
TEXT = {"output_type": "stream", "name": "stdout", "text": ["1"]}


def save(folder, name, tag, kind="code", outputs=()):
    cell = {"cell_type": kind, "metadata": {"tags": [tag]}, "source": []}
    if kind == "code":
        cell["outputs"] = list(outputs)
    path = folder / "03_trees" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"cells": [cell], "metadata": {}}))


@pytest.mark.parametrize(
    ("kind", "name", "cell", "outputs", "holds"),
    [
        ("fig", "lecture", "code", [PNG], True),
        ("fig", "lecture", "code", [TEXT], False),
        ("fig", "lecture", "markdown", [], False),
        ("fig", "exercises", "code", [PNG], False),
        ("num", "lecture", "code", [TEXT], True),
        ("num", "lecture", "code", [], False),
        ("code", "solutions", "code", [], True),
        ("code", "lecture", "markdown", [], False),
        ("concept", "lecture", "markdown", [], True),
        ("ex", "exercises", "code", [], False),
        ("ex", "solutions", "code", [TEXT], False),
    ],
)
def test_a_tag_counts_where_the_thing_is_shown(tmp_path, kind, name, cell, outputs, holds):
    tag = f"hml-06-{kind}-01"
    save(tmp_path, name, tag, cell, outputs)
    assert delivered(tag, evidence(tmp_path)) is holds


def test_an_exercise_needs_both_notebooks(tmp_path):
    save(tmp_path, "exercises", "hml-06-ex-01")
    save(tmp_path, "solutions", "hml-06-ex-01")
    assert delivered("hml-06-ex-01", evidence(tmp_path))


def test_a_published_number_must_be_shown_under_its_own_tag(tmp_path):
    number = Number(value=1, verdict="reproduced")
    registry = {
        "hml-06-num-01": Entry(
            id="hml-06-num-01", title="", chapter="03_trees", numbers={"a": number, "b": number}
        )
    }
    shown = {MIME: {"id": "hml-06-num-01", "rows": [{"name": "a"}]}}
    output = {"output_type": "display_data", "data": shown, "metadata": {}}
    save(tmp_path, "lecture", "hml-06-num-02", outputs=[output])
    assert missing_numbers(registry, tmp_path) == {"hml-06-num-01": ["a", "b"]}
    save(tmp_path, "lecture", "hml-06-num-01", outputs=[output])
    assert missing_numbers(registry, tmp_path) == {"hml-06-num-01": ["b"]}
