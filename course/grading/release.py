"""``course release``: what students get, and the proof that nothing else is in it."""

import argparse
import ast
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.authoring import source
from course.authoring.notebooks import Target, compose, differences, targets
from course.errors import CourseError
from course.files import notebooks_folder
from course.grading import bank
from course.grading.bank import Chapter

__all__ = ["configure", "leaks", "release", "run"]

# Of the package students get all but these.
PRIVATE = ("grading", "authoring")
ALONGSIDE = ("pyproject.toml", "requirements.lock", "environment.yml", "LICENSE", "data")
MAINTAINERS = ("test", "bench", "build", "lock", "grade-demo")
MARKS = (source.BEGIN, source.TEMPLATE, source.END)
HELP_LINE = re.compile(rf'\t@echo "make ({"|".join(MAINTAINERS)}) ')
# Shorter lines and texts ("gini = 'c'", "return tree") stand in many places for good reasons.
TELLING = 25

README = """\
# A machine-learning course

    make lab

sets up what is needed (Python 3.11 or newer; once, a few minutes) and opens the course in Jupyter Lab. In an
exercise write your answer, run it, and run the check below it. `.venv/bin/course progress` shows what is
solved. The worked solutions stay with your instructor.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("chapters", nargs="*", metavar="CHAPTER", help="03_trees, 03 or trees (default: all)")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="a folder that is not there yet"
    )


def run(args: argparse.Namespace) -> int:
    """Write the release and say what is in it."""
    notebooks = release(args.out, args.chapters)
    print(f"{args.out}: {len(notebooks)} notebooks, without solutions: {', '.join(notebooks)}.")
    return 0


def release(out: Path, chapters: list[str] | None = None) -> list[str]:
    """Write a folder for students, whole or not at all.

    Parameters
    ----------
    out : Path
        A folder that does not exist, or is empty.
    chapters : list of str, optional
        Which chapters; all by default. The index is always there.

    Returns
    -------
    list of str
        The notebooks in it.

    Raises
    ------
    CourseError
        Where a notebook is not what its source says, or something private has got into the folder.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CourseError(f"{out} is there already. Name a new folder, or remove it first.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as work:
        folder = Path(work) / "release"
        _copy_package(folder)
        written = [_write(target, folder) for target in _for_students(chapters)]
        found = leaks(folder, [bank.load(name) for name in bank.chapters()])
        if found:
            raise CourseError("The release would give away what it must not:\n  " + "\n  ".join(found))
        if out.exists():
            out.rmdir()
        folder.rename(out)
    return written


def _copy_package(folder: Path) -> None:
    root = notebooks_folder().parent
    private = [root / "course" / name for name in PRIVATE]

    def left_out(at: str, names: list[str]) -> list[str]:
        return [name for name in names if name == "__pycache__" or Path(at) / name in private]

    shutil.copytree(root / "course", folder / "course", ignore=left_out)
    for name in ALONGSIDE:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name)
        elif (root / name).exists():
            shutil.copy2(root / name, folder / name)
    if (root / "Makefile").exists():
        text = (root / "Makefile").read_text(encoding="utf-8")
        (folder / "Makefile").write_text(for_students(text), encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")


def for_students(makefile: str) -> str:
    r"""Return a Makefile without the targets for which students have no files.

    Examples
    --------
    >>> for_students(".PHONY: lab test\n\nlab:\n\tcourse lab\n\ntest:\n\tpytest\n")
    '.PHONY: lab\n\nlab:\n\tcourse lab\n'
    """
    parts = [part for part in makefile.strip("\n").split("\n\n") if part.partition(":")[0] not in MAINTAINERS]
    lines = [line for line in "\n\n".join(parts).split("\n") if not HELP_LINE.match(line)]
    lines = [
        " ".join(word for word in line.split(" ") if word not in MAINTAINERS)
        if line.startswith(".PHONY")
        else line
        for line in lines
    ]
    return "\n".join(lines) + "\n"


def _for_students(chapters: list[str] | None) -> list[Target]:
    found = [target for target in targets(chapters) if target.role != "solutions"]
    index = [target for target in targets() if target.name == "index"]
    return found if index and index[0] in found else found + index


def _write(target: Target, folder: Path) -> str:
    if target.role == "exercises":
        notebook = for_nbgrader(compose(target)[0], bank.load(target.source))
    else:
        problems = differences(target)
        if problems:
            raise CourseError(f"{target.name}.ipynb: {problems[0]}. Run: course build")
        notebook = nbformat.read(target.notebook, as_version=4)
    path = folder / "notebooks" / f"{target.name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path.relative_to(folder).as_posix()


def for_nbgrader(notebook: NotebookNode, chapter: Chapter) -> NotebookNode:
    """Mark answer cells and the checks that follow them as nbgrader's metadata, version 3, has it.

    An answer is a solution cell, and the check after it an autograder test with the question's points.
    """
    points = {item.question.id: item.question.points for item in chapter.items}
    question = None
    for cell in notebook.cells:
        answered = cell.metadata.get("course", {}).get("question")
        if answered:
            question = answered
            cell.metadata["nbgrader"] = _nbgrader(question, solution=True)
        elif question and "check" in cell.metadata.get("tags", []):
            cell.metadata["nbgrader"] = _nbgrader(f"{question}-check", solution=False)
            cell.metadata["nbgrader"]["points"] = points[question]
            question = None
    return notebook


def _nbgrader(grade_id: str, *, solution: bool) -> dict[str, object]:
    return {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": not solution,
        "solution": solution,
        "locked": not solution,
        "task": False,
    }


def leaks(folder: Path, chapters: Iterable[Chapter]) -> list[str]:
    """Say what in a folder students must not see; an empty list if nothing is.

    It looks for private modules and sources, for solutions, known wrong answers and hidden checks, whole or
    in part, and for answer cells that hold anything but their template.
    """
    chapters = list(chapters)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    found = []
    for path in files:
        name = path.relative_to(folder).as_posix()
        if name.startswith(tuple(f"course/{private}/" for private in PRIVATE)):
            found.append(f"{name} is a private module.")
        if name.startswith("notebooks/") and path.suffix != ".ipynb":
            found.append(f"{name} is no notebook; the sources hold the solutions.")
        if path.stem == "solutions":
            found.append(f"{name} holds the solutions.")
    secrets = _secrets(chapters)
    templates = {item.question.id: item.template for chapter in chapters for item in chapter.items}
    for path in files:
        name = path.relative_to(folder).as_posix()
        text = _flat(_text(path))
        found += [f"{name} holds {what}." for what, secret in secrets if secret in text]
        if path.suffix == ".ipynb":
            found += [f"{name} {what}" for what in _cells_that_leak(path, templates, chapters)]
    return found


def _cells_that_leak(path: Path, templates: dict[str, str], chapters: list[Chapter]) -> list[str]:
    found = []
    cells = nbformat.read(path, as_version=4).cells
    for number, cell in enumerate(cells, 1):
        question = cell.metadata.get("course", {}).get("question")
        if question and cell.source != templates.get(question):
            found.append(f"has more than the template of {question} in cell {number}.")
        if question and cell.get("outputs"):
            found.append(f"has an output below the answer cell of {question}.")
        if "solution-only" in cell.metadata.get("tags", []):
            found.append(f"has a cell for solutions only: cell {number}.")
        if any(mark in cell.source for mark in MARKS):
            found.append(f"has a solution's mark in cell {number}.")
    if path.stem == "exercises":
        lines = {_flat(line) for cell in cells for line in cell.source.splitlines()}
        for chapter in chapters:
            for item in chapter.items:
                own = _telling_lines(item.solution) - _telling_lines(f"{item.template}\n{item.setup}")
                if own & lines:
                    found.append(f"has a line of the solution of {item.question.id}.")
    return found


def _telling_lines(text: str) -> set[str]:
    lines = {_flat(line) for line in text.splitlines()}
    return {line for line in lines if len(line) >= TELLING and not line.startswith(("import", "from"))}


def _secrets(chapters: list[Chapter]) -> list[tuple[str, str]]:
    """List (what it is, its text without blanks) for all that must be nowhere."""
    found = []
    for chapter in chapters:
        for item in chapter.items:
            texts = [("the solution", item.solution), ("why the solution is one", item.why)]
            texts += [("a known wrong answer", wrong) for wrong in item.wrong]
            found += [(f"{what} of {item.question.id}", text) for what, text in texts]
        # Whole functions of the hidden checks, and their list.
        module = Path(__file__).parent / "keys" / f"{chapter.name.partition('_')[2]}.py"
        if module.exists():
            code = module.read_text(encoding="utf-8")
            for node in ast.parse(code).body:
                if isinstance(node, ast.FunctionDef | ast.Assign):
                    found.append(
                        (f"hidden checks of {chapter.name}", ast.get_source_segment(code, node) or "")
                    )
    flat = [(what, _flat(text)) for what, text in found]
    return [(what, text) for what, text in flat if len(text) >= TELLING]


def _text(path: Path) -> str:
    if path.suffix != ".ipynb":
        return path.read_bytes().decode(errors="ignore")
    notebook = json.loads(path.read_bytes())
    pieces = []
    for cell in notebook["cells"]:
        pieces.append("".join(cell["source"]))
        for output in cell.get("outputs", []):
            pieces.append("".join(output.get("text", "")))
            pieces += [
                "".join(data) for data in output.get("data", {}).values() if not isinstance(data, dict)
            ]
    return "\n".join(pieces)


def _flat(text: str) -> str:
    return "".join(text.split())
