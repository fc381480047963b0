"""The database for sockets: a few threads with a connection each, and a bounded queue before them."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from fairs.live.errors import LiveFull
from fairs.live.measures import measures
from fairs.live.protocol import Command
from moussem.core.errors import require

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
# How many questions wait for a thread before others are turned away.
MOST_WAITING = 2_000

_starting = Lock()
_pool: ThreadPoolExecutor | None = None
_asked = 0


def threads() -> int:
    """How many connections a process takes for its sockets; SQLite lets one write at a time anyway."""
    return settings.LIVE_DATABASE_THREADS if connection.vendor == "postgresql" else 1


def _here() -> ThreadPoolExecutor:
    global _pool
    with _starting:
        if _pool is None:
            _pool = ThreadPoolExecutor(threads(), thread_name_prefix="live-database")
        return _pool


def waiting() -> int:
    """How many questions wait or are being answered."""
    return _asked


class Counted:
    """How many statements one question took."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.statements += 1
        return execute(*args)


async def ask(question: Callable[..., Answer], *args: Any, **told: Any) -> Answer:
    """What a query or an action answers, without holding the loop."""
    global _asked
    require(_asked < MOST_WAITING, LiveFull, seconds=5)
    _asked += 1
    counted = Counted()
    try:
        return await asyncio.get_running_loop().run_in_executor(_here(), _run, counted, question, args, told)
    finally:
        _asked -= 1
        asked = next((one.name for one in args if isinstance(one, Command)), question.__name__)
        measures.statements[asked] += counted.statements


def _run(
    counted: Counted, question: Callable[..., Answer], args: tuple[Any, ...], told: dict[str, Any]
) -> Answer:
    with connection.execute_wrapper(counted):
        return _answered(question, args, told)


def _answered(question: Callable[..., Answer], args: tuple[Any, ...], told: dict[str, Any]) -> Answer:
    try:
        return question(*args, **told)
    except (OperationalError, InterfaceError):
        # A connection that the database ended while nobody used it: what was asked has not begun. What is
        # written bears a second time by its UUID.
        if connection.connection is not None and connection.is_usable():
            raise
        connection.close()
        return question(*args, **told)


def let_go() -> None:
    """End every thread and its connection; the next question starts them again."""
    global _pool
    with _starting:
        pool, _pool = _pool, None
    if pool is None:
        return
    together = Barrier(pool._max_workers)

    def leave() -> None:
        connection.close()
        together.wait(timeout=10)

    for _thread in range(pool._max_workers):
        pool.submit(leave)
    pool.shutdown(wait=True)
