"""Downloads, against a web server on this machine: nothing half written, nothing wrong is kept."""

import errno
import io
import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zipfile

import pytest

from course import files
from course.datasets import fetch as module
from course.datasets import home as data_home
from course.datasets.fetch import fetch, unpack
from course.errors import CourseError

NAME = "winequality-red.csv"


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path, monkeypatch):
    """See to it that downloads leave nothing there either, and wait for nothing."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(module.tempfile, "tempdir", str(folder))
    monkeypatch.setattr(module, "SECONDS_BETWEEN_TRIES", 0)
    yield
    assert list(folder.iterdir()) == []


def files_in(home):
    return sorted(path.name for path in home.iterdir()) if home.is_dir() else []


def test_a_file_is_fetched_once(register, site, home, wines):
    entry = register(site.put("/wines", wines))
    said = []
    fetch(entry, said.append)
    assert (home / NAME).read_bytes() == wines
    fetch(entry, said.append)
    assert site.requests == ["/wines"]
    assert said[-1] == f"{NAME} is there already."
    assert files_in(home) == [NAME]


def test_a_damaged_file_is_fetched_again(register, site, home, wines):
    entry = register(site.put("/wines", wines))
    home.mkdir()
    (home / NAME).write_bytes(wines[:-1])
    fetch(entry, list)
    assert (home / NAME).read_bytes() == wines


def test_wrong_content_is_refused(register, site, home, wines):
    entry = register(site.put("/wines", wines.replace(b"7.4", b"7.5")))
    with pytest.raises(CourseError, match="what came is not the published file"):
        fetch(entry, list)
    assert files_in(home) == []


def test_wrong_content_leaves_the_damaged_file_as_it_was(register, site, home, wines):
    entry = register(site.put("/wines", b"<html>moved</html>"))
    home.mkdir()
    (home / NAME).write_bytes(b"old")
    with pytest.raises(CourseError):
        fetch(entry, list)
    assert (home / NAME).read_bytes() == b"old"


def test_a_broken_connection_is_tried_again(register, site, home, wines, half):
    entry = register(site.put("/wines", half, wines))
    fetch(entry, list)
    assert site.requests == ["/wines"] * 2
    assert (home / NAME).read_bytes() == wines


def test_a_connection_that_always_breaks_leaves_nothing(register, site, home, half):
    entry = register(site.put("/wines", half))
    with pytest.raises(CourseError, match="the connection broke off"):
        fetch(entry, list)
    assert site.requests == ["/wines"] * module.TRIES
    assert files_in(home) == []


@pytest.mark.parametrize("first", [404, 503, b"another file"])
def test_a_mirror_helps(register, site, home, wines, first):
    entry = register(site.put("/first", first), site.put("/second", wines))
    fetch(entry, list)
    assert site.requests == ["/first"] * (module.TRIES if first == 503 else 1) + ["/second"]
    assert (home / NAME).read_bytes() == wines


def test_without_network_one_sentence_says_so(register, home, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    entry = register("http://127.0.0.1:9/wines")
    with pytest.raises(
        CourseError, match=r"could not be fetched\. 127\.0\.0\.1:9: cannot be reached\. Check the network"
    ):
        fetch(entry, list)
    assert files_in(home) == []


def test_a_server_that_falls_silent_is_left(register, site, home, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_OF_SILENCE", 0.2)
    monkeypatch.setattr(module, "TRIES", 1)
    over = threading.Event()
    entry = register(site.put("/wines", lambda handler: over.wait(20)))
    try:
        with pytest.raises(CourseError, match="does not answer in time"):
            fetch(entry, list)
    finally:
        over.set()


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_during_the_download(register, site, home, wines, monkeypatch):
    entry = register(site.put("/wines", wines), site.put("/mirror", wines))
    monkeypatch.setattr("pooch.HTTPDownloader.__call__", full)
    with pytest.raises(CourseError, match=r"disk of .* is full"):
        fetch(entry, list)
    assert files_in(home) == []


def test_a_disk_that_fills_up_at_the_last_step(register, site, home, wines, monkeypatch):
    entry = register(site.put("/wines", wines))
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(CourseError, match=r"disk of .* is full\. Make room"):
        fetch(entry, list)
    assert files_in(home) == []


def test_a_home_that_cannot_be_written_is_told_before_the_download(
    register, site, tmp_path, wines, monkeypatch
):
    entry = register(site.put("/wines", wines))
    (tmp_path / "file").touch()
    monkeypatch.setenv("COURSE_DATA_HOME", str(tmp_path / "file" / "data"))
    with pytest.raises(CourseError, match=r"cannot be written .*Set COURSE_DATA_HOME"):
        fetch(entry, list)
    assert site.requests == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_home_is_told(register, site, home, wines):
    entry = register(site.put("/wines", wines))
    home.mkdir()
    home.chmod(0o500)
    with pytest.raises(CourseError, match="cannot be written"):
        fetch(entry, list)


def test_a_file_without_an_address_says_what_to_do(register, home):
    entry = register()
    with pytest.raises(CourseError, match="Put it into"):
        fetch(entry, list)


def test_an_interruption_leaves_nothing(register, site, home, wines, monkeypatch):
    entry = register(site.put("/wines", wines))

    def interrupted(self, url, part, _):
        with open(part, "wb") as file:
            file.write(wines[:10])
        raise KeyboardInterrupt

    monkeypatch.setattr("pooch.HTTPDownloader.__call__", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fetch(entry, list)
    assert files_in(home) == []


SCRIPT = """
import signal, sys
from pathlib import Path
from course import cli
from course.datasets import registry
signal.signal(signal.SIGINT, signal.default_int_handler)
registry.registry_folder = lambda: Path(sys.argv[1])
sys.exit(cli.main(["data", "fetch", "wine-quality"]))
"""


def start(tmp_path):
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "registry")]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_control_c_stops_the_command_and_leaves_nothing(register, site, home, tmp_path, wines):
    asked, over = threading.Event(), threading.Event()

    def slow(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(wines)))
        handler.end_headers()
        handler.wfile.write(wines[:50])
        handler.wfile.flush()
        asked.set()
        over.wait(60)

    register(site.put("/wines", slow))
    process = start(tmp_path)
    try:
        assert asked.wait(60)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    finally:
        over.set()
        process.kill()
    assert process.returncode == 130
    assert "stopped; it can be run again" in told
    assert files_in(home) == []


def test_two_processes_fetch_the_same_file(register, site, home, tmp_path, wines):
    both = threading.Barrier(2, timeout=60)

    def together(handler):
        both.wait()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(wines)))
        handler.end_headers()
        handler.wfile.write(wines)

    entry = register(site.put("/wines", together))
    processes = [start(tmp_path) for _ in range(2)]
    outcomes = [(process.communicate(timeout=120), process.returncode) for process in processes]
    assert [status for _, status in outcomes] == [0, 0], outcomes
    assert site.requests == ["/wines"] * 2
    assert files_in(home) == [NAME]
    assert data_home.state(entry) == "real"


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(name, content):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


@pytest.mark.parametrize("path", ["red.csv", "../../red.csv", "/etc/red.csv"])
def test_only_the_wanted_member_is_taken_from_an_archive(register, site, home, wines, tmp_path, path):
    content = zipped(**{path: wines, "../evil.txt": b"evil"})
    fetch(register(site.put("/wines", content), member=path), list)
    assert files_in(home) == [NAME]
    assert not list(tmp_path.rglob("evil.txt"))


def test_members_of_tar_archives_and_of_archives_in_archives(wines):
    assert unpack(tarred("a/red.csv", wines), "a/red.csv") == wines
    assert unpack(zipped(inner=zipped(red=wines)), "inner!red") == wines
    assert unpack(wines, "") == wines


@pytest.mark.parametrize(
    ("archive", "why"),
    [
        (zipped(a=b"x"), "the archive has no red"),
        (tarred("a", b"x"), "the archive has no red"),
        (b"no archive", "the archive cannot be read"),
        (tarred("red", b"x" * 100)[:40], "the archive cannot be read"),
        (zipped(red=b"abc").replace(b"abc", b"abd"), "the archive cannot be read"),
    ],
    ids=["zip without it", "tar without it", "no archive", "cut short", "altered"],
)
def test_a_bad_archive_is_told(register, site, home, archive, why):
    entry = register(site.put("/wines", archive), member="red")
    with pytest.raises(CourseError, match=why):
        fetch(entry, list)
    assert files_in(home) == []
