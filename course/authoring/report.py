"""``course report``: published against computed results, gathered from the built notebooks.

The report is made of committed files alone: the notebooks, which run at quick scale, and
``data/full_scale.json``, in which ``course report --full`` keeps what the notebooks of the last
``course build --scale full`` showed, with the date, the time it took and the data.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.authoring.build import full_folder
from course.authoring.outputs import Built, built
from course.errors import CourseError
from course.files import notebooks_folder, registry_folder, write_whole
from course.published import Entry, entries, show

__all__ = ["compose", "configure", "keep_full", "run"]

HEAD = """\
# Published and computed results

Written by `course report`; do not edit. *quick* is what the committed notebooks show; *full* is the last run
at the published sizes, where there was one. Verdicts: **reproduced** within the tolerance that the registry
states; **differs**, for the reason given; **cannot** be computed here, for the reason given; **not compared**
where the run was too small or the data were a stand-in.
"""
ORDER = ("reproduced", "differs", "cannot", "not compared")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--full", action="store_true", help="first keep what the last 'course build --scale full' showed"
    )


def run(args: argparse.Namespace) -> int:
    """Write ``notebooks/REPRODUCTION.md``."""
    notebooks, record = notebooks_folder(), registry_folder() / "full_scale.json"
    if args.full:
        keep_full(full_folder(notebooks), record)
    path = write_whole(notebooks / "REPRODUCTION.md", compose(notebooks, record, entries()))
    print(f"Wrote {path}")
    return 0


def keep_full(folder: Path, record: Path) -> None:
    """Keep the comparisons of the notebooks that ran at full scale; other notebooks' records stay."""
    runs = built(folder)
    if not runs:
        raise CourseError(f"There are no notebooks in {folder}. Run first: course build --scale full")
    kept = _read(record)
    for notebook in runs:
        about = {key: notebook.about[key] for key in ("sha256", "date", "seconds", "data")}
        kept[notebook.name] = about | {"comparisons": [shown for shown, _ in notebook.comparisons()]}
    write_whole(record, json.dumps(kept, indent=1, sort_keys=True) + "\n")


def compose(notebooks: Path, record: Path, registry: dict[str, Entry]) -> str:
    """Write the report on the notebooks in a folder and a record of full-scale runs."""
    full = _read(record)
    chapters: dict[str, list[str]] = {}
    verdicts: Counter[str] = Counter()
    differing = []
    for notebook in built(notebooks):
        rows = list(_rows(notebook, full.get(notebook.name, {}), registry))
        if not rows:
            continue
        verdicts.update(row.verdict for row in rows)
        differing += [row for row in rows if row.verdict == "differs"]
        chapters.setdefault(notebook.chapter, []).append(_section(notebook, full.get(notebook.name), rows))
    count = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in ORDER if verdicts[verdict])
    parts = [HEAD, f"{verdicts.total()} numbers: {count or 'none yet'}.\n"]
    if differing:
        parts.append("## Where the published number does not come out\n\n" + _table(differing))
    for chapter, sections in chapters.items():
        parts.append("\n".join([f"## {chapter}\n", *sections]))
    return "\n".join(parts)


@dataclass(frozen=True)
class _Row:
    """One published number and what the runs made of it."""

    entry: Entry
    name: str
    published: Any
    quick: Any
    full: str
    verdict: str
    why: str


def _rows(notebook: Built, full: dict[str, Any], registry: dict[str, Entry]) -> Iterator[_Row]:
    current = full.get("sha256") == notebook.about.get("sha256")
    at_full = {
        (shown["id"], row["name"]): row for shown in full.get("comparisons", []) for row in shown["rows"]
    }
    for shown, _ in notebook.comparisons():
        if shown["id"] not in registry:
            raise CourseError(
                f"{notebook.path} shows {shown['id']}, which is not in the registry. Build it again."
            )
        for row in shown["rows"]:
            larger = at_full.get((shown["id"], row["name"]))
            best = larger if larger and current and row["verdict"] == "not compared" else row
            yield _Row(
                entry=registry[shown["id"]],
                name=row["name"],
                published=row["published"],
                quick=row["here"],
                full=(show(larger["here"]) + ("" if current else " (earlier version)")) if larger else "-",
                verdict=best["verdict"],
                why=best["note"],
            )


def _section(notebook: Built, full: dict[str, Any] | None, rows: list[_Row]) -> str:
    runs = f"Data: {_data(notebook.about.get('data', {}))}."
    if full:
        minutes = max(1, round(full["seconds"] / 60))
        runs += f" Full scale: {full['date']}, {minutes} min; data: {_data(full['data'])}."
    return f"### {notebook.name.rpartition('/')[2]}\n\n{runs}\n\n{_table(rows)}"


def _data(record: dict[str, Any]) -> str:
    return (
        ", ".join(
            f"{name} ({'stand-in' if used['standin'] else 'real'})" for name, used in sorted(record.items())
        )
        or "none"
    )


def _table(rows: list[_Row]) -> str:
    lines = ["| | number | published | quick | full | verdict |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = (
            f"{row.entry.id}: {row.entry.title}",
            row.name,
            show(row.published),
            show(row.quick),
            row.full,
            f"**{row.verdict}**" + (f": {row.why}" if row.why else ""),
        )
        lines.append("| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _read(record: Path) -> dict[str, Any]:
    return json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
