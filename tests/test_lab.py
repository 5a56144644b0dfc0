import argparse
import socket

import pytest

from course import lab
from course.errors import CourseError


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def started(monkeypatch, tmp_path):
    """What ``course lab`` would have started."""
    (tmp_path / "index.ipynb").write_text("{}")
    monkeypatch.setattr(lab, "notebooks_folder", lambda: tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    seen = []
    monkeypatch.setattr(
        lab.os, "execve", lambda program, command, environment: seen.append((command, environment))
    )
    return seen


def test_the_next_free_port_is_used_and_said(taken_port, started, monkeypatch, capsys):
    monkeypatch.setattr(lab, "FIRST_PORT", taken_port)
    lab.run(argparse.Namespace(port=None, no_browser=True))
    assert f"Port {taken_port} is taken" in capsys.readouterr().out
    command, _ = started[0]
    assert f"--port={taken_port}" not in command


def test_a_named_port_that_is_taken_is_refused(taken_port, started):
    with pytest.raises(CourseError, match=f"Port {taken_port} is taken"):
        lab.run(argparse.Namespace(port=taken_port, no_browser=True))
    assert not started


@pytest.mark.parametrize("port", [0, -1, 70_000])
def test_no_such_port(port, started):
    with pytest.raises(CourseError, match=f"no port {port}"):
        lab.run(argparse.Namespace(port=port, no_browser=True))


def test_the_address_is_printed_where_there_is_no_browser(started, monkeypatch, capsys):
    monkeypatch.setattr(lab, "_has_browser", lambda: False)
    lab.run(argparse.Namespace(port=lab.free_port(20_000), no_browser=False))
    said = capsys.readouterr().out
    command, environment = started[0]
    assert f"/lab/tree/index.ipynb?token={environment['JUPYTER_TOKEN']}" in said
    assert "no browser on this machine" in said
    assert "--no-browser" in command


def test_the_token_is_not_on_the_command_line(started):
    lab.run(argparse.Namespace(port=lab.free_port(20_000), no_browser=True))
    command, environment = started[0]
    assert not any(environment["JUPYTER_TOKEN"] in word for word in command)


def test_a_missing_index_names_the_command(started, tmp_path):
    (tmp_path / "index.ipynb").unlink()
    with pytest.raises(CourseError, match="course build index"):
        lab.run(argparse.Namespace(port=None, no_browser=True))
