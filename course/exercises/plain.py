"""Answers as plain data: what may pass from a student's process to the one that judges.

Only ``None``, bool, int, float, str, lists, dictionaries with text keys and NumPy arrays of
numbers, truth values or text survive. Nothing that is decoded here can run code or lie about its
value: it was rebuilt from bytes.
"""

import base64
import json
import math
from typing import Any

import numpy as np

from course.errors import CourseError

__all__ = ["MOST_BYTES", "NotPlain", "decode", "encode"]

MOST_BYTES = 32 * 2**20
_KINDS_OF_NUMBER = "biufcU"


class NotPlain(CourseError):
    """A value that cannot be told as plain data."""


def encode(value: Any) -> bytes:
    """Turn a value into bytes.

    Examples
    --------
    >>> decode(encode({"depth": 20, "scores": np.array([0.5, 1.0])}))
    {'depth': 20, 'scores': array([0.5, 1. ])}
    """
    data = json.dumps(_to_json(value)).encode()
    if len(data) > MOST_BYTES:
        raise NotPlain(
            f"the value is too big: {len(data) / 2**20:.0f} MB; {MOST_BYTES // 2**20} MB may pass."
        )
    return data


def decode(data: bytes) -> Any:
    """Turn bytes back into a value, of exact built-in types and plain arrays only.

    Examples
    --------
    >>> decode(b'{"__array__": "<f8", "shape": [3], "bytes": ""}')
    Traceback (most recent call last):
    course.exercises.plain.NotPlain: an array of shape [3] cannot have 0 bytes.
    """
    if len(data) > MOST_BYTES:
        raise NotPlain(f"the message is too big: {len(data) / 2**20:.0f} MB.")
    try:
        return _from_json(json.loads(data))
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise NotPlain(f"the message is not plain data ({type(error).__name__}).") from None


def _to_json(value: Any) -> Any:
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        return value if math.isfinite(value) else {"__float__": repr(value)}
    if isinstance(value, np.generic):
        return _to_json(value.item())
    if isinstance(value, list | tuple):
        return [_to_json(item) for item in value]
    if isinstance(value, dict):
        if not all(type(key) is str for key in value):
            raise NotPlain("a dictionary must have text as its keys.")
        return {"__dict__": [[key, _to_json(item)] for key, item in value.items()]}
    if isinstance(value, np.ndarray):
        array = np.ascontiguousarray(value)
        if array.dtype.kind not in _KINDS_OF_NUMBER:
            raise NotPlain(f"an array of dtype {array.dtype} cannot be read; use numbers or text.")
        return {
            "__array__": array.dtype.newbyteorder("<").str,
            "shape": list(value.shape),
            "bytes": base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode(),
        }
    raise NotPlain(f"a value of type {type(value).__name__} cannot be read; use numbers, text or arrays.")


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"__float__"}:
        return float(value["__float__"])
    if set(value) == {"__dict__"}:
        return {str(key): _from_json(item) for key, item in value["__dict__"]}
    return _array(value)


def _array(value: dict[str, Any]) -> np.ndarray:
    dtype = np.dtype(str(value["__array__"]))
    if dtype.kind not in _KINDS_OF_NUMBER or dtype.hasobject or dtype.itemsize > 4096 or dtype.itemsize == 0:
        raise NotPlain(f"an array of dtype {dtype} cannot be read.")
    shape = value["shape"]
    if len(shape) > 32 or not all(type(n) is int and n >= 0 for n in shape):
        raise NotPlain("an array has no such shape.")
    data = base64.b64decode(value["bytes"], validate=True)
    if math.prod(shape) * dtype.itemsize != len(data):
        raise NotPlain(f"an array of shape {shape} cannot have {len(data)} bytes.")
    return np.frombuffer(data, dtype=dtype).reshape(shape).copy()
