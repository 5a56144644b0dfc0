import subprocess
import sys
from pathlib import Path

import pytest

from course.authoring.build import build
from course.authoring.new import new
from course.errors import CourseError

ROOT = Path(__file__).parents[2]


def test_the_skeleton_passes_all_checks(tmp_path):
    paths = new("98_skeletons", root=tmp_path)
    assert len(paths) == 6
    # The settings go by the paths below them; the package is not there to be recognised.
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for check in (["check"], ["format", "--check"]):
        own = ["--no-cache", "--config", 'lint.isort.known-first-party = ["course"]']
        ruff = [sys.executable, "-m", "ruff", *check, *own, "."]
        run = subprocess.run(ruff, cwd=tmp_path, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout


def test_the_skeleton_builds_and_its_question_is_fair(tmp_path, monkeypatch, capsys):
    from course import exercises
    from course.grading import bank, keys, selfcheck

    new("98_skeletons", root=tmp_path)
    # As if it had been written into the package.
    monkeypatch.setattr(exercises, "__path__", [*exercises.__path__, str(tmp_path / "course" / "exercises")])
    monkeypatch.setattr(keys, "__path__", [*keys.__path__, str(tmp_path / "course" / "grading" / "keys")])
    sources = tmp_path / "notebooks" / "sources" / "98_skeletons"
    (item,) = bank.load(sources / "exercises.py").items
    assert selfcheck.troubles(item) == []

    (sources / "exercises.py").unlink()
    assert build(notebooks=tmp_path / "notebooks") == 0
    assert "warning" not in capsys.readouterr().out


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_skeletons.py").write_text("mine")
    with pytest.raises(CourseError, match=r"tests/test_skeletons\.py"):
        new("98_skeletons", root=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["tests"]


@pytest.mark.parametrize(
    "name", ["skeletons", "9_skeletons", "98-skeletons", "98_Skeletons", "../98_a", "98_"]
)
def test_bad_names(tmp_path, name):
    with pytest.raises(CourseError, match="no name for a chapter"):
        new(name, root=tmp_path)
