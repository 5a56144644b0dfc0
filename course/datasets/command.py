"""The ``course data`` command: list, fetch and verify the real data sets."""

import argparse

from course.datasets import home, registry
from course.datasets.registry import DataSet
from course.errors import CourseError

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the three actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="show each data set, and what this machine has of it")
    fetch = actions.add_parser("fetch", help="download real files")
    fetch.add_argument("names", nargs="*", metavar="NAME", help="a data set, as 'course data list' names it")
    fetch.add_argument("--all", action="store_true", help="all that can be downloaded")
    actions.add_parser("verify", help="check the files in the data home")


def run(args: argparse.Namespace) -> int:
    """Run an action and return its exit status."""
    if args.action == "fetch":
        return _fetch(args.names, args.all)
    return _list() if args.action == "list" else _verify()


def _list() -> int:
    entries = registry.entries().values()
    width = max(len(entry.name) for entry in entries)
    for kind, line in registry.KINDS.items():
        print(f"{kind}: {line}")
        for entry in entries:
            if entry.kind == kind:
                print(f"  {entry.name:<{width}}  {_what_is_here(entry):<8}  {entry.title}")
    print(f"\nData home: {home.folder()}")
    return 0


def _what_is_here(entry: DataSet) -> str:
    if entry.kind == "file":
        state = home.state(entry)
        return {"real": "real", "missing": "stand-in"}.get(state, "damaged")
    return {"bundled": "real", "generated": ""}.get(entry.kind, "stand-in" if entry.standin else "")


def _verify() -> int:
    """Check the files that are there; one that is missing is no error, for a stand-in takes its place."""
    states = {entry.name: home.state(entry) for entry in registry.entries().values() if entry.kind == "file"}
    for name, state in states.items():
        print(f"{name}: {'intact' if state == 'real' else state}")
    damaged = sum(state not in ("real", "missing") for state in states.values())
    print(
        f"{sum(state == 'real' for state in states.values())} intact, {damaged} damaged, in {home.folder()}."
    )
    return 1 if damaged else 0


def _fetch(names: list[str], everything: bool) -> int:
    if bool(names) == everything:
        raise CourseError("Name the data sets to fetch, or say --all. 'course data list' shows them.")
    if everything:
        known = registry.entries().values()
        entries = [entry for entry in known if any(file.addresses for file in entry.files)]
    else:
        entries = [registry.find(name) for name in names]
        if others := [entry for entry in entries if entry.kind != "file"]:
            raise CourseError("; ".join(_nothing_to_fetch(entry) for entry in others) + ".")
    from course.datasets.fetch import fetch

    failed = []
    for entry in entries:
        try:
            fetch(entry)
        except CourseError as error:
            print(f"{entry.name}: {error}")
            failed.append(entry.name)
    if failed:
        raise CourseError(f"Not fetched: {', '.join(failed)}. The stand-ins take their place.")
    return 0


def _nothing_to_fetch(entry: DataSet) -> str:
    reason = {
        "bundled": "it comes with scikit-learn",
        "generated": f"a notebook builds it: {entry.recipe}",
        "unavailable": entry.why,
    }[entry.kind]
    return f"{entry.name} is not fetched: {reason}"
