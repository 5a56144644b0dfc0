"""Run every notebook by nbval, with what nbval leaves out.

nbval compares outputs word by word, so it is strict only where the notebook was made with the data of this
machine. Added here: figures are compared; a kernel that dies fails its cell at once; a cell that IPython
refuses (an unknown magic) fails; computed numbers beside published ones are judged by ``published`` alone;
warnings and progress bars may come and go.
"""

import json
import os
import tempfile
import time
from functools import cache
from queue import Empty
from unittest import mock

import pytest
from nbval import plugin
from nbval.kernel import CURRENT_ENV_KERNEL_NAME, RunningKernel

from course.authoring.execute import kernel_environment
from course.errors import CourseError
from course.published import MIME
from tests.notebooks.pictures import TOLERANCE, difference

SECONDS_BETWEEN_LOOKS = 1
SECONDS_FOR_OUTPUT = 60
PICTURES = ("image/png", "image/jpeg")


def pytest_collect_file(file_path, parent):
    if file_path.suffix == ".ipynb" and ".ipynb_checkpoints" not in file_path.parts:
        return NotebookFile.from_parent(parent, path=file_path)
    return None


class KernelDied(Exception):
    """There is nothing to wait for any more."""


class Kernel(RunningKernel):
    """A kernel that is looked after while it is waited for."""

    refused = None

    def execute_cell_input(self, cell_input, allow_stdin=None):
        # Without history IPython does not see the semicolon that silences a last line.
        return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)

    def get_message(self, stream, timeout=None):
        end = time.monotonic() + (timeout or float("inf"))
        while True:
            try:
                message = super().get_message(stream, timeout=SECONDS_BETWEEN_LOOKS)
                break
            except Empty:
                if not self.is_alive():
                    raise KernelDied from None
                if time.monotonic() > end:
                    raise
        if message["msg_type"] == "execute_reply":
            content = message["content"]
            self.refused = content if content["status"] == "error" else None
        return message


class NotebookFile(plugin.IPyNbFile):
    """A notebook; its code cells are the tests."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.skip_compare = (*self.skip_compare, *PICTURES, "stderr")
        about = json.loads(self.path.read_text(encoding="utf-8"))["metadata"].get("course", {})
        self.scale = about.get("scale")
        self.compare_outputs = same_data(about.get("data", {}))

    def collect(self):
        # An exercises notebook waits for its solutions: it was not run, and has no scale.
        if self.scale is None:
            return
        for cell in super().collect():
            yield NotebookCell.from_parent(
                self, name=cell.name, cell_num=cell.cell_num, cell=cell.cell, options=cell.options
            )

    def setup(self):
        self.home = tempfile.TemporaryDirectory(prefix="course-test-")
        with mock.patch.dict(os.environ, kernel_environment(self.scale, self.home.name)):
            self.kernel = Kernel(
                CURRENT_ENV_KERNEL_NAME,
                cwd=str(self.path.parent),
                startup_timeout=self.config.option.nbval_kernel_startup_timeout,
            )
        self.setup_sanitize_files()

    def teardown(self):
        super().teardown()
        self.home.cleanup()


class NotebookCell(plugin.IPyNbCell):
    """A code cell."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.output_timeout = SECONDS_FOR_OUTPUT
        if "skip-execution" in self.cell.metadata.get("tags", []):
            self.options["skip"] = True

    def setup(self):
        if self.parent.timed_out:
            pytest.skip("an earlier cell hung or killed the kernel")

    def runtest(self):
        try:
            super().runtest()
        except KernelDied:
            self.parent.timed_out = True
            self.raise_cell_error("The kernel died in this cell.")
        refused = self.parent.kernel.refused
        if refused and not self.options["check_exception"]:
            self.raise_cell_error(f"{refused['ename']}: {refused['evalue']}")

    def compare_outputs(self, test, ref, skip_compare=None):
        if not super().compare_outputs(
            [_comparable(out) for out in test], [_comparable(out) for out in ref], skip_compare
        ):
            return False
        ours, theirs = _pictures(test), _pictures(ref)
        if len(ours) != len(theirs):
            self.comparison_traceback.append(f"The cell draws {len(ours)} figures; stored are {len(theirs)}.")
            return False
        for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
            if (far := difference(one, other)) > TOLERANCE:
                self.comparison_traceback.append(
                    f"Figure {number} has changed: {far:.2f}, where {TOLERANCE} is allowed."
                )
                return False
        return True


def same_data(record):
    """Tell whether this machine has the data that a notebook was made with."""
    return all(_here(name) == (was["standin"], was["sha256"]) for name, was in record.items())


@cache
def _here(name):
    from course import datasets

    try:
        data = datasets.load(name)
    except CourseError:
        return None
    return data.is_standin, data.sha256


def _pictures(outputs):
    return [data for out in outputs for kind, data in out.get("data", {}).items() if kind in PICTURES]


def _comparable(output):
    """Leave of an output what must be the same in each run."""
    data = output.get("data")
    if data is None:
        return output
    if MIME in data:
        entry = data[MIME]
        verdicts = [(row["name"], row["verdict"]) for row in entry["rows"]]
        kept = {MIME: json.dumps([entry["id"], verdicts])}
    else:
        kept = dict(data)
        # The text says the same as the HTML of a table or a model, and lasts longer.
        if not kept.get("text/plain", "<").startswith("<"):
            kept.pop("text/html", None)
    return type(output)({**output, "data": kept})
