"""The command line finds the module and tells errors in a sentence."""

import os
import subprocess
import sys

import pytest

from course import cli
from course.errors import CourseError


@pytest.fixture
def command(monkeypatch):
    """A command named ``try`` whose work the test chooses."""

    def make(work):
        module = type(sys)("course_command_for_a_test")
        module.configure = lambda parser: parser.add_argument("--size", type=int)
        module.run = work
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(cli.COMMANDS, "try", (module.__name__, "try something", "authors"))

    return make


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"], ["help"]])
def test_help_lists_every_command(argv, capsys):
    assert cli.main(argv) == 0
    said = capsys.readouterr().out
    assert all(f"  {name}" in said for name in cli.COMMANDS)


def test_unknown_command_suggests_the_nearest(capsys):
    assert cli.main(["gade"]) == 2
    assert "Did you mean 'course grade'?" in capsys.readouterr().err


def test_errors_are_one_sentence(command, capsys):
    def work(args):
        raise CourseError("The folder is empty. Name another.")

    command(work)
    assert cli.main(["try"]) == 1
    assert capsys.readouterr().err == "course try: The folder is empty. Name another.\n"


def test_interruption_is_told(command, capsys):
    def work(args):
        raise KeyboardInterrupt

    command(work)
    assert cli.main(["try"]) == 130
    assert "can be run again" in capsys.readouterr().err


def test_options_and_status_pass_through(command):
    command(lambda args: args.size)
    assert cli.main(["try", "--size", "3"]) == 3


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_explains_itself(name):
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", name, "--help"], capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    assert f"usage: course {name}" in done.stdout
