"""The committed notebooks are what their sources say, and show what the registry promises."""

import pytest

from course.authoring import report
from course.authoring.coverage import delivered, evidence, missing_numbers
from course.authoring.notebooks import differences, targets
from course.authoring.outputs import built
from course.files import notebooks_folder, registry_folder
from course.published import entries

NOTEBOOKS = notebooks_folder()
# A chapter is held to its entries as soon as it has sources.
FINISHED = {
    entry_id: entry
    for entry_id, entry in entries().items()
    if (NOTEBOOKS / "sources" / entry.chapter).is_dir()
}


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_notebook_is_what_its_source_says(target):
    assert differences(target) == [], "run: course build"


def test_every_notebook_has_a_source():
    assert {notebook.name for notebook in built(NOTEBOOKS)} == {target.name for target in targets()}


def test_every_entry_is_delivered():
    seen = evidence(NOTEBOOKS)
    assert [entry_id for entry_id in FINISHED if not delivered(entry_id, seen)] == []


def test_every_published_number_is_shown():
    assert missing_numbers(FINISHED, NOTEBOOKS) == {}


def test_every_id_in_the_notebooks_is_registered():
    assert set(evidence(NOTEBOOKS)) - set(entries()) == set()


def test_the_report_is_current():
    stored = (NOTEBOOKS / "REPRODUCTION.md").read_text(encoding="utf-8")
    wanted = report.compose(NOTEBOOKS, registry_folder() / "full_scale.json", entries())
    assert stored == wanted, "run: course report"
