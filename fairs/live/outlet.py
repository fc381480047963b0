"""What goes out to one socket: a bounded queue and one writer; whoever falls behind holds up nobody."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, NamedTuple

from fairs.live import protocol
from fairs.live.measures import measures
from fairs.live.protocol import Close
from fairs.live.states import SPOKEN

MOST_BYTES = 1_000_000
MOST_FRAMES = 2_000
# Who has so much waiting is slow.
SLOW_BYTES = 64_000
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Packet(NamedTuple):
    """A frame, decoded once for every socket, its size, and when it was kept, where that is counted.

    Of what somebody said, who did; and who alone reads it, if so.
    """

    text: str
    size: int
    at: float = 0.0
    by: int = 0
    only: int = 0


def packet(packed: bytes, at: float = 0.0) -> Packet:
    """A frame as it is queued."""
    only, frame = protocol.reader_of(packed)
    by = 0
    if frame.startswith(protocol.ENTRY):
        body = json.loads(frame)["body"]
        by = (body["by"] or {}).get("id", 0) if body["kind"] in SPOKEN else 0
    return Packet(frame.decode(), len(frame), at, by, only)


class Outlet:
    """The queue of one connection of one person."""

    def __init__(self, person: int, session: str = "", word: str = "", *, patient: bool = False) -> None:
        self.person, self.session, self.word = person, session, word
        # An answer that is waited for is not sent for what may be missed alone.
        self.patient = patient
        # The last entry that went out, by room; None while the room is being caught up with.
        self.at: dict[int, int | None] = {}
        # Rooms whose window is open, but in front of which nobody is.
        self.away: set[int] = set()
        # Those whom this person does not read, and who do not read them.
        self.unseen: frozenset[int] = frozenset()
        self.closing: Close | None = None
        self.reason = ""
        self.dropped = 0
        self._queue: deque[tuple[Packet, bool]] = deque()
        self._size = 0
        self._rings = asyncio.Event()
        # Called once the connection is to end.
        self.parts: Callable[[], object] | None = None

    @property
    def size(self) -> int:
        """How many bytes wait."""
        return self._size

    @property
    def is_slow(self) -> bool:
        """Whether its client takes less than it is given."""
        return self._size > SLOW_BYTES

    def put(self, told: Packet, *, droppable: bool = False) -> None:
        """One more frame. When too much waits, what may be missed goes first; then the socket is closed."""
        if self.closing is not None:
            return
        told = self.as_read(told)
        self._queue.append((told, droppable))
        self._size += told.size
        if self._size > MOST_BYTES or len(self._queue) > MOST_FRAMES:
            self._drop()
        if self._size > MOST_BYTES or len(self._queue) > MOST_FRAMES:
            self.close(Close.RESYNC, "behind")
        if not (droppable and self.patient):
            self._rings.set()

    def as_read(self, told: Packet) -> Packet:
        """A frame as this person reads it: of what is not for them they are sent the number."""
        if (told.only and told.only != self.person) or (told.by and told.by in self.unseen):
            entry = json.loads(told.text)
            return packet(protocol.veiled(entry["room"], entry["seq"]), told.at)
        return told

    def _drop(self) -> None:
        kept = [one for one in self._queue if not one[1]]
        self.dropped += len(self._queue) - len(kept)
        self._queue = deque(kept)
        self._size = sum(one.size for one, _droppable in kept)

    def close(self, code: Close, reason: str = "") -> None:
        """End the connection; what waits is let go, since the client asks for it again."""
        if self.closing is None:
            self.closing, self.reason = code, reason
            measures.closed[str(int(code))] += 1
            if self.parts is not None:
                self.parts()
            if code == Close.RESYNC:
                self._queue.clear()
                self._size = 0
            self._rings.set()

    async def write_to(self, send: Send) -> None:
        """Write what is queued, until the connection is to be closed, and close it."""
        while True:
            while self._queue:
                told, _droppable = self._queue.popleft()
                self._size -= told.size
                await send({"type": "websocket.send", "text": told.text})
                if told.at:
                    measures.deliver(time.time() - told.at)
            if self.closing is not None:
                await send({"type": "websocket.close", "code": int(self.closing), "reason": self.reason})
                return
            self._rings.clear()
            await self._rings.wait()

    async def wait(self, seconds: float) -> None:
        """Until something is queued, the connection ends, or the time is over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rings.wait(), seconds)

    def take(self) -> list[str]:
        """What is queued, for an answer that is sent as a whole."""
        taken = [told.text for told, _droppable in self._queue]
        self._queue.clear()
        self._size = 0
        self._rings.clear()
        return taken
