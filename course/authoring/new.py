"""``course new``: the skeleton of a chapter, which builds and passes all checks as it is."""

import argparse
import re
from pathlib import Path

from course.errors import CourseError
from course.files import write_whole

__all__ = ["configure", "new", "run"]

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\d\d_[a-z][a-z_]*")
TEMPLATES = Path(__file__).parent / "skeleton"
# template: where it goes; CHAPTER is 04_ensembles, WORD is ensembles.
FILES = {
    "lecture.txt": "notebooks/sources/CHAPTER/lecture.py",
    "exercises.txt": "notebooks/sources/CHAPTER/exercises.py",
    "questions.txt": "course/exercises/WORD.py",
    "keys.txt": "course/grading/keys/WORD.py",
    "published.txt": "data/published/CHAPTER.toml",
    "test.txt": "tests/test_WORD.py",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("chapter", metavar="CHAPTER", help="its number and name, such as 04_ensembles")


def run(args: argparse.Namespace) -> int:
    """Write the skeleton and say what comes next."""
    for path in new(args.chapter):
        print(f"wrote {path.relative_to(ROOT)}")
    print(f"Next: course build {args.chapter}, then name the chapter in notebooks/sources/index.py.")
    return 0


def new(chapter: str, root: Path = ROOT) -> list[Path]:
    """Write the skeleton of a chapter.

    Parameters
    ----------
    chapter : str
        Such as ``"04_ensembles"``.
    root : Path, optional
        The checkout.

    Returns
    -------
    list of Path
        What was written.
    """
    if not NAME.fullmatch(chapter):
        raise CourseError(
            f"{chapter!r} is no name for a chapter; use two digits and a word in small letters: 04_ensembles."
        )
    word = chapter.partition("_")[2]
    texts = {
        root / place.replace("CHAPTER", chapter).replace("WORD", word): (TEMPLATES / template)
        .read_text(encoding="utf-8")
        .replace("CHAPTER", chapter)
        .replace("WORD", word)
        for template, place in FILES.items()
    }
    there = [path.relative_to(root).as_posix() for path in texts if path.exists()]
    if there:
        raise CourseError(f"Nothing was written, since this is there already: {', '.join(there)}.")
    return [write_whole(path, text) for path, text in texts.items()]
