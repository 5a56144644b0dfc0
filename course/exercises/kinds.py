"""What can be seen of an answer: for each kind of question, a function from the answer to plain data.

Each takes the student's object and a *probe* (what to ask of it, plain data too) and returns an
observation. They run beside the student's code, in the notebook or in the grader's sandbox, and know
nothing of what is right; the judging is done elsewhere, on the observation alone.
"""

import contextlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.errors import CourseError
from course.exercises import plain

__all__ = ["KINDS", "NotAnAnswer", "NotAttempted", "Observation", "look", "observe"]


class NotAnAnswer(CourseError):
    """The student's object is not of the kind that the question asks for."""


class NotAttempted(NotAnAnswer):
    """There is no answer yet: the template stands there unchanged."""


@dataclass(frozen=True)
class Observation:
    """What one look at an answer brought back.

    ``state`` is ``"seen"``, and then there is a ``value``; or it is the state that the question gets for
    want of one (``"not attempted"``, ``"wrong"``, ``"could not run"``), and ``why`` says the reason.
    """

    value: Any = None
    state: str = "seen"
    why: str = ""


def look(kind: str, answer: Any, probe: Any = None) -> Observation:
    """Observe an answer whatever it does; only an interruption by the user passes.

    Examples
    --------
    >>> look("number", 20)
    Observation(value=20.0, state='seen', why='')
    >>> look("number", ...).state, look("number", "20").why
    ('not attempted', 'the answer must be a number; it is a str.')
    """
    try:
        return Observation(observe(kind, answer, probe))
    except NotAttempted as error:
        return Observation(state="not attempted", why=str(error))
    except NotAnAnswer as error:
        return Observation(state="wrong", why=str(error))
    except (Exception, SystemExit) as error:
        return Observation(state="could not run", why=tell(error))


def tell(error: BaseException) -> str:
    """Return an error in one line, whatever its own text does."""
    try:
        text = " ".join(str(error).split())
    except Exception:
        text = ""
    return f"{type(error).__name__}: {text}"[:500] if text else type(error).__name__


def observe(kind: str, answer: Any, probe: Any = None) -> Any:
    """Return what a question of this kind sees of an answer, as plain data.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    answer : object
        What the student's cell left under the question's name.
    probe : plain data, optional
        What to ask of it: see the functions below.

    Examples
    --------
    >>> observe("number", np.float32(0.5))
    0.5
    >>> observe("function", lambda x: 2 * x, {"calls": [[1], [np.array([1, 2])]]})
    [{'value': 2}, {'value': array([2, 4])}]
    """
    if answer is None or answer is Ellipsis:
        raise NotAttempted("the answer is still to be written.")
    try:
        return plain.decode(plain.encode(KINDS[kind](answer, probe)))
    except plain.NotPlain as error:
        raise NotAnAnswer(str(error)) from None


def _choice(answer: Any, probe: Any) -> str:
    if not isinstance(answer, str):
        raise NotAnAnswer(
            f"the answer must be the letter of a choice, such as 'a'; it is {_kind_of(answer)}."
        )
    return str.strip(answer).lower()


def _number(answer: Any, probe: Any) -> float:
    if isinstance(answer, np.ndarray) and answer.size == 1:
        answer = answer.reshape(-1)[0]
    if isinstance(answer, bool) or not isinstance(answer, int | float | np.integer | np.floating):
        raise NotAnAnswer(f"the answer must be a number; it is {_kind_of(answer)}.")
    return float(answer)


def _array(answer: Any, probe: Any) -> np.ndarray:
    if isinstance(answer, str | bytes | dict) or callable(answer):
        raise NotAnAnswer(f"the answer must be an array or a table; it is {_kind_of(answer)}.")
    try:
        return np.array(answer)
    except (ValueError, TypeError):
        raise NotAnAnswer("the answer must be an array of numbers with rows of equal length.") from None


def _table(answer: Any, probe: Any) -> dict[str, np.ndarray]:
    try:
        return {str(column): np.array(answer[column]) for column in answer.columns}
    except AttributeError:
        raise NotAnAnswer(f"the answer must be a pandas DataFrame; it is {_kind_of(answer)}.") from None


