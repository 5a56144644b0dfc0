"""The data home: which files lie in it, and whether they may be used.

A file is used only if it is intact:

1. its sha256 is that of a known copy (the published file, or another writing of it), or
2. it is another writing (a table saved again, an archive packed anew) and the hash of its *values* is right.

A file that has the size of a known copy but not its bytes is a damaged copy, whatever its values are: so a
single changed byte is refused wherever it stands, also in a space, a comment or the header of an archive.
Another writing must end as its format ends, so a file that was cut short is refused even where only the last
line break is gone.
"""

import hashlib
import os
from pathlib import Path

from course.datasets.registry import DataSet, File
from course.errors import CourseError

__all__ = ["damage", "folder", "read", "state"]

# npz, mat and gz files that are cut short cannot be read at all; these could be.
ENDINGS = {".csv": b"\n", ".data": b"\n", ".png": b"IEND\xaeB`\x82"}


def folder() -> Path:
    """Return the data home, which need not exist."""
    if chosen := os.environ.get("COURSE_DATA_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("course") / "data"


def read(entry: DataSet) -> list[bytes] | None:
    """Return the bytes of the files of a data set, or None where one is missing.

    What was checked is what is returned: the files are read once.
    """
    paths = [folder() / file.name for file in entry.files]
    try:
        contents = [path.read_bytes() for path in paths]
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CourseError(f"{error.filename} cannot be read: {error.strerror}.") from None
    for file, path, content in zip(entry.files, paths, contents, strict=True):
        if why := damage(file, content):
            raise CourseError(f"{path} is not used: {why}. {_again(entry, file)}")
    return contents


def state(entry: DataSet) -> str:
    """Return ``"real"``, ``"missing"``, or what is wrong with the files of a data set."""
    try:
        return "missing" if read(entry) is None else "real"
    except CourseError as error:
        return str(error)


def damage(file: File, content: bytes) -> str:
    """Say what is wrong with a file's content; an empty text means that it is intact."""
    if hashlib.sha256(content).hexdigest() in {copy.sha256 for copy in file.copies}:
        return ""
    if len(content) in {copy.bytes for copy in file.copies}:
        return "it has the right size but not the right bytes"
    if not file.values or not content.endswith(ENDINGS.get(Path(file.name).suffix, b"")):
        return "it was altered or cut short"
    from course.datasets import readers, values

    try:
        found = values.digest(readers.read(file.owner, [content]))
    except Exception as error:  # whatever a parser makes of damaged bytes
        return f"it was altered or cut short ({type(error).__name__})"
    return "" if found == file.values else "its values are not those of the published file"


def _again(entry: DataSet, file: File) -> str:
    if file.addresses:
        return f"Fetch it again: course data fetch {entry.name}"
    return f"Put an intact copy there, or remove it; {entry.why}"
