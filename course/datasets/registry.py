"""What is known of each data set: ``data/datasets.toml``, read and checked."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.files import registry_folder

__all__ = ["KINDS", "Address", "DataSet", "File", "entries", "find"]

KINDS = {
    "file": "real files in the data home, else a stand-in",
    "bundled": "comes with scikit-learn",
    "generated": "built in the notebook that uses it",
    "unavailable": "cannot be had, or is not fetched on purpose",
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a file is published, and which member of an archive it is (``a.zip!b.csv``: one in another)."""

    url: str
    member: str = ""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A known copy of a file; 0 bytes means that its size is not known."""

    sha256: str
    bytes: int = 0


@dataclass(frozen=True, kw_only=True)
class File:
    """One file of a data set; ``owner`` is the data set that lists it, ``values`` the hash of its values."""

    name: str
    owner: str
    copies: tuple[Copy, ...]
    addresses: tuple[Address, ...] = ()
    values: str = ""


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """One entry of the registry; ``serves`` lists the ids of the outline."""

    name: str
    title: str
    kind: str
    serves: tuple[str, ...]
    licence: str = ""
    origin: str = ""
    files: tuple[File, ...] = ()
    standin: str = ""
    recipe: str = ""
    why: str = ""

    @property
    def can_load(self) -> bool:
        """Whether `course.datasets.load` gives anything for it."""
        return self.kind in ("file", "bundled") or bool(self.standin)


def find(name: str) -> DataSet:
    """Return the entry of a name.

    Examples
    --------
    >>> find("mnits")
    Traceback (most recent call last):
    course.errors.CourseError: There is no data set 'mnits'. Did you mean 'mnist'? See: course data list
    """
    known = entries()
    if name not in known:
        near = [longer for longer in known if name in longer] or difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise CourseError(f"There is no data set {name!r}.{hint} See: course data list")
    return known[name]


def entries() -> dict[str, DataSet]:
    """Return all entries by name."""
    return _read(registry_folder() / "datasets.toml")


@cache
def _read(path: Path) -> dict[str, DataSet]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is not valid TOML: {error}.") from None
    except OSError as error:
        raise CourseError(f"The registry of data sets cannot be read: {error}.") from None
    found = {}
    for name, table in tables.items():
        try:
            found[name] = _entry(name, dict(table), tables)
        except (TypeError, KeyError, ValueError) as error:
            raise CourseError(f"{path}, {name}: {error}.") from None
    return found


def _entry(name: str, table: dict[str, Any], tables: Mapping[str, Any]) -> DataSet:
    # A part of another data set has that one's files.
    owner = table.pop("files_of", name)
    files = tuple(_file(owner, raw) for raw in tables[owner].get("files", ()))
    entry = DataSet(name=name, **(table | {"files": files, "serves": tuple(table["serves"])}))
    needs = {
        "file": ("files", "licence", "origin", "standin"),
        "bundled": ("licence", "origin"),
        "generated": ("recipe",),
        "unavailable": ("why",),
    }[entry.kind]
    if missing := [key for key in needs if not getattr(entry, key)]:
        raise ValueError(f"an entry of kind {entry.kind!r} needs {', '.join(missing)}")
    return entry


def _file(owner: str, raw: Mapping[str, Any]) -> File:
    fields = raw | {
        "copies": tuple(Copy(**copy) for copy in raw["copies"]),
        "addresses": tuple(Address(**address) for address in raw.get("addresses", ())),
    }
    return File(owner=owner, **fields)
