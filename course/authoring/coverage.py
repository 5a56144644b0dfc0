"""``course coverage``: what of the five texts the notebooks deliver.

The registry in ``data/published`` names each thing by an id such as ``hml-06-fig-03``, whose third part is
its kind. A cell that delivers the thing carries the id as a tag:

=====================  =======================================================================
fig                    a code cell with a picture in its output, not in an exercises notebook
num                    a code cell with an output, not in an exercises notebook
table, code, data      a code cell, not in an exercises notebook
ex                     a cell of the exercises and one of the solutions
eq, concept, tool      any cell
=====================  =======================================================================
"""

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

from course.authoring.outputs import built
from course.files import notebooks_folder
from course.published import Entry, entries

__all__ = ["configure", "delivered", "evidence", "missing_numbers", "run"]

ID = re.compile(r"[a-z]+-\d\d-(fig|num|ex|code|eq|table|data|tool|concept)-\d+")
KINDS = ("fig", "num", "ex", "code", "eq", "table", "data", "tool", "concept")
PICTURES = {
    "image/png",
    "image/jpeg",
    "image/svg+xml",
    "text/html",
    "application/vnd.jupyter.widget-view+json",
}
WANTED = {
    "fig": {"picture"},
    "num": {"output"},
    "table": {"code"},
    "code": {"code"},
    "data": {"code"},
    "ex": {"exercises", "solutions"},
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "prefixes", nargs="*", metavar="PREFIX", help="only ids that begin so: hml, hml-06 ..."
    )
    parser.add_argument("--missing", action="store_true", help="name what is missing")


def run(args: argparse.Namespace) -> int:
    """Print a table of what is delivered, a line for each chapter of a text."""
    seen = evidence(notebooks_folder())
    registry = {
        entry.id: entry
        for entry in entries().values()
        if not args.prefixes or entry.id.startswith(tuple(args.prefixes))
    }
    done, everything = defaultdict(Counter), defaultdict(Counter)
    for entry_id in registry:
        text, kind = entry_id.rsplit("-", 2)[0], _kind(entry_id)
        everything[text].update([kind, "all"])
        if delivered(entry_id, seen):
            done[text].update([kind, "all"])
    print("text      delivered " + "".join(f"{kind:>9}" for kind in KINDS))
    for text, counts in everything.items():
        cells = [f"{done[text][kind]}/{counts[kind]}" if counts[kind] else "" for kind in ("all", *KINDS)]
        print(f"{text:<10}{cells[0]:>9} " + "".join(f"{cell:>9}" for cell in cells[1:]))
    if args.missing:
        for entry_id, entry in registry.items():
            if not delivered(entry_id, seen):
                found = (
                    f" (tagged, but only: {', '.join(sorted(seen[entry_id]))})" if entry_id in seen else ""
                )
                print(f"missing: {entry_id} in {entry.chapter}{found}: {entry.title}")
        for entry_id, names in missing_numbers(registry, notebooks_folder()).items():
            print(f"missing: {entry_id} shows no {', '.join(names)}")
    for entry_id in sorted(set(seen) - set(entries())):
        print(f"unknown: {entry_id} is a tag in a notebook, but not in the registry")
    return 0


def evidence(notebooks: Path) -> dict[str, set[str]]:
    """Find what the notebooks show under each id.

    Returns
    -------
    dict
        For each id the roles of its notebooks, and ``"code"``, ``"output"``, ``"picture"`` where it has them.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    for notebook in built(notebooks):
        for cell, tags in notebook.cells():
            for tag in filter(ID.fullmatch, tags):
                seen[tag].add(notebook.role)
                if cell["cell_type"] == "code" and notebook.role != "exercises":
                    seen[tag].add("code")
                    if cell["outputs"]:
                        seen[tag].add("output")
                    if any(PICTURES & set(output.get("data", {})) for output in cell["outputs"]):
                        seen[tag].add("picture")
    return dict(seen)


def delivered(entry_id: str, seen: dict[str, set[str]]) -> bool:
    """Tell whether the notebooks show a thing as its kind asks.

    Examples
    --------
    >>> seen = {"hml-06-fig-03": {"lecture", "code", "output"}, "hml-06-eq-01": {"lecture"}}
    >>> delivered("hml-06-fig-03", seen), delivered("hml-06-eq-01", seen)
    (False, True)
    """
    return entry_id in seen and WANTED.get(_kind(entry_id), set()) <= seen[entry_id]


def missing_numbers(registry: dict[str, Entry], notebooks: Path) -> dict[str, list[str]]:
    """Find the published numbers that no cell with their id as its tag compares with ours."""
    shown: dict[str, set[str]] = defaultdict(set)
    for notebook in built(notebooks):
        for comparison, tags in notebook.comparisons():
            if comparison["id"] in tags:
                shown[comparison["id"]].update(row["name"] for row in comparison["rows"])
    missing = {
        entry_id: [name for name in entry.numbers if name not in shown[entry_id]]
        for entry_id, entry in registry.items()
    }
    return {entry_id: names for entry_id, names in missing.items() if names}


def _kind(entry_id: str) -> str:
    return entry_id.split("-")[2]
