"""The zygote: a process that has loaded the libraries and forks a child for each job.

It runs no student's code itself. For each job it forks, hands the probes to the child once the child has run
the answer, takes what comes back as mere bytes, and ends the child with all that it started.
"""

import gc
import importlib
import os
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
import warnings
from contextlib import suppress
from typing import Any

from course.grading.inside import child, linux
from course.grading.inside.frames import Broken, Channel

__all__ = ["main"]

TICK, CALM = 0.1, 0.3


def main() -> None:
    """Serve jobs until the other side closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = Channel(os.dup(0), os.dup(1))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    config, _ = channel.receive()
    try:
        if config["namespaces"]:
            linux.enter_namespaces(config["readable"], config["disk"])
        config["alone"] = _process_list() != config["outside"]
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        linux.hide_from_debuggers()
        _load(config)
    except Exception as error:
        channel.send({"problem": f"{type(error).__name__}: {error}"})
        return
    channel.send({"ready": True, "threads": _threads()})
    while True:
        try:
            job, body = channel.receive()
            channel.send(*_do(job, body, channel, config))
        except Broken:
            return


def _threads() -> int:
    """Count our threads: a child has none of them, nor what they hold, so there should be one."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()


def _process_list() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""


def _load(config: dict[str, Any]) -> None:
    sys.path[:] = config["path"]
    # Students' warnings would only be noise here.
    warnings.simplefilter("ignore")
    os.environ["MPLCONFIGDIR"] = os.path.join(config["temporary"], "matplotlib")
    shutil.copytree(config["matplotlib"], os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    for name in config["modules"]:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # then it fails where it is used, in a question of its own
    # What is here now is shared with every child, and must not be copied by a collection.
    gc.collect()
    gc.freeze()


def _do(
    job: dict[str, Any], body: bytearray, channel: Channel, config: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    work = tempfile.mkdtemp(dir=config["temporary"])
    if config["user"] is not None:
        os.chown(work, config["user"], config["user"])
    result, probes, output = os.pipe(), os.pipe(), os.pipe()
    started = time.monotonic()
    process = os.fork()
    if process == 0:
        try:
            os.setpgid(0, 0)
            _take(null=os.open(os.devnull, os.O_RDONLY), output=output[1], result=result[1], probes=probes[0])
            child.confine(config, job["limits"], work)
            child.run(job, body)
        finally:
            os._exit(1)
    with suppress(OSError):  # it has done so itself, or has ended
        os.setpgid(process, process)
    for fd in (result[1], probes[0], output[1]):
        os.close(fd)
    # Only now, when there is a child that cannot have them in its memory.
    asked = channel.receive()[1] if job["do"] == "answer" else bytearray()
    watch = _Watch(process, result[0], probes[1], output[0], asked, job["limits"], started)
    try:
        watch.until_done()
    finally:
        status = _end(process, config)
        asked[:] = bytes(len(asked))
        watch.close()
        shutil.rmtree(work, ignore_errors=True)
    head = {
        "ended": watch.ended,
        "status": status,
        "knew_probes": watch.handed,
        "seconds": time.monotonic() - started,
        "output": watch.output.decode(errors="replace"),
    }
    return head, watch.message


def _take(null: int, output: int, result: int, probes: int) -> None:
    """Arrange the child's descriptors and close all others."""
    wanted = [os.dup(fd) for fd in (null, output, output, result, probes)]
    wanted = [fd if fd > len(wanted) else os.dup(fd) for fd in wanted]
    for number, fd in enumerate(wanted):
        os.dup2(fd, number)
    os.closerange(len(wanted), os.sysconf("SC_OPEN_MAX"))


class _Watch:
    """Sees to one child: takes its message, hands it the probes, keeps its limits."""

    def __init__(
        self,
        process: int,
        result: int,
        probes: int,
        output: int,
        asked: bytearray,
        limits: dict[str, Any],
        started: float,
    ) -> None:
        self.process, self.result, self.probes, self.out = process, result, probes, output
        self.asked, self.limits, self.started = memoryview(asked), limits, started
        self.buffer, self.output, self.message = bytearray(), bytearray(), b""
        self.ended, self.handed = "", False
        self.poll = select.poll()
        for fd in (result, output):
            os.set_blocking(fd, False)
            self.poll.register(fd, select.POLLIN)
        os.set_blocking(probes, False)
        self.exit = os.pidfd_open(process) if hasattr(os, "pidfd_open") else -1
        if self.exit >= 0:
            self.poll.register(self.exit, select.POLLIN)

    def close(self) -> None:
        for fd in (self.result, self.probes, self.out, self.exit):
            if fd >= 0:
                os.close(fd)
        self.asked.release()

    def until_done(self) -> None:
        while not self.ended:
            left = self.started + self.limits["wall"] - time.monotonic()
            if left <= 0:
                self.ended = "time"
                return
            for fd, _ in self.poll.poll(min(left, TICK) * 1000):
                if fd == self.result:
                    self._read_result()
                elif fd == self.out:
                    self._read_output()
                elif fd == self.probes:
                    self._hand_probes()
                elif fd == self.exit:
                    self._gone()
                if self.ended:
                    return
            if time.monotonic() - self.started > CALM:
                self._weigh()
            if self.exit < 0 and os.waitid(os.P_PID, self.process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                self._gone()

    def _read_result(self) -> None:
        try:
            piece = os.read(self.result, 2**20)
        except BlockingIOError:
            return
        if not piece:
            self._forget(self.result)
            return
        self.buffer += piece
        while not self.ended and len(self.buffer) >= child.LENGTH.size:
            (size,) = child.LENGTH.unpack_from(self.buffer)
            if size > self.limits["message"]:
                self.ended = "message"
                return
            whole = child.LENGTH.size + size
            if len(self.buffer) < whole:
                return
            message = bytes(self.buffer[child.LENGTH.size : whole])
            del self.buffer[:whole]
            if message == child.READY and not self.handed:
                self.handed = True
                self.poll.register(self.probes, select.POLLOUT)
            else:
                self.message, self.ended = message, "message received"

    def _hand_probes(self) -> None:
        try:
            self.asked = self.asked[os.write(self.probes, self.asked[: 2**20]) :]
        except BlockingIOError:
            return
        except OSError:
            self.asked = self.asked[:0]
        if not self.asked:
            self.poll.unregister(self.probes)
            os.close(self.probes)
            self.probes = -1

    def _read_output(self) -> None:
        try:
            piece = os.read(self.out, 2**20)
        except BlockingIOError:
            return
        if not piece:
            self._forget(self.out)
        self.output += piece[: max(0, self.limits["output"] - len(self.output))]

    def _forget(self, fd: int) -> None:
        """Stop watching a pipe that has ended."""
        with suppress(KeyError):
            self.poll.unregister(fd)

    def _gone(self) -> None:
        """Take what the child wrote last; without a message there is no answer."""
        while not self.ended:
            before = len(self.buffer), self.handed
            self._read_result()
            if (len(self.buffer), self.handed) == before:
                self.ended = self.ended or "exit"

    def _weigh(self) -> None:
        """Add up what the child and all that it started hold: a limit holds for each process alone."""
        tasks, pages = 0, 0
        for name in os.listdir("/proc") if os.path.isdir("/proc/self") else []:
            if not name.isdigit():
                continue
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
                if int(fields[2]) != self.process:
                    continue
                with open(f"/proc/{name}/statm", "rb") as file:
                    resident, shared = file.read().split()[1:3]
            except OSError:
                continue
            tasks += int(fields[17])
            pages += int(resident) - int(shared)
        if tasks > self.limits["tasks"]:
            self.ended = "tasks"
        elif pages * os.sysconf("SC_PAGE_SIZE") > self.limits["memory"]:
            self.ended = "memory"


def _end(process: int, config: dict[str, Any]) -> int:
    """Kill the child and all that it started; return its exit code, or the signal as a negative number."""
    with suppress(OSError):
        os.killpg(process, signal.SIGKILL)
    if config["alone"]:
        # In a process list of our own: everyone but ourselves.
        with suppress(OSError):
            os.kill(-1, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    for _ in range(1000):
        for orphan in _children():
            with suppress(OSError):
                os.kill(orphan, signal.SIGKILL)
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.001)
        except ChildProcessError:
            break
    return status


def _children() -> list[int]:
    """List the processes that ended up with us, their parents having gone."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return [int(number) for number in file.read().split()]
    except OSError:
        return []


if __name__ == "__main__":
    main()
