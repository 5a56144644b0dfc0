"""Messages on a pipe: a head (plain JSON) and a body (bytes), with a deadline for both sides."""

import json
import os
import select
import struct
import time
from typing import Any

__all__ = ["Broken", "Channel"]

_LENGTHS = struct.Struct(">QQ")
_PIECE = 2**20


class Broken(Exception):
    """The other side has gone, is too slow, or does not keep to the form."""


class Channel:
    """Two ends of pipes to one partner.

    Parameters
    ----------
    read, write : int
        File descriptors; they are made non-blocking.

    Examples
    --------
    >>> there, back = os.pipe(), os.pipe()
    >>> a, b = Channel(back[0], there[1]), Channel(there[0], back[1])
    >>> a.send({"do": "stop"}, b"body")
    >>> b.receive()
    ({'do': 'stop'}, bytearray(b'body'))
    """

    def __init__(self, read: int, write: int) -> None:
        self.read, self.write = read, write
        for fd in (read, write):
            os.set_blocking(fd, False)

    def send(self, head: dict[str, Any], body: bytes | bytearray = b"", seconds: float | None = None) -> None:
        """Send one message."""
        text = json.dumps(head).encode()
        deadline = None if seconds is None else time.monotonic() + seconds
        for part in (_LENGTHS.pack(len(text), len(body)) + text, body):
            view = memoryview(part)
            while view:
                _wait(self.write, select.POLLOUT, deadline)
                try:
                    view = view[os.write(self.write, view[:_PIECE]) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise Broken(f"the other side has gone ({error.strerror})") from None

    def receive(self, seconds: float | None = None, most: int = 2**40) -> tuple[dict[str, Any], bytearray]:
        """Wait for one message."""
        deadline = None if seconds is None else time.monotonic() + seconds
        head, body = _LENGTHS.unpack(self._exactly(_LENGTHS.size, deadline))
        if head + body > most:
            raise Broken(f"a message of {head + body} bytes is too long")
        text = self._exactly(head, deadline)
        try:
            return json.loads(text), self._exactly(body, deadline)
        except ValueError:
            raise Broken("the head of a message cannot be read") from None

    def _exactly(self, size: int, deadline: float | None) -> bytearray:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            _wait(self.read, select.POLLIN, deadline)
            try:
                count = os.readv(self.read, [view[:_PIECE]])
            except BlockingIOError:
                continue
            if not count:
                raise Broken("the other side has gone")
            view = view[count:]
        return data


def _wait(fd: int, what: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(fd, what)
    left = None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000
    if not poll.poll(left):
        raise Broken("the other side is too slow")
