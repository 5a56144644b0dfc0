"""Run one notebook from top to bottom in a kernel of its own."""

import base64
import io
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from PIL import Image

__all__ = ["CellFailed", "execute", "kernel_environment", "smaller"]

SECONDS_PER_CELL = {"quick": 300, "full": 6 * 3600}
# A plot of flat colours and smoothed letters has at most some thousands; a photograph has more.
COLOURS_OF_A_PLOT = 20_000
# TensorFlow says when it is loaded that there is no graphics card, whatever its level of messages.
GREETING = re.compile(r"^(WARNING: All log messages before absl::InitializeLog|I0000 ).*\n?", re.MULTILINE)
# Asked of the kernel after the last cell: which data the notebook was made with.
DATA_USED = """
import json, sys
_datasets = sys.modules.get("course.datasets")
_used = _datasets.used() if _datasets else {}
print(json.dumps({n: {"standin": d.is_standin, "sha256": d.sha256} for n, d in sorted(_used.items())}))
"""


class CellFailed(Exception):
    """A cell raised, hung or killed its kernel.

    Parameters
    ----------
    cell : int
        Its place in the notebook, from 0.
    line : int
        The line in the cell, from 0.
    why : str
        What happened.
    """

    def __init__(self, cell: int, line: int, why: str) -> None:
        super().__init__(why)
        self.cell, self.line, self.why = cell, line, why


class _ThisPython(KernelSpecManager):
    """Whatever kernels are installed on the machine: this interpreter runs the notebooks."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())


def kernel_environment(scale: str, home: str | Path) -> dict[str, str]:
    """Return the environment in which notebooks are built and checked.

    ``home`` is an empty folder that stands in for the person's own progress and IPython settings.
    """
    return {
        **os.environ,
        "COURSE_SCALE": scale,
        "COURSE_PROGRESS_HOME": str(home),
        "IPYTHONDIR": str(home),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # Two notebooks run at once, and sums over threads differ in the last digits.
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        # A training shows no progress: it would differ from run to run.
        "COURSE_LIVE": "no",
    }


async def execute(
    notebook: NotebookNode,
    folder: Path,
    *,
    scale: str = "quick",
    timeout: float | None = None,
    after_cell: Callable[[], None] = lambda: None,
) -> None:
    """Run a notebook in place and record the data that it used.

    Parameters
    ----------
    notebook : NotebookNode
        Gets its outputs and ``metadata.course["scale"]`` and ``["data"]``.
    folder : Path
        Where its kernel starts, which is the notebook's own folder as in Jupyter Lab.
    scale : str, optional
        ``"quick"`` or ``"full"``.
    timeout : float, optional
        How many seconds a cell may take.
    after_cell : callable, optional
        Is called after each code cell.

    Raises
    ------
    CellFailed
    """
    manager = AsyncKernelManager(kernel_spec_manager=_ThisPython())
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=timeout or SECONDS_PER_CELL[scale],
        record_timing=False,
        coalesce_streams=True,
    )
    client.reset_execution_trackers()
    with tempfile.TemporaryDirectory(prefix="course-build-") as home:
        try:
            await client.async_start_new_kernel(
                cwd=str(folder), env=kernel_environment(scale, home), stderr=subprocess.DEVNULL
            )
            await client.async_start_new_kernel_client()
            for index, cell in enumerate(notebook.cells):
                await _execute_cell(client, cell, index)
                if cell.cell_type == "code":
                    after_cell()
            data = await _data_used(client)
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)
    notebook.metadata.course |= {"scale": scale, "data": data}
    notebook.metadata.language_info = {"name": "python"}
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            _settle(output)
        if cell.cell_type == "code":
            cell.outputs = [
                output for output in cell.outputs if output.get("name") != "stderr" or output.text.strip()
            ]


async def _execute_cell(client: NotebookClient, cell: NotebookNode, index: int) -> None:
    try:
        await client.async_execute_cell(cell, index)
    except CellExecutionError as error:
        line = re.search(rf"Cell In\[{cell.execution_count}\], line (\d+)", _plain(error.traceback))
        raise CellFailed(index, int(line[1]) - 1 if line else 0, f"{error.ename}: {error.evalue}") from None
    except CellTimeoutError:
        raise CellFailed(index, 0, f"The cell took longer than {client.timeout:g} seconds.") from None
    except DeadKernelError:
        raise CellFailed(index, 0, "The kernel died in this cell.") from None


async def _data_used(client: NotebookClient) -> dict[str, dict[str, object]]:
    question = nbformat.v4.new_code_cell(DATA_USED)
    client.nb.cells.append(question)
    try:
        await client.async_execute_cell(question, len(client.nb.cells) - 1)
    finally:
        client.nb.cells.pop()
    return json.loads("".join(output.text for output in question.outputs))


def _settle(output: NotebookNode) -> None:
    """Take out of an output what changes from build to build, and what only makes it large."""
    if output.output_type == "stream":
        output.text = re.sub(r"\S*ipykernel_\d+/\d+\.py", "cell", output.text)
    if output.get("name") == "stderr":
        output.text = GREETING.sub("", output.text)
    if picture := output.get("data", {}).get("image/png"):
        output.data["image/png"] = smaller(picture)


def smaller(picture: str) -> str:
    """Return a base64 PNG with few colours: a plot becomes three times smaller, a photograph stays."""
    with Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        colours = image.convert("RGB")
    if colours.getcolors(COLOURS_OF_A_PLOT) is None:
        return picture
    file = io.BytesIO()
    colours.quantize(256, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
