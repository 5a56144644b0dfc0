"""What holds for the package as a whole: it is light, and it says what is missing."""

import subprocess
import sys

import pytest

import course
from course.errors import CourseError, need

HEAVY = ["numpy", "scipy", "sklearn", "pandas", "matplotlib", "keras", "tensorflow", "IPython"]


def test_import_loads_nothing_heavy():
    code = f"import sys, course, course.cli; print([m for m in {HEAVY} if m in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"


def test_modules_are_reached_lazily():
    names = "('course.scale', 'numpy')"
    code = f"import course, sys; course.scale.name(); print([name in sys.modules for name in {names}])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[True, False]"


def test_unknown_module_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'no_such_module'"):
        course.no_such_module  # noqa: B018


def test_missing_package_names_the_command():
    with pytest.raises(CourseError, match=r'pip install "course\[molecules\]"'):
        need("no_such_package.inside", "molecules")


def test_a_fault_inside_an_optional_package_is_not_called_missing(tmp_path, monkeypatch):
    (tmp_path / "half_broken.py").write_text("import something_it_needs")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="something_it_needs"):
        need("half_broken", "trees")


def test_course_errors_show_no_traceback_in_notebooks(capsys):
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    try:
        shell.run_cell("from course.errors import CourseError\nraise CourseError('Fetch it again.')")
    finally:
        InteractiveShell.clear_instance()
    assert capsys.readouterr().out.strip() == "CourseError: Fetch it again."
