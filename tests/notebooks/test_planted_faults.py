"""Each check of the notebooks is shown a notebook with the fault that it is there for.

The notebooks are built as authors build them, the fault is planted in what was built, and one run of pytest
looks at all of them.
"""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from course import datasets
from course.authoring.build import build

ROOT = Path(__file__).parents[2]
FIGURE = "import matplotlib.pyplot as plt\nplt.plot([0, 1, 4, 9]);"
PUBLISHED = (
    "from course import published\n"
    "published._entry = lambda _: published.Entry(\n"
    "    id='hml-06-num-99', title='', chapter='', numbers={\n"
    "        'ours': published.Number(value=0.9, tolerance=0.05, verdict='reproduced')})\n"
    "published.published('hml-06-num-99', ours=0.9)"
)

# fault: (the cell that was built, what of it is altered, to what, what pytest says: nothing if it may pass)
CELLS = {
    "nothing": ("print(1 / 4)", "", "", ""),
    "number": ("print(1 / 8)", "0.125\\n", "0.126\\n", "Cell outputs differ"),
    "figure": (FIGURE, "[0, 1, 4, 9]", "[0, 1, 4, 5]", "Figure 1 has changed"),
    "no_figure": (FIGURE.replace("9", "8"), "plt.plot([0, 1, 4, 8]);", "", "Missing output fields"),
    "same_figure": (FIGURE.replace("9", "7") + "\nprint(1)", "", "", ""),
    "magic": ("a = 1", "a = 1", "%no_such_magic", "no_such_magic"),
    "raises": ("b = 1", "b = 1", "1 / 0", "ZeroDivisionError"),
    "address": ("object()", "", "", ""),
    "warning": ("import warnings", "import warnings", "import warnings; warnings.warn('x')", ""),
    "mismatch": (PUBLISHED, "ours=0.9)", "ours=0.8)", "Mismatch"),
    "within": (PUBLISHED.replace("ours=0.9)", "ours=0.92)"), "ours=0.92)", "ours=0.91)", ""),
}
# These take the kernel with them.
KERNELS = {
    "hangs": ("a = 1", "a = 1", "while True: pass", "Timeout of 8 seconds"),
    "exits": ("import os", "import os", "import os; os._exit(0)", "The kernel died"),
    "killed": ("import os", "import os", "import os; os.kill(os.getpid(), 9)", "The kernel died"),
}
# A number is altered in both; one of them says that it was made with other data than this machine has.
DATA = ("same_data", "other_data")
UNSOLVED = """\
# %% tags=["answer:planted-sum"]
### BEGIN SOLUTION
n = 2
### TEMPLATE
# n = ...
### END SOLUTION
n + 1
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What pytest says of each cell: its failure by (notebook, cell), empty where it passed."""
    notebooks = tmp_path_factory.mktemp("planted") / "notebooks"
    sources, folder = notebooks / "sources" / "01_planted", notebooks / "01_planted"
    sources.mkdir(parents=True)
    planted = {"cells": CELLS, **{name: {name: fault} for name, fault in KERNELS.items()}}
    for notebook, faults in planted.items():
        cells = "".join(f"# %%\n{cell}\n" for cell, *_ in faults.values())
        (sources / f"{notebook}.py").write_text(cells + "# %%\nprint('the end')\n")
    for notebook in DATA:
        (sources / f"{notebook}.py").write_text("# %%\nprint(1 / 8)\n")
    (sources / "exercises.py").write_text(UNSOLVED)
    assert build(notebooks=notebooks) == 0
    for notebook, faults in planted.items():
        stored = (folder / f"{notebook}.ipynb").read_text()
        for _, before, after, _ in faults.values():
            if before:
                assert stored.count(before) == 1
                stored = stored.replace(before, after)
        (folder / f"{notebook}.ipynb").write_text(stored)
    for notebook in DATA:
        stored = json.loads((folder / f"{notebook}.ipynb").read_text())
        stored["cells"][0]["outputs"][0]["text"] = ["0.126\n"]
        sha256 = datasets.load("iris").sha256 if notebook == "same_data" else "0" * 64
        stored["metadata"]["course"]["data"]["iris"] = {"standin": False, "sha256": sha256}
        (folder / f"{notebook}.ipynb").write_text(json.dumps(stored))

    report = notebooks / "report.xml"
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", "-p", "tests.notebooks.nbval_glue"]
    options = ["-c", "pyproject.toml", "-p", "no:cacheprovider", "--nbval-cell-timeout=8", "--color=no"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    subprocess.run([*command, *options, folder], cwd=ROOT, env=environment, capture_output=True, timeout=300)
    return {
        (case.get("classname"), case.get("name")): "".join(part.text or part.tag for part in case)
        for case in ET.parse(report).iter("testcase")
    }


@pytest.mark.parametrize("fault", CELLS)
def test_planted_in_a_cell(outcomes, fault):
    message = CELLS[fault][-1]
    said = outcomes["cells.ipynb", f"Cell {list(CELLS).index(fault)}"]
    assert message in said
    assert bool(message) == bool(said), said


@pytest.mark.parametrize("fault", KERNELS)
def test_planted_in_a_kernel(outcomes, fault):
    assert KERNELS[fault][-1] in outcomes[f"{fault}.ipynb", "Cell 0"]
    assert "an earlier cell hung or killed the kernel" in outcomes[f"{fault}.ipynb", "Cell 1"]


def test_strict_only_with_the_same_data(outcomes):
    assert "Cell outputs differ" in outcomes["same_data.ipynb", "Cell 0"]
    assert outcomes["other_data.ipynb", "Cell 0"] == ""


def test_only_solved_exercises_are_run(outcomes):
    assert {notebook for notebook, _ in outcomes if notebook in ("exercises.ipynb", "solutions.ipynb")} == {
        "solutions.ipynb"
    }
