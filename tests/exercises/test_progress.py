import os
import re
import subprocess
import sys

import pytest

from course import cli
from course.exercises import progress
from course.exercises import trees as ask


def test_best_result_stays():
    progress.record("trees-depth", "wrong", 0)
    progress.record("trees-depth", "correct", 1)
    progress.record("trees-depth", "partly", 0.5)
    assert progress.best() == {"trees-depth": ("correct", 1)}


def test_checking_again_writes_nothing_more():
    for _ in range(5):
        ask.depth.check(20)
    assert progress._file().read_text().count("trees-depth") == 1


def test_not_attempted_leaves_no_trace():
    ask.depth.check(...)
    assert not progress.home().exists()


@pytest.mark.parametrize(
    "damage",
    [
        "{",
        "[]",
        "null",
        '{"question": "trees-gini", "state": "sure", "points": 1}',
        '{"question": 1}',
        '{"question": "trees-gini", "state": "correct", "points": NaN}',
        "\x00",
    ],
)
def test_damaged_lines_are_passed_over(damage):
    progress.record("trees-depth", "correct", 1)
    with progress._file().open("a") as file:
        file.write(damage)  # no line end: the writer died
    progress.record("trees-hours", "correct", 2)
    assert progress.best() == {"trees-depth": ("correct", 1), "trees-hours": ("correct", 2)}


def test_points_in_the_record_are_never_more_than_the_question_has():
    progress.record("trees-depth", "correct", 1e9)
    assert next(one for one in progress.summary().chapters if one.chapter == "03_trees").points == 1


def test_concurrent_notebooks_lose_nothing():
    code = (
        "import sys; from course.exercises import progress\n"
        "for n in range(50): progress.record(f'demo-{sys.argv[1]}-{n}', 'correct', n)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(number)]) for number in range(4)]
    assert [writer.wait() for writer in writers] == [0] * 4
    assert len(progress.best()) == 200


def test_unwritable_home_is_one_gentle_line(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSE_PROGRESS_HOME", str(tmp_path / "file" / "below"))
    panel = ask.depth.check(20)
    assert panel.state == "correct"
    assert "could not be saved" in panel.lines[-1].text
    assert "\n" not in panel.lines[-1].text


def test_home_is_the_users_data_folder(monkeypatch):
    monkeypatch.delenv("COURSE_PROGRESS_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", os.sep + "somewhere")
    assert progress.home().name == "course"


def test_command_and_table_show_what_is_solved(capsys):
    ask.depth.check(20)
    assert cli.main(["progress"]) == 0
    assert re.search(r"03_trees +1 of 11", capsys.readouterr().out)
    assert "<td style='text-align:left'>1 of 11</td>" in progress.summary()._repr_html_()
