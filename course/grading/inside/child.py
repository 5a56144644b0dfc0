"""One child: confined, it runs one student's answer to one question, and tells what is seen of it.

It sends messages of JSON, each after its length: ``{"ready": true}`` after the answer's cells have run, upon
which it is given the probes; then what the looks brought, as plain data. Where the cells fail it says so
instead, and never learns what would have been asked.
"""

import builtins
import json
import os
import random
import resource
import struct
import sys
import traceback
from collections.abc import Callable
from typing import Any

from course.grading.inside import linux
from course.grading.inside.cells import CannotRun, plain_python
from course.grading.inside.notebooks import NotANotebook, answers_in

__all__ = ["READY", "confine", "run"]

LENGTH = struct.Struct(">Q")
READY = b'{"ready": true}'
RESULT, PROBES = 3, 4  # file descriptors
# What libraries read of the system.
OF_THE_SYSTEM = (
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
)


def confine(config: dict[str, Any], limits: dict[str, Any], work: str) -> None:
    """Give up, for good, all that an answer does not need."""
    linux.prctl(linux.PR_SET_PDEATHSIG, 9)
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass
    os.chdir(work)
    os.environ.update(HOME=work, TMPDIR=work)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, limits["cpu"])
    _limit(resource.RLIMIT_FSIZE, limits["file"])
    _limit(resource.RLIMIT_NOFILE, 256)
    _limit(resource.RLIMIT_NPROC, config["tasks_already"] + limits["tasks"])
    if sys.platform == "linux":
        _limit(resource.RLIMIT_AS, _mapped() + limits["memory"])
    if config["user"] is not None:
        os.setgroups([])
        os.setresgid(*[config["user"]] * 3)
        os.setresuid(*[config["user"]] * 3)
        linux.prctl(linux.PR_SET_PDEATHSIG, 9)
    linux.drop_capabilities()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.only_these_files([*config["readable"], *OF_THE_SYSTEM], [work, "/dev/null"])
    linux.forbid_syscalls()


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(what, (value, value))
    except (OSError, ValueError):
        # macOS refuses some; the wall clock still holds.
        return


def _mapped() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def run(job: dict[str, Any], body: bytearray) -> None:
    """Do one job and end this process."""
    try:
        {"answer": _answer, "read": _read, "try": _try}[job["do"]](job, body)
    finally:
        os._exit(0)


def _send(message: bytes) -> None:
    view = memoryview(LENGTH.pack(len(message)) + message)
    while view:
        view = view[os.write(RESULT, view) :]


def _tell(**message: Any) -> None:
    _send(json.dumps(message).encode())


def _read(job: dict[str, Any], body: bytearray) -> None:
    try:
        found, notes = answers_in(bytes(body), job["templates"])
        _tell(answers=found, notes=notes)
    except NotANotebook as error:
        _tell(problem=str(error))


# --- An answer --------------------------------------------------------------------------------------------


def _answer(job: dict[str, Any], body: bytearray) -> None:
    """Run the answers to some questions, each among its own names; then look at them."""
    import numpy as np

    from course.exercises import plain
    from course.exercises.kinds import look

    encode, decode = plain.encode, plain.decode
    builtins.input, builtins.help = _no_input, _ignore

    def seed() -> None:
        random.seed(job["seed"])
        np.random.seed(job["seed"])

    given = []
    for question in job["questions"]:
        names: dict[str, Any] = {"__name__": "__main__", "display": _ignore}
        seed()
        trouble = _run_cells(question, names)
        if trouble and len(job["questions"]) == 1:
            return _tell(**trouble)
        given.append(None if trouble else names)
    _send(READY)
    probes = json.loads(_all_of(PROBES))
    told: list[list[dict[str, Any]] | None] = []
    for question, names, asked in zip(job["questions"], given, probes, strict=True):
        if names is None:
            told.append(None)
            continue
        seed()
        seen = [look(question["kind"], names[question["answer"]], decode(probe.encode())) for probe in asked]
        told.append([{"state": one.state, "value": one.value, "why": one.why} for one in seen])
    return _send(encode(told))


def _run_cells(question: dict[str, Any], names: dict[str, Any]) -> dict[str, str]:
    """Run what leads to an answer; return what stopped it, or nothing."""
    try:
        exec(compile(question["setup"], "<setup>", "exec"), names)
    except BaseException as error:
        return {"setup": f"{type(error).__name__}: {error}"[:500]}
    for name, text in question["cells"]:
        if trouble := _run_cell(text, f"<answer {name}>", names):
            other = "" if name == question["id"] else f"the answer to {name}, on which this one builds: "
            return {"error": other + trouble}
    if question["answer"] not in names:
        return {"error": f"the cell gives nothing the name {question['answer']!r}."}
    return {}


def _all_of(fd: int) -> bytes:
    pieces = []
    while piece := os.read(fd, 2**20):
        pieces.append(piece)
    return b"".join(pieces)


def _run_cell(text: str, name: str, names: dict[str, Any]) -> str:
    """Run a cell; return what stopped it, or nothing."""
    try:
        exec(compile(plain_python(text), name, "exec"), names)
    except CannotRun as error:
        return str(error)
    except SystemExit:
        return "the cell ends the program (sys.exit or quit)."
    except BaseException as error:
        return _describe(error, name)
    return ""


def _describe(error: BaseException, name: str) -> str:
    try:
        text = " ".join(str(error).split())
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name
        ]
        if isinstance(error, SyntaxError):
            lines = [error.lineno]
        where = f" (line {lines[-1]} of the cell)" if lines else ""
        return f"{type(error).__name__}: {text}"[:500] + where
    except BaseException:
        return type(error).__name__


def _ignore(*things: Any, **options: Any) -> None:
    """Stand in for IPython's display."""


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() has nobody to ask when it is graded; write the value into the cell")


# --- Does the sandbox hold? -------------------------------------------------------------------------------


def _try(job: dict[str, Any], body: bytearray) -> None:
    """Try what must not work; tell what did."""
    _tell(
        library=_works(lambda: open(os.__file__, "rb").close()),
        files=_works(lambda: open(job["secret"], "rb").close()),
        network=_works(_listen),
        processes=_works(lambda: os.kill(job["parent"], 0)),
    )


def _listen() -> None:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        with socket.create_connection(one.getsockname(), timeout=1):
            pass


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except Exception:
        return False
    return True
