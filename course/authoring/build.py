"""``course build``: run the notebooks whose source has changed."""

import argparse
import asyncio
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from course.authoring import execute
from course.authoring.notebooks import Target, compose, differences, targets
from course.errors import CourseError
from course.files import notebooks_folder, write_whole

__all__ = ["build", "configure", "full_folder", "run"]

AT_ONCE = 2
MOST_BYTES = 2**20
ADDRESS = " at 0x"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "chapters", nargs="*", metavar="CHAPTER", help="03_trees, 03, trees or index (default: all)"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="run them all: needed after a change in course/, which is not tracked",
    )
    parser.add_argument(
        "--scale",
        choices=("quick", "full"),
        default="quick",
        help="full: the published sizes, written to build/full for 'course report --full'",
    )


def run(args: argparse.Namespace) -> int:
    """Build, and return 1 if a notebook failed."""
    return build(args.chapters, force=args.force, scale=args.scale)


def full_folder(notebooks: Path | None = None) -> Path:
    """Return where the notebooks of full scale lie; they are not committed."""
    return (notebooks or notebooks_folder()).parent / "build" / "full"


def build(
    chapters: list[str] | None = None,
    *,
    force: bool = False,
    scale: str = "quick",
    notebooks: Path | None = None,
    timeout: float | None = None,
) -> int:
    """Build the notebooks of some chapters, or of all, whose source has changed.

    Parameters
    ----------
    chapters : list of str, optional
        See :func:`course.authoring.notebooks.targets`.
    force : bool, optional
        Build what has not changed, too.
    scale : str, optional
        ``"quick"``, or ``"full"``, which goes to another folder.
    notebooks : Path, optional
        The folder with ``sources/``; that of this checkout by default.
    timeout : float, optional
        How many seconds a cell may take.

    Returns
    -------
    int
        How the command ends: 1 if a notebook failed, else 0.
    """
    to = full_folder(notebooks) if scale == "full" else None
    jobs, failed = [], 0
    for target in targets(chapters, notebooks=notebooks, to=to):
        if scale == "full" and not target.runs:
            continue
        try:
            if force or differences(target):
                jobs.append(_Job(target, *compose(target)))
        except CourseError as error:
            print(error)
            failed += 1
    if not jobs and not failed:
        print("Every notebook is what its source says. (--force runs them again.)")
    for job in jobs:
        if not job.target.runs:
            job.write()
    to_run = [job for job in jobs if job.target.runs]
    if to_run:
        failed += asyncio.run(_run_all(to_run, scale, timeout))
    return 1 if failed else 0


@dataclass
class _Job:
    """One notebook to build."""

    target: Target
    notebook: NotebookNode
    lines: list[list[int]]

    def place(self, cell: int, line: int = 0) -> str:
        """Name a line of a cell as ``notebook, cell (source:line)``."""
        numbers = self.lines[cell] or [0]
        number = numbers[min(line, len(numbers) - 1)]
        return f"{self.target.name}.ipynb, cell {cell + 1} ({_short(self.target.source)}:{number})"

    def write(self) -> None:
        """Write the notebook, as Jupyter would."""
        text = nbformat.writes(self.notebook) + "\n"
        write_whole(self.target.notebook, text)
        if len(text) > MOST_BYTES:
            tqdm.write(
                f"warning: {self.target.name}.ipynb has {len(text) / 2**20:.1f} MB; 1 MB is the most. "
                "Draw smaller pictures, or rasterise their points."
            )

    def warn(self) -> None:
        """Name the outputs that an author will want to mend."""
        for index, cell in enumerate(self.notebook.cells):
            for output in cell.get("outputs", []):
                if output.get("name") == "stderr":
                    tqdm.write(f"warning: {self.place(index)} writes to stderr: {output.text.strip()}")
                if ADDRESS in output.get("text", "") + output.get("data", {}).get("text/plain", ""):
                    tqdm.write(
                        f"warning: {self.place(index)} shows an object's address, which changes at each run. "
                        "Begin its last line with '_ =', or end it with plt.show()."
                    )


async def _run_all(jobs: list[_Job], scale: str, timeout: float | None) -> int:
    """Run the notebooks, a few at a time, and return how many failed."""
    cells = sum(cell.cell_type == "code" for job in jobs for cell in job.notebook.cells)
    places = asyncio.Semaphore(AT_ONCE)
    with tqdm(total=cells, unit="cell", desc="build", disable=None) as bar:
        return sum(await asyncio.gather(*(_run_one(job, scale, timeout, places, bar) for job in jobs)))


async def _run_one(
    job: _Job, scale: str, timeout: float | None, places: asyncio.Semaphore, bar: tqdm
) -> bool:
    """Run and write one notebook; return whether it failed."""
    async with places:
        start = time.monotonic()
        job.target.notebook.parent.mkdir(parents=True, exist_ok=True)
        try:
            await execute.execute(
                job.notebook, job.target.notebook.parent, scale=scale, timeout=timeout, after_cell=bar.update
            )
        except execute.CellFailed as error:
            tqdm.write(f"failed: {job.place(error.cell, error.line)}\n    {error.why}")
            return True
    seconds = time.monotonic() - start
    if scale == "full":
        job.notebook.metadata.course |= {"seconds": round(seconds), "date": date.today().isoformat()}
    job.write()
    job.warn()
    tqdm.write(f"built: {job.target.name}.ipynb in {seconds:.0f} s")
    return False


def _short(path: Path) -> Path:
    """Return a path from here, if it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
