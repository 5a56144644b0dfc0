import json

import pytest

from course.authoring.report import compose, keep_full
from course.errors import CourseError
from course.published import MIME, Entry

REGISTRY = {"hml-06-num-01": Entry(id="hml-06-num-01", title="A | title", chapter="03_trees", numbers={})}


def save(folder, sha256="1", **rows):
    shown = {
        "id": "hml-06-num-01",
        "rows": [
            {"name": name, "published": 0.9, "here": here, "verdict": verdict, "note": note}
            for name, (here, verdict, note) in rows.items()
        ],
    }
    output = {"output_type": "display_data", "data": {MIME: shown}, "metadata": {}}
    cell = {"cell_type": "code", "metadata": {}, "source": [], "outputs": [output]}
    about = {"sha256": sha256, "data": {"mnist": {"standin": True, "sha256": "2"}}}
    about |= {"date": "2026-11-21", "seconds": 600}
    path = folder / "03_trees" / "lecture.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": [cell], "metadata": {"course": about}}))


def row(text, name):
    return next(line for line in text.splitlines() if f"| {name} |" in line)


def test_rows_and_counts(tmp_path):
    save(
        tmp_path,
        same=(0.9, "reproduced", ""),
        other=(0.8, "differs", "it is"),
        none=(None, "cannot", "no data"),
    )
    text = compose(tmp_path, tmp_path / "none.json", REGISTRY)
    assert "3 numbers: 1 reproduced, 1 differs, 1 cannot." in text
    assert row(text, "same").startswith(
        r"| hml-06-num-01: A \| title | same | 0.9 | 0.9 | - | **reproduced** |"
    )
    assert text.index("does not come out") < text.index("| other |") < text.index("## 03_trees")
    assert "mnist (stand-in)" in text


def test_a_full_run_decides_what_the_quick_one_cannot(tmp_path):
    record = tmp_path / "full_scale.json"
    save(tmp_path / "full", big=(0.91, "reproduced", ""), small=(0.7, "differs", "so it is"))
    keep_full(tmp_path / "full", record)
    save(tmp_path / "quick", big=(0.5, "not compared", "needs full"), small=(0.9, "reproduced", ""))
    text = compose(tmp_path / "quick", record, REGISTRY)
    assert "| 0.9 | 0.5 | 0.91 | **reproduced** |" in row(text, "big")
    assert "| 0.9 | 0.9 | 0.7 | **reproduced** |" in row(text, "small")
    assert "Full scale: 2026-11-21, 10 min" in text


def test_a_full_run_of_an_earlier_version_decides_nothing(tmp_path):
    record = tmp_path / "full_scale.json"
    save(tmp_path / "full", big=(0.91, "reproduced", ""))
    keep_full(tmp_path / "full", record)
    save(tmp_path / "quick", sha256="changed", big=(0.5, "not compared", "needs full"))
    line = row(compose(tmp_path / "quick", record, REGISTRY), "big")
    assert "0.91 (earlier version) | **not compared**: needs full" in line


def test_no_full_run(tmp_path):
    with pytest.raises(CourseError, match="course build --scale full"):
        keep_full(tmp_path / "full", tmp_path / "full_scale.json")


def test_an_id_that_left_the_registry(tmp_path):
    save(tmp_path, same=(0.9, "reproduced", ""))
    with pytest.raises(CourseError, match="not in the registry"):
        compose(tmp_path, tmp_path / "none.json", {})
