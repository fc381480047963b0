"""A line to the server on which each answer ends in time, even one that drips. No Django in here."""

import socket
import time
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from typing import Any

from elastic_transport import NodeConfig, Urllib3HttpNode

# A whole answer may take so many times what each of its parts may: 3 s where a part may take 2 s.
WHOLE = 1.5


class _UntilTheEnd(RawIOBase):
    """What comes over a socket until the time of its answer is over."""

    def __init__(self, sock: socket.socket, raw: Any) -> None:
        self.sock, self.raw, self.patience = sock, raw, sock.gettimeout()
        self.ends = None if self.patience is None else time.monotonic() + WHOLE * self.patience

    def readable(self) -> bool:
        """See `RawIOBase.readable`."""
        return True

    def readinto(self, into: Any) -> int | None:
        """See `RawIOBase.readinto`."""
        if self.ends is not None and self.patience is not None:
            left = self.ends - time.monotonic()
            if left <= 0:
                raise TimeoutError("the answer takes too long")
            self.sock.settimeout(min(self.patience, left))
        taken: int | None = self.raw.readinto(into)
        return taken

    def close(self) -> None:
        """See `RawIOBase.close`."""
        self.raw.close()
        super().close()


class _Answer(HTTPResponse):
    """An answer that is over when its time is, whatever has come."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        # The time of each read begins with it, so that a byte now and then would be read for ever.
        self.fp = BufferedReader(_UntilTheEnd(sock, self.fp.detach()))  # type: ignore[attr-defined]


class InTime(Urllib3HttpNode):
    """A node of the server whose answers end in time."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        connection = self.pool.ConnectionCls
        self.pool.ConnectionCls = type("InTimeConnection", (connection,), {"response_class": _Answer})  # type: ignore[misc]
