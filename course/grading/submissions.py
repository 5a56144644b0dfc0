"""Submissions: who handed in which files, from a folder or a zip as schools' systems export them.

========================================================  ===========================================
SUBMISSIONS                                               student
========================================================  ===========================================
``ada.ipynb``                                             ``ada``
``ada/any/where/x.ipynb``                                 ``ada``
``submitted/ada/trees/x.ipynb`` (nbgrader)                ``ada``
``Ada L_123_assignsubmission_file_/x.ipynb`` (Moodle)     ``Ada L 123``
``trees-submissions/trees-ada/x.ipynb`` (GitHub)          ``ada``
========================================================  ===========================================

Nothing is unpacked to the disk, and no link is followed. A zip within a student's files is opened, once.
"""

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.errors import CourseError
from course.grading.results import clean

__all__ = ["Submission", "find"]

# A notebook with a forgotten 100 MB output is still one; beyond, nobody reads it.
MOST_BYTES = 200 * 2**20
MOST_FILES, MOST_ENTRIES = 20, 200_000
MOODLE = re.compile(r"(.+?)_(\d+)_assignsubmission_(?:file|onlinetext)_?(.*)", re.DOTALL)
SKIPPED = re.compile(r"(?:^|/)(?:\.[^/]*|__MACOSX)(?:/|$)")
HOLDERS = ("submitted", "submissions")


@dataclass(frozen=True)
class Submission:
    """The files of one student.

    ``places`` says where they are: a path, or a name in a zip.
    """

    student: str
    places: tuple["_Place", ...] = ()
    notes: tuple[str, ...] = ()

    def files(self) -> Iterator[tuple[str, bytes | str]]:
        """Read the notebooks one by one; in place of one that cannot be had comes a sentence."""
        left, count = MOST_BYTES, 0
        for place in self.places:
            for name, data in place.read(left):
                count += 1
                if count > MOST_FILES:
                    yield name, f"only {MOST_FILES} notebooks of a student are read."
                    return
                left -= len(data) if isinstance(data, bytes) else 0
                yield name, data

    def digest(self) -> str:
        """Return a hash of the names and the contents."""
        digest = hashlib.sha256()
        for name, data in self.files():
            digest.update(name.encode(errors="replace") + b"\0")
            digest.update(hashlib.sha256(data if isinstance(data, bytes) else data.encode()).digest())
        return digest.hexdigest()


@dataclass(frozen=True)
class _Place:
    name: str
    folder: Path | None = None
    archive: zipfile.ZipFile | None = None
    entry: zipfile.ZipInfo | None = None

    def read(self, most: int) -> Iterator[tuple[str, bytes | str]]:
        try:
            data = self._bytes(most)
        except OSError as error:
            yield self.name, f"the file cannot be read ({error.strerror or 'damaged'})."
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
            zipfile.zlib.error,
        ):
            yield self.name, "the file cannot be unpacked: it is damaged or has a password."
        else:
            if len(data) > most:
                yield self.name, f"the file is too big: more than {most // 2**20} MB, unpacked."
            elif self.name.lower().endswith(".zip"):
                yield from _unpacked(self.name, data, most)
            else:
                yield self.name, data

    def _bytes(self, most: int) -> bytes:
        if self.archive is not None:
            with self.archive.open(self.entry) as file:
                return file.read(most + 1)
        handle = os.open(self.folder / self.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(0, "not a file")
            return file.read(most + 1)


def _unpacked(name: str, data: bytes, most: int) -> Iterator[tuple[str, bytes | str]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        yield name, "this is no zip, or a damaged one."
        return
    places, notes = _places_in_zip(archive)
    yield from ((f"{name}/{note.partition(': ')[0]}", note.partition(": ")[2]) for note in notes[:MOST_FILES])
    for place in places[: MOST_FILES + 1]:
        if place.name.lower().endswith(".zip"):
            yield f"{name}/{place.name}", "a zip in a zip in a zip is not opened."
            continue
        for inner, content in place.read(most):
            most -= len(content) if isinstance(content, bytes) else 0
            yield f"{name}/{inner}", content


def find(path: Path) -> tuple[list[Submission], list[str]]:
    """Find the submissions in a folder, a zip, or a single notebook.

    Returns
    -------
    tuple
        The submissions by name of student, and notes on what was ignored.
    """
    if path.is_file() and path.suffix.lower() == ".zip":
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise CourseError(f"{path} is no zip, or a damaged one. Export it again.") from None
        places, notes = _places_in_zip(archive)
    elif path.is_dir():
        places, notes = _places_in_folder(path)
    elif path.is_file() and path.suffix.lower() == ".ipynb":
        places, notes = [_Place(path.name, folder=path.parent)], []
    else:
        raise CourseError(f"{path}: there is no such folder or zip of submissions.")
    return _by_student(places, path), notes


def _places_in_folder(root: Path) -> tuple[list[_Place], list[str]]:
    places, notes = [], []
    for at, folders, files in os.walk(root, followlinks=False):
        for name in sorted([*folders, *files]):
            inside = Path(at, name).relative_to(root).as_posix()
            if SKIPPED.search(inside):
                continue
            if Path(at, name).is_symlink():
                notes.append(f"{clean(inside)}: a link is not followed.")
            elif name in files and name.lower().endswith((".ipynb", ".zip")):
                places.append(_Place(inside, folder=root))
            elif name in folders and len(PurePosixPath(inside).parts) == 1:
                places.append(_Place(f"{inside}/", folder=root))
        folders[:] = sorted(name for name in folders if not Path(at, name).is_symlink())
    return places, notes


def _places_in_zip(archive: zipfile.ZipFile) -> tuple[list[_Place], list[str]]:
    places, notes = [], []
    for entry in archive.infolist()[:MOST_ENTRIES]:
        name = entry.filename
        mode = entry.external_attr >> 16
        parts = PurePosixPath(name).parts
        if SKIPPED.search(name) and ".." not in parts:
            continue
        if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in parts:
            notes.append(f"{clean(name)}: its path leaves the archive; it is ignored.")
        elif stat.S_ISLNK(mode):
            notes.append(f"{clean(name)}: a link is not followed.")
        elif name.lower().endswith((".ipynb", ".zip")):
            places.append(_Place(name, archive=archive, entry=entry))
        elif "/" in name:
            places.append(_Place(f"{name.split('/')[0]}/"))
    return places, notes


def _by_student(places: list[_Place], path: Path) -> list[Submission]:
    names = {place: place.name for place in places}
    holder = path.stem if path.name not in HOLDERS else ""
    tops = {name.split("/")[0] for name in names.values()}
    # One folder around all, as nbgrader and GitHub Classroom have it.
    if len(tops) == 1 and (top := next(iter(tops))).endswith(HOLDERS):
        names = {place: name.partition("/")[2] for place, name in names.items()}
        holder = top
    prefix = holder.removesuffix("submissions") if holder.endswith("-submissions") else ""
    files: dict[str, list[_Place]] = {}
    for place, name in sorted(names.items(), key=lambda pair: pair[1]):
        if not name:
            continue
        student = _student(name, prefix)
        files.setdefault(student, [])
        if not place.name.endswith("/"):
            files[student].append(place)
    return [Submission(student, tuple(files[student])) for student in sorted(files)]


def _student(name: str, prefix: str) -> str:
    first, slash, _ = name.partition("/")
    if match := MOODLE.fullmatch(first):
        first = f"{match[1]} {match[2]}"
    elif not slash:
        first = PurePosixPath(first).stem
    if prefix and first.startswith(prefix):
        first = first.removeprefix(prefix)
    return " ".join(clean(first).split())[:100] or "(no name)"
