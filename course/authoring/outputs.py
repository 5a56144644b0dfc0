"""What the built notebooks show, read from their files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.published import MIME

__all__ = ["Built", "built"]


@dataclass(frozen=True)
class Built:
    """A built notebook: its name (``"03_trees/lecture"``) and where it lies."""

    name: str
    path: Path

    @property
    def chapter(self) -> str:
        """The folder that it lies in."""
        return self.name.partition("/")[0]

    @property
    def role(self) -> str:
        """``"lecture"``, ``"exercises"`` or ``"solutions"``."""
        last = self.name.rpartition("/")[2]
        return last if last in ("exercises", "solutions") else "lecture"

    @cached_property
    def content(self) -> dict[str, Any]:
        """The notebook, as it is stored."""
        try:
            return json.loads(self.path.read_text(encoding="utf-8"))
        except ValueError:
            raise CourseError(f"{self.path} is not a notebook. Build it again: course build") from None

    @property
    def about(self) -> dict[str, Any]:
        """What ``course build`` recorded: source, sha256, scale, data."""
        return self.content["metadata"].get("course", {})

    def cells(self) -> Iterator[tuple[dict[str, Any], list[str]]]:
        """Go through the cells, each with its tags."""
        for cell in self.content["cells"]:
            yield cell, cell["metadata"].get("tags", [])

    def comparisons(self) -> Iterator[tuple[dict[str, Any], list[str]]]:
        """Go through what ``published`` showed, each with the tags of its cell."""
        for cell, tags in self.cells():
            for output in cell.get("outputs", []):
                if MIME in output.get("data", {}):
                    yield output["data"][MIME], tags


def built(notebooks: Path) -> list[Built]:
    """List the notebooks in a folder."""
    return [
        Built(path.relative_to(notebooks).with_suffix("").as_posix(), path)
        for path in sorted([*notebooks.glob("*.ipynb"), *notebooks.glob("[0-9]*/*.ipynb")])
    ]
