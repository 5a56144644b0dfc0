import pytest

from course import scale
from course.errors import CourseError


def test_quick_is_the_default(monkeypatch):
    monkeypatch.delenv("COURSE_SCALE", raising=False)
    assert (scale.name(), scale.is_full(), scale.pick(quick=1, full=2)) == ("quick", False, 1)


def test_full_is_asked_for(monkeypatch):
    monkeypatch.setenv("COURSE_SCALE", "full")
    assert (scale.name(), scale.is_full(), scale.pick(quick=1, full=2)) == ("full", True, 2)


def test_a_misspelt_scale_is_refused(monkeypatch):
    monkeypatch.setenv("COURSE_SCALE", "ful")
    with pytest.raises(CourseError, match="must be 'quick' or 'full'"):
        scale.name()