def _function(answer: Any, probe: Any) -> list[dict[str, Any]]:
    """Call the function; probe: ``{"calls": [arguments, ...], "then": [kind, probe]}``.

    With ``then`` what a call returns is itself observed, say as a fitted estimator. A call that
    raises is told by its error, and the next one is made.
    """
    if not callable(answer):
        raise NotAnAnswer(f"the answer must be a function; it is {_kind_of(answer)}.")
    seen, blank = [], True
    for arguments in probe["calls"]:
        try:
            with warnings.catch_warnings():
                # A check may ask with unusual data; what a library says of that is no help to a student.
                warnings.simplefilter("ignore")
                value = answer(*plain.decode(plain.encode(arguments)))
            if value is None or value is Ellipsis:
                seen.append({"error": "it returned nothing; is there a 'return'?"})
                continue
            blank = False
            if "then" in probe:
                kind, inner = probe["then"]
                value = observe(kind, value, inner)
            else:
                value = plain.decode(plain.encode(value))
            seen.append({"value": value})
        except NotImplementedError as error:
            seen.append({"error": tell(error)})
        except (Exception, SystemExit) as error:
            blank = False
            seen.append({"error": str(error) if isinstance(error, NotAnAnswer) else tell(error)})
    if blank:
        raise NotAttempted("the function returns nothing yet; if it should, is there a 'return'?")
    return seen


def _estimator(answer: Any, probe: Any) -> dict[str, Any]:
    """Ask a fitted estimator; probe: ``{"X": array, "methods": ["predict"], "read": ["tree_.node_count"]}``.

    ``read`` names attributes, dotted; a method among them is called without arguments.
    """
    if not hasattr(answer, "fit"):
        raise NotAnAnswer(f"the answer must be a fitted estimator; it is {_kind_of(answer)}.")
    probe = probe or {}
    seen: dict[str, Any] = {"types": [cls.__name__ for cls in type(answer).__mro__]}
    try:
        for method in probe.get("methods", []):
            # Keras draws a progress bar when it predicts, which would stand above the feedback.
            with contextlib.redirect_stdout(io.StringIO()):
                seen[method] = np.asarray(getattr(answer, method)(probe["X"]))
    except Exception as error:
        raise NotAnAnswer(f"the estimator could not {method}: {tell(error)}") from None
    for path in probe.get("read", []):
        seen[path] = _read(answer, path)
    return seen


def _read(thing: Any, path: str) -> Any:
    for name in path.split("."):
        try:
            thing = getattr(thing, name)
        except Exception:
            return None
    return thing() if callable(thing) else thing


def _figure(answer: Any, probe: Any) -> list[dict[str, Any]]:
    """List what is on the axes of a figure (or on one axes): texts, lines, points, bars, images."""
    figure = getattr(answer, "figure", None) or answer
    axes = [answer] if hasattr(answer, "get_xlabel") else list(getattr(figure, "axes", []))
    if not axes:
        raise NotAnAnswer(f"the answer must be a matplotlib figure or axes; it is {_kind_of(answer)}.")
    return [_axes(ax) for ax in axes]


def _axes(ax: Any) -> dict[str, Any]:
    legend = ax.get_legend()
    return {
        "title": ax.get_title(),
        "xlabel": ax.get_xlabel(),
        "ylabel": ax.get_ylabel(),
        "xscale": ax.get_xscale(),
        "yscale": ax.get_yscale(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [np.asarray(line.get_xydata(), dtype=float) for line in ax.get_lines()],
        "points": [np.asarray(part.get_offsets(), dtype=float) for part in ax.collections],
        "bars": [
            [float(bar.get_x()), float(bar.get_width()), float(bar.get_height())]
            for bar in ax.patches
            if hasattr(bar, "get_height")
        ],
        "images": [list(np.shape(image.get_array())) for image in ax.get_images()],
    }


def _text(answer: Any, probe: Any) -> str:
    if not isinstance(answer, str):
        raise NotAnAnswer(f"the answer must be text in quotes; it is {_kind_of(answer)}.")
    return str(answer)


def _kind_of(thing: Any) -> str:
    if thing is None:
        return "None"
    name = type(thing).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


KINDS: dict[str, Callable[[Any, Any], Any]] = {
    "choice": _choice,
    "number": _number,
    "array": _array,
    "table": _table,
    "function": _function,
    "estimator": _estimator,
    "figure": _figure,
    "text": _text,
}
