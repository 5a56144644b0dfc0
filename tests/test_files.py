"""Files are written whole or not at all."""

import os
import stat

import pytest

from course import files


def test_writes_text_and_bytes(tmp_path):
    assert files.write_whole(tmp_path / "deep" / "a.txt", "grüße").read_bytes() == "grüße".encode()
    assert files.write_whole(tmp_path / "a.txt", b"\x00\x01").read_bytes() == b"\x00\x01"


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = files.write_whole(tmp_path / "a.txt", "old")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write_whole(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write_whole(tmp_path / "a.txt", "new")
    assert list(tmp_path.iterdir()) == []


def test_permissions_are_those_of_an_ordinary_file(tmp_path):
    plain = tmp_path / "plain.txt"
    plain.write_text("")
    assert files.write_whole(tmp_path / "a.txt", "").stat().st_mode == plain.stat().st_mode
    plain.chmod(0o755)
    assert stat.S_IMODE(files.write_whole(plain, "x").stat().st_mode) == 0o755
