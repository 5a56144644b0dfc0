"""What holds for all tests: no window, one thread, and nothing of the person who runs them is touched.

Unit tests and doctests see an empty data home and an empty record of progress; a test that is marked
``machine_data`` sees the data of this machine. Notebooks are run by ``tests/notebooks/nbval_glue.py``.
"""

import os

import pytest

os.environ |= {"MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}

# They are not modules, and run as notebooks.
collect_ignore = ["notebooks/sources"]
pytest_plugins = ["tests.notebooks.nbval_glue"]


@pytest.fixture(autouse=True)
def homes(request, tmp_path_factory, monkeypatch):
    """Give each test homes of its own."""
    home = tmp_path_factory.mktemp("home")
    if not request.node.get_closest_marker("machine_data"):
        monkeypatch.setenv("COURSE_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("COURSE_PROGRESS_HOME", str(home / "progress"))
    monkeypatch.delenv("COURSE_SCALE", raising=False)
