"""The clock of a server that has none beside it: it rings while the server serves, and ends with it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from threading import Event, Thread
from typing import Any

from django.db import close_old_connections, connections

from moussem.core.clock import ring_due_jobs

logger = logging.getLogger(__name__)
TICK_SECONDS = 5.0
# A job in the middle of something does not hold a server that is stopped.
STOPS_WITHIN = 2.0


async def ticking(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """The life of an ASGI server, with a clock in a thread beside its requests."""
    stopped = Event()
    clock = Thread(target=ring_until, args=[stopped], name="clock", daemon=True)
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            clock.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            stopped.set()
            await asyncio.to_thread(clock.join, STOPS_WITHIN)
            await send({"type": "lifespan.shutdown.complete"})
            return


def ring_until(stopped: Event) -> None:
    """Ring what is due again and again; what fails is tried again at the next tick."""
    told = ""
    while not stopped.wait(TICK_SECONDS):
        try:
            ring_due_jobs()
            told = ""
        except Exception as error:
            # The edge of a thread: nobody above it hears. Told once for each trouble, since the terminal is
            # the visitor's.
            if told != str(error):
                logger.warning("The clock could not ring, and tries again: %s", error)
            told = str(error)
        finally:
            close_old_connections()
    connections.close_all()
