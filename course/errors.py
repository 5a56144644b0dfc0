"""Errors that are told in one sentence."""

import importlib
from types import ModuleType

__all__ = ["CourseError", "need"]


class CourseError(Exception):
    """Something a person can mend; the message says what is wrong and what to do.

    The command line prints the message alone, and so does a notebook.
    """

    def _render_traceback_(self) -> list[str]:
        # IPython shows these lines in place of the traceback.
        return [f"{type(self).__name__}: {self}"]


def need(module: str, extra: str) -> ModuleType:
    """Import an optional package, or name the command that installs it.

    Parameters
    ----------
    module : str
        What to import.
    extra : str
        The extra of this project that brings it.

    Examples
    --------
    >>> need("json", "trees").dumps([1])
    '[1]'
    >>> need("no_such_package", "trees")
    Traceback (most recent call last):
    course.errors.CourseError: Package 'no_such_package' is missing. Try: pip install "course[trees]"
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != module.split(".")[0]:
            raise
        package = module.split(".")[0]
        raise CourseError(f'Package {package!r} is missing. Try: pip install "course[{extra}]"') from None
