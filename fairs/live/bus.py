"""What a process tells the others: room, number, bytes. Only a hint: what is missed stands in the log."""

import hashlib
import logging
import struct
import time
import uuid
from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db import connection, transaction

from fairs.live import protocol

logger = logging.getLogger(__name__)
HEAD = struct.Struct(">16sBQQQd")
PATIENCE_SECONDS = 0.5
LEFT_ALONE_SECONDS = 2.0
PROCESS = uuid.uuid4()


class Hint(NamedTuple):
    """An entry by its number; or with number 0 something that stands in no log, for one person or everybody.

    ``droppable`` says that a socket that is behind may miss it. Without bytes: look at the log. ``at`` is
    when an entry was kept, by the clock of its process.
    """

    room: int
    seq: int
    frame: bytes
    to: int = 0
    droppable: bool = False
    at: float = 0.0


class Hears(Protocol):
    """A hub of this process."""

    def hear_from_anywhere(self, hint: Hint) -> None:
        """Take a hint, from any thread."""


_lock = Lock()
_hubs: list[Hears] = []
_left_alone_until = 0.0


def channel() -> str:
    """The channel of this installation: several may share a server."""
    database = str(connection.settings_dict["NAME"])
    named = hashlib.sha256(f"{settings.SECRET_KEY}|{database}".encode()).hexdigest()
    return f"live:{named[:24]}"


def attach(hub: Hears) -> None:
    """Let a hub of this process hear what is published in it."""
    with _lock:
        _hubs.append(hub)


def detach(hub: Hears) -> None:
    """Tell a hub nothing more."""
    with _lock:
        if hub in _hubs:
            _hubs.remove(hub)


def publish(room: int, seq: int, frame: bytes) -> None:
    """Tell every hub of an entry that is committed."""
    _send(Hint(room, seq, frame, at=time.time()))


def look_at(room: int) -> None:
    """Let every hub look at a room now: its state or its people changed."""
    _send(Hint(room, 0, b""))


def tell(room: int, event: str, body: Mapping[str, Any], *, to: Any = None, droppable: bool = False) -> None:
    """Something for those who are in a room now, on commit; no log has it, and who is away misses it."""
    frame = protocol.event(event, room, body)
    hint = Hint(room, 0, frame, 0 if to is None else to.pk, droppable)
    transaction.on_commit(lambda: _send(hint))


def throw(room: int, event: str, body: Mapping[str, Any]) -> None:
    """Something that a socket that is behind may miss, told at once, from any thread."""
    _send(Hint(room, 0, protocol.event(event, room, body), droppable=True))


def tell_person(person: Any, room: int, event: str, body: Mapping[str, Any]) -> None:
    """Something for one person about a room, on commit, in whichever rooms they are at the moment."""
    hint = Hint(0, 0, protocol.event(event, room, body), person.pk)
    transaction.on_commit(lambda: _send(hint))


def look_at_person(person: Any) -> None:
    """Let every hub see anew, on commit, whom somebody reads and where they may stay."""
    transaction.on_commit(lambda: _send(Hint(0, 0, b"", person.pk)))


def pack(hint: Hint) -> bytes:
    """A hint as it travels, with the process it comes from."""
    return HEAD.pack(PROCESS.bytes, hint.droppable, hint.room, hint.seq, hint.to, hint.at) + hint.frame


def unpack(packed: bytes) -> Hint | None:
    """A hint of another process; None for one of our own, and for what is none."""
    if len(packed) < HEAD.size:
        return None
    process, droppable, room, seq, to, at = HEAD.unpack_from(packed)
    return None if process == PROCESS.bytes else Hint(room, seq, packed[HEAD.size :], to, bool(droppable), at)


def _send(hint: Hint) -> None:
    with _lock:
        here = list(_hubs)
    for hub in here:
        hub.hear_from_anywhere(hint)
    if settings.LIVE_REDIS_URL:
        _send_away(pack(hint))


def _send_away(packed: bytes) -> None:
    global _left_alone_until
    if time.monotonic() < _left_alone_until:
        return
    # Imported here because a demonstration never needs Redis's client.
    from redis.exceptions import RedisError

    try:
        _redis()(channel(), packed)
    except (RedisError, OSError) as error:
        _left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS
        logger.warning("Redis takes no hints, so other processes look into the log: %s", error)


@lru_cache(maxsize=1)
def _redis() -> Callable[[str, bytes], object]:
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    client = Redis.from_url(
        settings.LIVE_REDIS_URL,
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )
    return client.publish
