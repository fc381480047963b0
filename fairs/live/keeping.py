"""What a hub does while somebody is here: listens to Redis, looks into the log, keeps people's presence."""

import asyncio
import logging
import random
import resource
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from fairs.live import bus, protocol
from fairs.live.actions import end_presences, renew_presences, tell_of_process
from fairs.live.database import ask, waiting
from fairs.live.hub import Feed, Hub, hubs
from fairs.live.measures import measures
from fairs.live.outlet import packet
from fairs.live.protocol import Close
from fairs.live.queries import heads_of, who_may_stay
from fairs.live.safety.queries import unseen_among

logger = logging.getLogger(__name__)
LOOK_SECONDS = 2.0
RENEW_SECONDS = 15.0
ADMISSION_SECONDS = 30.0
FIGURES_SECONDS = 10.0
PROCESS = bus.PROCESS.hex


def keepers(hub: Hub) -> Iterator[Any]:
    """The work of a hub, as coroutines that end only when they are cancelled."""
    yield _again("look", LOOK_SECONDS, Looks(hub), hub.looks)
    yield _again("admission", ADMISSION_SECONDS, lambda: check_admissions(hub), asyncio.Event())
    yield _again("figures", FIGURES_SECONDS, tell_figures, asyncio.Event())
    if settings.LIVE_REDIS_URL:
        yield listen(hub)


async def _again(name: str, seconds: float, work: Callable[[], Awaitable[None]], bell: asyncio.Event) -> None:
    failed = False
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(bell.wait(), seconds * random.uniform(0.8, 1.0))  # noqa: S311 - spread, not secret
        bell.clear()
        try:
            await work()
            failed = False
        except Exception as error:
            # The edge of a task that must go on; told once for each trouble.
            if not failed:
                logger.warning("The %s of live rooms failed, and is tried again: %r", name, error)
            failed = True


class Looks:
    """One look at everything that is served here, in a statement or two however many they are."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.kept: set[tuple[int, int]] = set()
        self.renewed_at = float("-inf")

    async def __call__(self) -> None:
        """Presence first, so that what is counted is true; then every room's number, people and state."""
        await self.keep_presence()
        rooms = list(self.hub.feeds)
        if not rooms:
            return
        for room, stood in (await ask(heads_of, rooms, timezone.now())).items():
            if (feed := self.hub.feeds.get(room)) is not None and feed.ready is None:
                self.compare(feed, *stood)

    def compare(self, feed: Feed, seq: int, people: int, is_open: bool, erasures: int) -> None:
        """What a room has that was not given out yet, and what was erased since it was read."""
        if erasures != feed.erasures:
            feed.erasures = erasures
            feed.recent.clear()
        if seq > feed.seq:
            self.hub.mend(feed)
        is_first = feed.people < 0
        if people != feed.people:
            feed.people = people
            told = feed.told_of_people()
            for outlet in feed.outlets:
                outlet.put(told, droppable=True)
        if is_open != feed.is_open:
            feed.is_open = is_open
            told = packet(protocol.event("opened" if is_open else "closed", feed.room, {}))
            for outlet in feed.outlets:
                # That a room was closed before anybody came is no news that ends an answer.
                outlet.put(told, droppable=is_first)

    async def keep_presence(self) -> None:
        """Those who came, all when their leases are due, and those who went."""
        now, lingering = time.monotonic(), self.hub.lingering
        for one in [one for one, until in lingering.items() if until < now]:
            del lingering[one]
        here = set(self.hub.here) | set(lingering)
        due = time.monotonic() - self.renewed_at >= RENEW_SECONDS
        if new := here if due else here - self.kept:
            await ask(renew_presences, new, process=PROCESS)
        if due:
            self.renewed_at = time.monotonic()
        if gone := self.kept - here:
            await ask(end_presences, gone, process=PROCESS)
        self.kept = here


def figures_here() -> dict[str, Any]:
    """What this process counts, and how it stands at this moment."""
    outlets = [outlet for hub in hubs() for outlet in hub.outlets]
    slow = Counter(str(room) for one in outlets if one.is_slow for room in one.at)
    return {
        **measures.told(),
        "connections": len(outlets),
        "rooms": sum(len(hub.feeds) for hub in hubs()),
        "slow_sockets": sum(1 for one in outlets if one.is_slow),
        "slow_rooms": dict(slow),
        "queue_bytes": sum(one.size for one in outlets),
        "queue_bytes_most": max((one.size for one in outlets), default=0),
        "database_waiting": waiting(),
        "resident_bytes": resident_bytes(),
    }


def resident_bytes() -> int:
    """The memory of this process; nothing where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


async def tell_figures() -> None:
    """Let whoever watches read the figures of this process."""
    await ask(tell_of_process, PROCESS, figures_here())


async def check_admissions(hub: Hub) -> None:
    """Close what belongs to ended sessions, and take people out of rooms that they may enter no more."""
    await hub.part_signed_out(hub.outlets)
    await look_at_blocks(hub)
    for feed in list(hub.feeds.values()):
        people = {one.person for one in feed.outlets}
        admitted = await ask(who_may_stay, feed.room, people)
        # Whoever came meanwhile was not asked about.
        for outlet in [one for one in feed.outlets if one.person in people - admitted]:
            outlet.close(Close.NOT_YOURS, "not admitted")


async def look_at_blocks(hub: Hub) -> None:
    """Whom everybody here does not read, as another process may know it already and Redis not say it."""
    before = {one: one.unseen for one in hub.outlets}
    if not before:
        return
    found = await ask(unseen_among, {one.person for one in before})
    for outlet, unseen in before.items():
        # Whoever was told anew meanwhile knows better.
        if outlet.unseen == unseen:
            await hub.see(outlet, found.get(outlet.person, frozenset()))


async def listen(hub: Hub) -> None:
    """Hints of other processes. Whenever the subscription begins anew, every room is looked at."""
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    failed = False
    while True:
        client = Redis.from_url(settings.LIVE_REDIS_URL, socket_connect_timeout=2, socket_keepalive=True)
        try:
            async with client.pubsub() as heard:
                await heard.subscribe(bus.channel())
                failed = False
                for feed in list(hub.feeds.values()):
                    hub.mend(feed)
                while True:
                    said = await heard.get_message(ignore_subscribe_messages=True, timeout=30)
                    hint = bus.unpack(said["data"]) if said else None
                    if hint is not None:
                        hub.hear(hint)
        except (RedisError, OSError) as error:
            if not failed:
                logger.warning(
                    "Redis gives no hints, so the log is looked at every %s s: %s", LOOK_SECONDS, error
                )
            failed = True
        finally:
            await client.aclose()
        await asyncio.sleep(random.uniform(0.2, 1.5))  # noqa: S311 - spread, not secret
