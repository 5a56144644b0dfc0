"""Neural networks: pictures of them, and what makes their training easier to follow.

The parts that need Keras are loaded when they are first used.
"""

import importlib
from typing import Any

_HOMES = {
    "EventLog": "events",
    "read_events": "events",
    "write_event": "events",
    "draw_graph": "graphs",
    "Progress": "training",
    "RateSweep": "training",
    "keras_tuner": "tuning",
}

__all__ = [*sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
