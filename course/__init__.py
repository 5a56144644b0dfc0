"""A thin teaching package over scikit-learn and Keras.

Importing it is cheap: every module is loaded when it is first used.

Examples
--------
>>> import course
>>> course.scale.name()
'quick'
"""

import importlib
import os
from types import ModuleType

__version__ = "0.1.0"
__all__ = [
    "authoring",
    "datasets",
    "errors",
    "exercises",
    "files",
    "grading",
    "lab",
    "plots",
    "published",
    "scale",
    "trees",
]

# TensorFlow reads this when it is imported; without it every notebook starts with a page of log.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return importlib.import_module(f"course.{name}")
    raise AttributeError(f"module 'course' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
