"""The ``course`` command: it only finds the module that does the work.

Each command is a module with ``configure(parser)`` and ``run(args)``; it is imported when it is called for.
"""

import argparse
import importlib
import os
import sys

from course import __version__
from course.errors import CourseError

__all__ = ["main"]

# command: (module, one line for --help, who it is for)
COMMANDS = {
    "lab": ("course.lab", "open the course in Jupyter Lab", "students"),
    "progress": ("course.exercises.progress_command", "show which exercises you have solved", "students"),
    "data": ("course.datasets.command", "list, fetch or verify the real data sets", "students"),
    "release": ("course.grading.release", "write what students get: no solutions in it", "instructors"),
    "grade": ("course.grading.command", "grade a folder or a zip of submissions", "instructors"),
    "build": ("course.authoring.build", "run the notebooks whose source has changed", "authors"),
    "new": ("course.authoring.new", "start a chapter from a skeleton", "authors"),
    "coverage": ("course.authoring.coverage", "show what of the five texts is delivered", "authors"),
    "report": ("course.authoring.report", "write published against computed results", "authors"),
}

WELCOME = """\
A machine-learning course that you read, run and solve in Jupyter Lab.

for students
{students}

for instructors
{instructors}

for authors
{authors}

Start with: course lab
Help on one command: course COMMAND --help"""


def _welcome() -> str:
    parts = {
        who: "\n".join(
            f"  {command:<10}{line}" for command, (_, line, whose) in COMMANDS.items() if whose == who
        )
        for who in ("students", "instructors", "authors")
    }
    return WELCOME.format(**parts)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    if not argv or argv[0] in ("-h", "--help", "help"):
        print(_welcome())
        return 0
    if argv[0] == "--version":
        print(f"course {__version__}")
        return 0
    command, *rest = argv
    if command not in COMMANDS:
        import difflib

        near = difflib.get_close_matches(command, COMMANDS, n=1)
        hint = f" Did you mean 'course {near[0]}'?" if near else ""
        print(f"course: there is no command {command!r}.{hint} 'course --help' lists them.", file=sys.stderr)
        return 2
    module_name, line, whose = COMMANDS[command]
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if not error.name or not module_name.startswith(error.name):
            raise
        print(
            f"course {command}: this is for {whose}, and not part of this copy of the course.",
            file=sys.stderr,
        )
        return 1
    parser = argparse.ArgumentParser(prog=f"course {command}", description=line[0].upper() + line[1:] + ".")
    module.configure(parser)
    args = parser.parse_args(rest)
    try:
        return module.run(args) or 0
    except CourseError as error:
        print(f"course {command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\ncourse {command}: stopped; it can be run again.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
