"""Keras Tuner, also where TensorBoard is not installed."""

import importlib.util
from types import ModuleType

from course.errors import need

__all__ = ["keras_tuner"]


def keras_tuner() -> ModuleType:
    """Return the module ``keras_tuner``, or name the command that installs it.

    With TensorFlow its tuners import TensorBoard before each trial, only to look whether a callback of
    TensorBoard is among the callbacks. Where TensorBoard is missing there is none, so the look is left out.

    Examples
    --------
    >>> keras_tuner().RandomSearch.__name__
    'RandomSearch'
    """
    kt = need("keras_tuner", "tuning")
    if importlib.util.find_spec("tensorboard") is None:
        kt.Tuner._configure_tensorboard_dir = _no_tensorboard
    return kt


def _no_tensorboard(tuner: object, callbacks: list, trial: object, execution: int = 0) -> None:
    """Stand in for the method that would tell TensorBoard's callbacks their folder."""
