"""Published results beside ours: a promise that is not kept raises."""

import numpy as np
import pytest

from course import published as module
from course.errors import CourseError
from course.published import Mismatch, published


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """Write a registry of one file; return a function that does so."""

    def write(text):
        folder = tmp_path / "published"
        folder.mkdir(exist_ok=True)
        (folder / "x.toml").write_text(text)
        module._read_all.cache_clear()
        monkeypatch.setattr(module, "registry_folder", lambda: tmp_path)

    yield write
    module._read_all.cache_clear()


def entry(line):
    return f'[x-01-num-01]\ntitle = "t"\nchapter = "00"\nnumbers.a = {{ {line} }}\n'


REPRODUCED = entry('value = 0.5, tolerance = 0.01, verdict = "reproduced"')
DIFFERS = entry('value = 0.5, here = 0.8, tolerance = 0.01, verdict = "differs", why = "a slip"')


def verdict(comparison):
    return [row.verdict for row in comparison.rows]


@pytest.mark.parametrize("ours", [0.5, 0.509, np.float64(0.495), np.float32(0.5)])
def test_a_match_is_shown(registry, ours):
    registry(REPRODUCED)
    comparison = published("x-01-num-01", a=ours)
    assert verdict(comparison) == ["reproduced"]
    assert "published 0.5" in repr(comparison)


@pytest.mark.parametrize("ours", [0.52, float("nan"), float("inf"), None, "0.5", [0.5]])
def test_a_mismatch_raises(registry, ours):
    registry(REPRODUCED)
    with pytest.raises(Mismatch, match=r"promises 0\.5"):
        published("x-01-num-01", a=ours)


def test_a_difference_is_held_to_its_own_number(registry):
    registry(DIFFERS)
    assert verdict(published("x-01-num-01", a=0.8)) == ["differs"]
    with pytest.raises(Mismatch, match=r"promises 0\.8"):
        published("x-01-num-01", a=0.6)


def test_a_difference_that_is_none_any_more_raises(registry):
    registry(entry('value = 0.5, tolerance = 0.01, verdict = "differs", why = "a slip"'))
    with pytest.raises(Mismatch, match="Mend its verdict"):
        published("x-01-num-01", a=0.5)


def test_what_cannot_be_computed_may_be_left_out(registry):
    registry(entry('value = 0.5, verdict = "cannot", why = "no data"'))
    assert verdict(published("x-01-num-01")) == ["cannot"]


def test_lists_are_compared_item_by_item(registry):
    registry(entry('value = [1.0, [2.0, 3.0]], tolerance = 0.1, verdict = "reproduced"'))
    assert verdict(published("x-01-num-01", a=[1.05, np.array([2, 3])])) == ["reproduced"]
    with pytest.raises(Mismatch):
        published("x-01-num-01", a=[1.0, [2.0]])


def test_names_must_be_those_of_the_registry(registry):
    registry(REPRODUCED)
    with pytest.raises(CourseError, match="misses a and does not know b"):
        published("x-01-num-01", b=1)


def test_an_unknown_id_suggests_the_nearest(registry):
    registry(REPRODUCED)
    with pytest.raises(CourseError, match="Did you mean 'x-01-num-01'"):
        published("x-01-num-1", a=1)


def test_a_quick_run_claims_no_match_of_a_full_one(registry, monkeypatch):
    registry(entry('value = 0.5, verdict = "reproduced", needs_full = true'))
    monkeypatch.setenv("COURSE_SCALE", "quick")
    assert verdict(published("x-01-num-01", a=0.1)) == ["not compared"]
    monkeypatch.setenv("COURSE_SCALE", "full")
    with pytest.raises(Mismatch):
        published("x-01-num-01", a=0.1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (entry('value = 1, verdict = "fine"'), "verdict must be one of"),
        (entry('value = 1, verdict = "differs"'), "must say why"),
        (entry('value = 1, verdict = "reproduced", colour = 1'), "colour"),
        ("[x-01-num-01]\nchapter = '00'", "title"),
        ("[x-01", "not valid TOML"),
    ],
)
def test_a_faulty_registry_is_named(registry, text, message):
    registry(text)
    with pytest.raises(CourseError, match=message):
        published("x-01-num-01", a=1)


def test_the_projects_own_registry_is_sound():
    module._read_all.cache_clear()
    assert module.entries()
