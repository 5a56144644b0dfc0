"""From a source to its notebooks, before they are run, and whether a notebook is what its source says."""

import ast
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.authoring import source
from course.authoring.source import Cell
from course.errors import CourseError
from course.files import notebooks_folder

__all__ = ["Target", "compose", "differences", "targets"]

ROLES_OF_EXERCISES = ("solutions", "exercises")
# The tag that keeps a cell out of the notebook of a role.
LEFT_OUT = {"lecture": None, "solutions": "exercise-only", "exercises": "solution-only"}


@dataclass(frozen=True)
class Target:
    """A notebook that comes from a source.

    ``role`` is ``"lecture"``, ``"solutions"`` or ``"exercises"``; the last is not run.
    """

    source: Path
    notebook: Path
    role: str
    name: str

    @property
    def source_name(self) -> str:
        """The path of the source from the folder of the notebooks."""
        return (Path("sources") / Path(self.name).with_name(self.source.name)).as_posix()

    @property
    def runs(self) -> bool:
        """Whether the notebook is committed with its outputs."""
        return self.role != "exercises"


def targets(
    chapters: list[str] | None = None, *, notebooks: Path | None = None, to: Path | None = None
) -> list[Target]:
    """List the notebooks of some chapters, or of all.

    Parameters
    ----------
    chapters : list of str, optional
        Folders (``"03_trees"``), their number or name alone (``"03"``, ``"trees"``), or ``"index"``.
    notebooks : Path, optional
        The folder with ``sources/``; that of this checkout by default.
    to : Path, optional
        Where the notebooks lie, if not in the same folder.
    """
    notebooks = notebooks or notebooks_folder()
    to = to or notebooks
    sources = notebooks / "sources"
    found = []
    for path in sorted([*sources.glob("*.py"), *sources.glob("[0-9]*/*.py")]):
        folder = path.parent.relative_to(sources)
        roles = ROLES_OF_EXERCISES if path.stem == "exercises" else ("lecture",)
        for role in roles:
            name = (folder / (path.stem if role == "lecture" else role)).as_posix()
            found.append(Target(path, to / f"{name}.ipynb", role, name))
    if not chapters:
        return found
    known = {target.name.split("/")[0] for target in found}
    wanted = {chapter: _chapter(chapter, known) for chapter in chapters}
    return [target for target in found if target.name.split("/")[0] in wanted.values()]


def _chapter(word: str, known: set[str]) -> str:
    for name in known:
        if word in (name, *name.split("_", 1)):
            return name
    raise CourseError(f"There are no sources for {word!r}; there are some for: {', '.join(sorted(known))}.")


def compose(target: Target) -> tuple[NotebookNode, list[list[int]]]:
    """Make the notebook of a target, without outputs.

    Returns
    -------
    notebook : NotebookNode
    lines : list of list of int
        For each cell, the lines of the source that its lines come from.
    """
    ids: Counter[str] = Counter()
    cells, lines = [], []
    if target.role == "exercises":
        source.answers(target.source)  # refuses a question that is answered twice
    for cell in source.read(target.source):
        if cell.named("wrong") or LEFT_OUT[target.role] in cell.tags:
            continue
        try:
            shown = _shown(cell, target.role)
        except CourseError as error:
            raise CourseError(f"{target.source}: {error}") from None
        lines.append([number for number, _ in shown])
        cells.append(_notebook_cell(cell, "\n".join(text for _, text in shown), ids))
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "course": {
                "source": target.source_name,
                "sha256": hashlib.sha256(target.source.read_bytes()).hexdigest(),
            },
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    return notebook, lines


def _shown(cell: Cell, role: str) -> list[tuple[int, str]]:
    """Return the lines of a cell that a notebook of this role shows, with their line numbers."""
    if not cell.named("answer"):
        return list(enumerate(cell.text.splitlines(), cell.line))
    if role != "exercises":
        return source.solution_lines(cell)
    template = source.template_of(cell)
    try:
        ast.parse(template)
    except SyntaxError as error:
        raise CourseError(f"line {cell.line}: the template is no Python: {error.msg}.") from None
    return [(cell.line, text) for text in template.splitlines()]


def _notebook_cell(cell: Cell, text: str, ids: Counter[str]) -> NotebookNode:
    question = cell.named("answer")
    name = f"answer-{question}" if question else hashlib.sha256(cell.text.encode()).hexdigest()[:12]
    ids[name] += 1
    if ids[name] > 1:
        name = f"{name}-{ids[name]}"
    metadata: dict[str, object] = {}
    if tags := [tag for tag in cell.tags if ":" not in tag]:
        metadata["tags"] = tags
    if question:
        metadata["course"] = {"question": question}
    new = nbformat.v4.new_code_cell if cell.kind == "code" else nbformat.v4.new_markdown_cell
    return new(text, id=name, metadata=metadata)


def differences(target: Target) -> list[str]:
    """Say how a notebook differs from what its source says; an empty list if it does not.

    Outputs are not looked at: running the notebook checks them.
    """
    if not target.notebook.exists():
        return ["it has not been built"]
    try:
        there = nbformat.read(target.notebook, as_version=4)
    except Exception as error:  # nbformat raises whatever its parsers raise
        return [f"it is not a notebook ({type(error).__name__})"]
    wanted, _ = compose(target)
    found = []
    if there.metadata.get("course", {}).get("sha256") != wanted.metadata.course.sha256:
        found.append("its source has changed since it was built")
    if len(there.cells) != len(wanted.cells):
        found.append(f"it has {len(there.cells)} cells, its source makes {len(wanted.cells)}")
    for number, (here, goal) in enumerate(zip(there.cells, wanted.cells, strict=False), 1):
        for part in ("id", "cell_type", "source", "metadata"):
            if here.get(part) != goal.get(part):
                found.append(f"the {part} of cell {number} is not what the source says")
        if here.cell_type == "code" and target.runs and here.source.strip() and here.execution_count is None:
            found.append(f"cell {number} has not been run")
        if here.cell_type == "code" and not target.runs and here.outputs:
            found.append(f"cell {number} has outputs, which exercises must not have")
    return found
