"""A process that is told to stop sends its sockets to the others first, spread over some seconds."""

import asyncio
import signal
from collections.abc import Callable, Iterable
from threading import current_thread, main_thread
from types import FrameType
from typing import Any

from django.conf import settings

from fairs.live.hub import Hub, hubs

Handler = Callable[[int, FrameType | None], Any]


def drain_before_stopping() -> None:
    """Put the draining before what the server does when it is told to stop; told twice, it stops at once.

    Called where the server loads the application: its own handler stands already.
    """
    former = signal.getsignal(signal.SIGTERM)
    if current_thread() is not main_thread() or not callable(former):
        return
    signal.signal(signal.SIGTERM, _draining(former))


def _draining(former: Handler) -> Handler:
    begun = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal begun
        serving = [hub for hub in hubs() if hub.outlets]
        if begun or not serving:
            former(number, frame)
            return
        begun = True
        listening = getattr(getattr(former, "__self__", None), "servers", ())
        for hub in serving:
            # No task of the hub: those end with the last socket, before the server is told to stop.
            draining = _drain(hub, listening, lambda: former(number, frame))
            asyncio.run_coroutine_threadsafe(draining, hub.loop)

    return stop


async def _drain(hub: Hub, listening: Iterable[Any], then: Callable[[], None]) -> None:
    # Whoever is sent away is not to come back here: processes share a port, and each stops listening alone.
    for one in listening:
        one.close()
    await hub.drain(settings.LIVE_DRAIN_SECONDS)
    # The last ones still hear of it.
    await asyncio.sleep(1)
    then()
