"""Callbacks for a training that takes a while: what it does now, and which learning rate suits it."""

import math
import os
import sys
import time
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

import keras
from matplotlib.figure import Figure

from course.plots import LearningCurve

__all__ = ["Progress", "RateSweep"]

WIDTH = 20


class Progress(keras.callbacks.Callback):
    """Show how far a training is: a bar and live curves in Jupyter, one line elsewhere.

    Give it to ``fit`` together with ``verbose=0``. Where a notebook is built or checked it shows nothing, so
    that the stored output is the same on every machine.

    Parameters
    ----------
    seconds : float, optional
        The curves are drawn anew when this time has passed.

    Examples
    --------
    >>> line_of(3, 10, {"loss": 0.25})
    '[######..............] epoch 3 of 10, loss 0.25'
    """

    def __init__(self, seconds: float = 1.0) -> None:
        super().__init__()
        if not isinstance(seconds, Real) or seconds < 0:
            raise ValueError(f"seconds must not be negative; it is {seconds!r}.")
        self.seconds = seconds

    def on_train_begin(self, logs: Mapping[str, float] | None = None) -> None:
        """Open a place to show the training."""
        self._record: dict[str, list[float]] = {}
        self._drawn = float("-inf")
        self._screen = _screen()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """Show the epoch that ended."""
        for name, value in (logs or {}).items():
            self._record.setdefault(name, []).append(float(value))
        self._line = line_of(epoch + 1, self.params["epochs"], logs or {})
        if time.monotonic() - self._drawn >= self.seconds:
            self._screen.show(self._line, self._record)
            self._drawn = time.monotonic()

    def on_train_end(self, logs: Mapping[str, float] | None = None) -> None:
        """Show the last epoch, however short ago the one before it was shown."""
        if self._record:
            self._screen.end(self._line, self._record)


def line_of(epoch: int, epochs: int, logs: Mapping[str, float]) -> str:
    """Return the state of a training in one line."""
    done = WIDTH * epoch // epochs if epochs else 0
    results = "".join(f", {name} {value:.3g}" for name, value in logs.items())
    return f"[{'#' * done}{'.' * (WIDTH - done)}] epoch {epoch} of {epochs}{results}"


class _Silent:
    """Where nobody looks on: a notebook that is built or checked."""

    def show(self, line: str, record: Mapping[str, list[float]]) -> None:
        pass

    end = show


class _Line:
    """One line of a terminal, written over again and again; in a file, only the last one."""

    def show(self, line: str, record: Mapping[str, list[float]]) -> None:
        if sys.stdout.isatty():
            print(f"\r{line}\x1b[K", end="", flush=True)

    def end(self, line: str, record: Mapping[str, list[float]]) -> None:
        print(f"\r{line}\x1b[K" if sys.stdout.isatty() else line, flush=True)


class _Lab:
    """A line and a picture in a notebook, each in its place from the first epoch to the last."""

    def __init__(self) -> None:
        from IPython.display import display

        self._text = display({"text/plain": ""}, raw=True, display_id=True)
        self._picture = display({"text/plain": ""}, raw=True, display_id=True)

    def show(self, line: str, record: Mapping[str, list[float]]) -> None:
        self._text.update({"text/plain": line}, raw=True)
        figure = Figure(figsize=(5, 2.5))
        LearningCurve.from_history(record, ax=figure.subplots())
        self._picture.update(figure)

    end = show


def _screen() -> Any:
    if os.environ.get("COURSE_LIVE") == "no":
        return _Silent()
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    return _Lab() if getattr(shell, "kernel", None) else _Line()


class RateSweep(keras.callbacks.Callback):
    """Raise the learning rate by the same factor at each batch, and note the loss of each batch.

    Parameters
    ----------
    start, stop : float, optional
        The first learning rate and the last.
    steps : int, optional
        How often it is raised; the training then stops. It stops earlier where it has broken: where a loss
        is no finite number, or 50 times the first one.

    Attributes
    ----------
    rates, losses : list of float
        One of each for every batch that was trained, but for the last of an epoch.

    Examples
    --------
    >>> round(RateSweep(1e-5, 10, steps=500).factor, 4)
    1.028
    """

    def __init__(self, start: float = 1e-5, stop: float = 10.0, steps: int = 500) -> None:
        super().__init__()
        if not all(isinstance(rate, Real) for rate in (start, stop)) or not 0 < start < stop:
            raise ValueError(
                f"start must be a number above 0 and below stop; they are {start!r} and {stop!r}."
            )
        if not isinstance(steps, Integral) or steps < 1:
            raise ValueError(f"steps must be a whole number of at least 1; it is {steps!r}.")
        self.start, self.steps = start, steps
        self.factor = (stop / start) ** (1 / steps)

    def on_train_begin(self, logs: Mapping[str, float] | None = None) -> None:
        """Forget an earlier sweep."""
        self.rates: list[float] = []
        self.losses: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """Start the sum of losses anew, as Keras does."""
        self._sum = 0.0

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """Set the learning rate of this batch."""
        self.model.optimizer.learning_rate = self.start * self.factor ** len(self.rates)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        """Note the loss of this batch; what Keras tells is the mean since the epoch began.

        The last batch of an epoch may be smaller and then counts less in that mean, by how much is not known
        here: it is left out, and the next batch has the same rate.
        """
        if 0 < batch == (self.params.get("steps") or 0) - 1:
            return
        total = float(logs["loss"]) * (batch + 1)
        loss = total - self._sum
        if not math.isfinite(loss) or (self.losses and loss > 50 * self.losses[0]):
            # Beside so large a loss the mean can no longer tell those that follow.
            self.model.stop_training = True
            return
        self.rates.append(self.start * self.factor ** len(self.rates))
        self.losses.append(loss)
        self._sum = total
        if len(self.rates) > self.steps:
            self.model.stop_training = True
