"""load: intact files are used, missing ones get a stand-in, damaged ones an error."""

import subprocess
import sys

import numpy as np
import pytest

from course import datasets
from course.errors import CourseError


def put(home, content):
    home.mkdir(exist_ok=True)
    (home / "winequality-red.csv").write_bytes(content)


def test_the_real_file_is_used_where_it_is(register, home, wines):
    register()
    put(home, wines)
    bunch = datasets.load("wine-quality")
    assert not bunch.is_standin
    assert bunch.target.tolist() == [5, 6]
    assert bunch.origin == "Two wines, from a test."
    assert list(bunch.frame) == [*bunch.feature_names, "quality"]


def test_without_the_file_the_stand_in_says_that_it_is_one(register, home):
    register("http://127.0.0.1:9/wines")
    bunch = datasets.load("wine-quality")
    assert bunch.is_standin
    assert bunch.origin == "Stand-in: drawn wines (for the real one: course data fetch wine-quality)."
    assert bunch.origin in bunch.DESCR


def test_the_stand_in_can_be_forced_and_refused(register, home, wines):
    register("http://127.0.0.1:9/wines")
    with pytest.raises(CourseError, match=r"is not in .*: for the real one: course data fetch wine-quality"):
        datasets.load("wine-quality", standin=False)
    put(home, wines)
    assert datasets.load("wine-quality", standin=True).is_standin
    assert not datasets.load("wine-quality", standin=False).is_standin


@pytest.mark.parametrize("standin", [None, False])
def test_a_damaged_file_is_never_used(register, home, wines, standin):
    register("http://127.0.0.1:9/wines")
    put(home, wines.replace(b"7.4", b"7.5"))
    with pytest.raises(
        CourseError, match=r"winequality-red\.csv is not used: .*Fetch it again: course data fetch wine-q"
    ):
        datasets.load("wine-quality", standin=standin)
    assert datasets.load("wine-quality", standin=True).is_standin


def test_a_file_that_cannot_be_read_is_named(register, home):
    register()
    (home / "winequality-red.csv").mkdir(parents=True)
    with pytest.raises(CourseError, match="cannot be read"):
        datasets.load("wine-quality")


def test_a_data_home_that_cannot_be_written_is_read(register, home, wines):
    register()
    put(home, wines)
    home.chmod(0o500)
    try:
        assert not datasets.load("wine-quality").is_standin
    finally:
        home.chmod(0o700)


def test_used_tells_what_was_loaded(monkeypatch):
    monkeypatch.setattr(datasets, "_used", {})
    iris = datasets.load("iris", limit=10)
    wine = datasets.load("wine-quality")
    used = datasets.used()
    assert sorted(used) == ["iris", "wine-quality"]
    assert (used["iris"].is_standin, used["wine-quality"].is_standin) == (False, True)
    assert used["iris"].sha256 == iris.sha256 == datasets.load("iris").sha256
    assert used["wine-quality"].origin == wine.origin


def test_a_limit_takes_the_first_samples_of_both_parts_at_quick_scale(monkeypatch):
    whole = datasets.load("fashion-mnist")
    few = datasets.load("fashion-mnist", limit=600)
    assert few.data.shape == (700, 784)
    assert few.split == 600
    np.testing.assert_array_equal(few.data[:600], whole.data[:600])
    np.testing.assert_array_equal(few.data[600:], whole.data[whole.split : whole.split + 100])
    np.testing.assert_array_equal(few.target[600:], whole.target[whole.split : whole.split + 100])
    assert few.images.shape == (700, 28, 28)
    assert np.shares_memory(few.images, few.data)
    assert few.sha256 == whole.sha256
    assert len(datasets.load("fashion-mnist", limit=10**6).data) == len(whole.data)
    monkeypatch.setenv("COURSE_SCALE", "full")
    assert len(datasets.load("fashion-mnist", limit=600).data) == len(whole.data)


def test_a_limit_cuts_tables_and_texts():
    table = datasets.load("wine-quality", limit=7)
    assert (len(table.data), len(table.target), len(table.frame)) == (7, 7, 7)
    assert len(datasets.load("macbeth", limit=100).data) == 100
    assert datasets.load("digits", limit=3).images.shape == (3, 8, 8)


@pytest.mark.parametrize("limit", [0, -1, 2.5, "all"])
def test_a_limit_that_is_none_is_refused(limit):
    with pytest.raises(ValueError, match="limit must be a whole number"):
        datasets.load("iris", limit=limit)


@pytest.mark.parametrize(
    ("name", "message"),
    [("xor", "a notebook builds it"), ("weights-vae", "cannot be had"), ("mnits", "Did you mean 'mnist'")],
)
def test_what_cannot_be_loaded_says_why(name, message):
    with pytest.raises(CourseError, match=message):
        datasets.load(name)


def test_a_bundled_data_set_needs_no_stand_in():
    with pytest.raises(CourseError, match="always here"):
        datasets.load("iris", standin=True)


def test_what_is_not_used_by_the_course_says_why():
    with pytest.raises(
        CourseError, match="'boston-housing' is not used by the course: scikit-learn removed it"
    ):
        datasets.load("boston-housing", standin=False)


def test_importing_it_imports_nothing_heavy():
    heavy = "{'numpy', 'sklearn', 'pandas', 'pooch', 'scipy', 'platformdirs'}"
    code = f"import sys, course.datasets; course.datasets.names(); print({heavy} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "set()\n"
    )
