"""``course progress``: which exercises you have solved."""

import argparse

from course.exercises import progress

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command: there are none."""


def run(args: argparse.Namespace) -> int:
    """Print how far each chapter has got."""
    print(progress.summary())
    print(f"\nCounted are the public checks; the record is in {progress.home()}.")
    return 0
