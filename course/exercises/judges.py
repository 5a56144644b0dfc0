"""Judges that several questions share. Each returns ``judge(observed, expected)`` for a ``Check``.

What is observed comes from a student's process. No judge trusts its type, shape or values; none raises.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["Judge", "accuracy_at_least", "close", "each_call", "finite", "labels", "one_of", "same_array"]

Judge = Callable[[Any, Any], bool | str]


def finite(value: Any, ndim: int | None = None) -> np.ndarray | None:
    """Return a value as an array of finite floats, or None if it is none.

    Examples
    --------
    >>> finite([1, 2])
    array([1., 2.])
    >>> finite([1, float("nan")]) is None, finite("12") is None, finite([1, 2], ndim=2) is None
    (True, True, True)
    """
    array = _array(value, "biuf", ndim)
    if array is None or not np.isfinite(array).all():
        return None
    return array.astype(float)


def labels(value: Any, ndim: int = 1) -> np.ndarray | None:
    """Return a value as an array of class labels (whole numbers, truth values or text), or None.

    Examples
    --------
    >>> labels(["a", "b"])
    array(['a', 'b'], dtype='<U1')
    >>> labels([0.5, 1]) is None
    True
    """
    array = _array(value, "biufU", ndim)
    if array is not None and array.dtype.kind == "f":
        with np.errstate(invalid="ignore"):
            whole = np.isfinite(array).all() and (np.abs(array) < 2**53).all() and (array % 1 == 0).all()
        return array.astype(np.int64) if whole else None
    return array


def _array(value: Any, kinds: str, ndim: int | None) -> np.ndarray | None:
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        return None
    fits = array.dtype.kind in kinds and ndim in (None, array.ndim)
    # NumPy turns [1, "a"] into text without a word; a list of text is text throughout.
    if array.dtype.kind == "U" and isinstance(value, list) and {type(v) for v in _leaves(value)} != {str}:
        return None
    return array if fits else None


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]


def close(tolerance: float) -> Judge:
    """Return a judge of a number that may be off by ``tolerance``.

    Examples
    --------
    >>> close(0.1)(19.93, 20.0), close(0.1)(float("nan"), 20.0)
    (True, False)
    """

    def judge(observed: Any, expected: Any) -> bool | str:
        if type(observed) not in (int, float):
            return "this is no number."
        try:
            return math.isfinite(observed) and abs(observed - expected) <= tolerance
        except OverflowError:
            return False

    return judge


def one_of(*right: str) -> Judge:
    """Return a judge of a choice or a word."""

    def judge(observed: Any, expected: Any) -> bool | str:
        return isinstance(observed, str) and observed in right

    return judge


def same_array(tolerance: float = 1e-9) -> Judge:
    """Return a judge of an array of numbers with the shape and, nearly, the values of the expected one.

    Examples
    --------
    >>> same_array()([1, 2], [1, 2]), same_array()([[1, 2]], [1, 2])
    (True, 'its shape is (1, 2); it should be (2,).')
    """

    def judge(observed: Any, expected: Any) -> bool | str:
        array, goal = finite(observed), np.asarray(expected)
        if array is None:
            return "it is not an array of finite numbers."
        if array.shape != goal.shape:
            return f"its shape is {array.shape}; it should be {goal.shape}."
        return bool((np.abs(array - goal) <= tolerance).all())

    return judge


def accuracy_at_least(threshold: float, method: str = "predict") -> Judge:
    """Return a judge of a fitted classifier: the share of the expected labels that it predicts.

    Examples
    --------
    >>> seen = {"predict": np.array([0, 1, 1, 1])}
    >>> accuracy_at_least(0.75)(seen, [0, 1, 1, 0]), accuracy_at_least(0.9)(seen, [0, 1, 1, 0])
    (True, 'its accuracy on data it has not seen is 75.0 %; at least 90.0 % is asked for.')
    """

    def judge(observed: Any, expected: Any) -> bool | str:
        goal = np.asarray(expected)
        predicted = labels(observed.get(method)) if isinstance(observed, dict) else None
        if predicted is None or predicted.shape != goal.shape:
            return f"it does not predict one label for each of {len(goal)} samples."
        if (predicted.dtype.kind == "U") != (goal.dtype.kind == "U"):
            return "its labels are of another type than those it was trained on."
        accuracy = float(np.mean(predicted == goal))
        if accuracy >= threshold:
            return True
        return (
            f"its accuracy on data it has not seen is {accuracy:.1%}; at least {threshold:.1%} is asked for."
        ).replace("%", " %")

    return judge


def each_call(judge_one: Judge) -> Judge:
    """Return a judge of a function: one that judges what each call gave, with what is expected of each.

    Examples
    --------
    >>> judge = each_call(close(0.01))
    >>> judge([{"value": 2.0}, {"value": 4.0}], [2.0, 4.0])
    True
    >>> judge([{"value": 2.0}, {"error": "ValueError: no"}], [2.0, 4.0])
    'on one input it stopped with ValueError: no'
    """

    def judge(observed: Any, expected: Any) -> bool | str:
        if not isinstance(observed, list) or len(observed) != len(expected):
            return "it was not called on every input."
        for call, goal in zip(observed, expected, strict=True):
            if not isinstance(call, dict):
                return "it was not called on every input."
            if "value" not in call:
                return f"on one input it stopped with {str(call.get('error', 'nothing said'))[:300]}"
            verdict = judge_one(call["value"], goal)
            if isinstance(verdict, str) or not verdict:
                return verdict
        return True

    return judge
