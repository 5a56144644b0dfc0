"""The walls, and that a missing one is seen."""

import os
import shutil
import signal
import tempfile
import threading
import time
from functools import partial

import pytest

from course.errors import CourseError
from course.grading import sandbox
from course.grading.sandbox import Sandbox
from course.grading.worker import Worker

levels = pytest.mark.parametrize("level", sandbox.LEVELS)


def offered_or_skip(level):
    if level not in sandbox.offered():
        pytest.skip(f"this machine does not offer {level}")


def test_there_is_a_level_and_the_best_comes_first():
    names = list(sandbox.offered())
    assert names == [level for level in sandbox.LEVELS if level in names]
    assert sandbox.best().level == names[0]


def test_less_than_required_is_refused(monkeypatch):
    weak = sandbox.Protection("limits", False, False, False)
    monkeypatch.setattr(sandbox, "offered", lambda: {"limits": weak})
    assert sandbox.no_less_than("limits") is weak
    with pytest.raises(CourseError, match="'namespaces' is required; this machine offers 'limits'"):
        sandbox.no_less_than("namespaces")


@levels
def test_a_file_that_is_let_in_is_reported_as_readable(level, monkeypatch):
    offered_or_skip(level)
    assert sandbox.offered()[level].files_hidden
    hole = tempfile.mkdtemp()
    try:
        os.chmod(hole, 0o755)
        with_hole = [*sandbox._readable(), hole]
        monkeypatch.setattr(sandbox, "_readable", lambda: with_hole)
        monkeypatch.setattr(tempfile, "NamedTemporaryFile", partial(tempfile.NamedTemporaryFile, dir=hole))
        assert not sandbox._try(level).files_hidden
    finally:
        shutil.rmtree(hole)


@levels
def test_a_worker_that_is_killed_loses_one_job(level):
    offered_or_skip(level)
    job = {"do": "try", "secret": "/nothing", "parent": os.getpid()}
    sleep = {
        "do": "answer",
        "questions": [
            {
                "id": "a",
                "setup": "",
                "cells": [["a", "import time; time.sleep(9)"]],
                "answer": "n",
                "kind": "number",
            }
        ],
        "seed": 1,
    }
    with Sandbox.open(level) as box, Worker(box) as worker:
        assert worker.ask(job, seconds=5).ended == "message received"
        zygote = worker._process.pid
        threading.Timer(0.3, os.killpg, (zygote, signal.SIGKILL)).start()
        started = time.monotonic()
        assert worker.ask(sleep, seconds=9).ended == "lost"
        assert time.monotonic() - started < 8
        assert worker.ask(job, seconds=5).ended == "message received"
        assert worker._process.pid != zygote


def test_nothing_of_the_instructors_side_is_in_the_sandbox():
    with Sandbox.open(sandbox.best().level) as box:
        project = box.folder / "project"
        names = {path.relative_to(project).as_posix() for path in project.rglob("*")}
    assert "course/exercises/kinds.py" in names
    assert "course/grading/inside/zygote.py" in names
    private = ("course/grading/keys", "course/grading/bank", "course/authoring", "notebooks")
    assert not [name for name in names if name.startswith(private)]
    assert not box.folder.exists()
