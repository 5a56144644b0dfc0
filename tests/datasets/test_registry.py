"""The registry names every data set of the outline once, and says how each is had."""

import re

import pytest

from course.datasets import registry
from course.errors import CourseError


def test_ids_of_the_outline_are_well_formed_and_served_once():
    ids = [one for entry in registry.entries().values() for one in entry.serves]
    assert all(re.fullmatch(r"(hml|apml|phys|td|hdl)-\d\d-data-\d\d", one) for one in ids)
    assert len(ids) == len(set(ids)) == 66


def test_every_file_can_be_told_from_a_wrong_one():
    files = [file for entry in registry.entries().values() for file in entry.files]
    assert files
    for file in files:
        assert file.copies
        assert all(re.fullmatch("[0-9a-f]{64}", copy.sha256) for copy in file.copies)
        assert re.fullmatch("([0-9a-f]{64})?", file.values)
        assert all(address.url.startswith("https://") for address in file.addresses)


def test_every_real_data_set_has_an_address_or_says_why_not():
    for entry in registry.entries().values():
        if entry.kind == "file":
            assert entry.why or all(file.addresses for file in entry.files)


@pytest.mark.parametrize(
    ("wrong", "right"), [("mnits", "mnist"), ("wine", "wine-quality"), ("fashion", "fashion-mnist")]
)
def test_an_unknown_name_gets_the_nearest(wrong, right):
    with pytest.raises(CourseError, match=f"Did you mean '{right}'"):
        registry.find(wrong)


def test_a_name_like_no_other_gets_the_list():
    with pytest.raises(CourseError, match=r"no data set 'qqq'\. See: course data list"):
        registry.find("qqq")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a", "not valid TOML"),
        ('[a]\ntitle = "t"\nkind = "file"\nserves = []', "needs files, licence, origin, standin"),
        ('[a]\ntitle = "t"\nkind = "unavailable"\nserves = []', "needs why"),
        ('[a]\ntitle = "t"\nkind = "odd"\nserves = []', "odd"),
        ('[a]\ntitle = "t"\nkind = "file"', "serves"),
        ('[a]\ntitle = "t"\nkind = "file"\nserves = []\ncolour = "red"', "colour"),
    ],
)
def test_a_faulty_registry_is_named(tmp_path, text, message):
    path = tmp_path / "datasets.toml"
    path.write_text(text)
    with pytest.raises(CourseError, match=re.escape(message)) as caught:
        registry._read(path)
    assert str(path) in str(caught.value)
