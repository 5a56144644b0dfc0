"""A worker: the trusted side of one zygote, which is started again whenever it is lost."""

import json
import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from course.errors import CourseError
from course.grading.inside.frames import Broken, Channel
from course.grading.sandbox import Sandbox

__all__ = ["Reply", "Worker", "WorkerLost"]

# A zygote needs a moment beyond a job's own time: to fork, to end what the job started.
GRACE, START, LONGEST_REPLY = 15.0, 120.0, 64 * 2**20


class WorkerLost(CourseError):
    """The zygote could not be started."""


@dataclass(frozen=True)
class Reply:
    """What came of a job.

    ``ended`` is ``"message received"``, or why there is none: ``"exit"``, ``"time"``, ``"memory"``,
    ``"tasks"``, ``"message"`` (too long) or ``"lost"`` (the zygote went with it).
    """

    ended: str
    message: bytes = b""
    knew_probes: bool = False
    status: int = 0
    seconds: float = 0.0
    output: str = ""

    def plain(self) -> Any:
        """Return the message if it is JSON, else None."""
        try:
            return json.loads(self.message)
        except (ValueError, RecursionError):
            return None


class Worker:
    """One zygote in a sandbox, to be used by one thread.

    Parameters
    ----------
    sandbox : Sandbox
        Where it runs.
    number : int
        Which worker this is: each has a user of its own, where there are any.
    modules : sequence of str
        What the zygote loads once, before the first job.
    """

    def __init__(self, sandbox: Sandbox, *, number: int = 0, modules: Sequence[str] = ()) -> None:
        self.sandbox, self.number, self.modules = sandbox, number, modules
        self._process = self._channel = None
        self._closed = False

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *error: object) -> None:
        self._closed = True
        self.stop()

    def ready(self) -> None:
        """Start the zygote if it is not running, so that nobody's time pays for its start."""
        if self._channel is None and not self._closed:
            self._start()

    def ask(self, job: dict[str, Any], body: bytes = b"", *, probes: bytes = b"", seconds: float) -> Reply:
        """Do one job in a child of its own. Whatever it does, there is a reply soon after its time."""
        if self._closed:
            return Reply("lost")
        self.ready()
        job = job | {"limits": self.sandbox.limits.of_job(seconds)}
        started = time.monotonic()
        try:
            self._channel.send(job, body, GRACE)
            if job["do"] == "answer":
                self._channel.send({}, probes, seconds + GRACE)
            head, message = self._channel.receive(seconds + GRACE, LONGEST_REPLY)
            return Reply(
                ended=str(head["ended"]),
                message=bytes(message),
                knew_probes=bool(head["knew_probes"]),
                status=int(head["status"]),
                seconds=float(head["seconds"]),
                output=str(head["output"]),
            )
        except (Broken, KeyError, TypeError, ValueError):
            self.stop()
            return Reply("lost", seconds=time.monotonic() - started)

    def _start(self) -> None:
        self._process, config = self.sandbox.start(number=self.number, modules=self.modules)
        self._channel = Channel(self._process.stdout.fileno(), self._process.stdin.fileno())
        try:
            self._channel.send(config, seconds=GRACE)
            head, _ = self._channel.receive(START, LONGEST_REPLY)
        except Broken as error:
            said = self.stop()
            raise WorkerLost(f"{error}; {said}") from None
        if not head.get("ready"):
            self.stop()
            raise WorkerLost(str(head.get("problem")))
        if head["threads"] > 1 and self.modules:
            # What was loaded runs threads, and to fork then is not safe. Each child loads it anew.
            self.stop()
            self.modules = ()
            self._start()

    def stop(self) -> str:
        """End the zygote and all below it; return the end of what it said."""
        if self._process is None:
            return ""
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        os.set_blocking(self._process.stderr.fileno(), False)
        said = self._process.stderr.read() or b""
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            pipe.close()
        self._process.wait()
        self._process = self._channel = None
        return said.decode(errors="replace")[-500:]
