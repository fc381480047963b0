"""One hub for each process: rooms, the sockets in them, and what each room was given last.

Fan-out asks nobody: an entry is encoded once and put into the queues of its room. Hints may come twice, in
any order or never; whatever is missing is read from the log.
"""

import asyncio
import logging
import random
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakKeyDictionary

from fairs.live import bus, protocol
from fairs.live.bus import Hint
from fairs.live.calling import PARTED, parted_in
from fairs.live.database import ask, threads
from fairs.live.measures import measures
from fairs.live.outlet import Outlet, Packet, packet
from fairs.live.people import signed_in_still
from fairs.live.protocol import Close
from fairs.live.queries import PAGE, PAGE_BYTES, entries_since, latest_entries, who_may_stay
from fairs.live.safety.queries import unseen_by
from fairs.live.shown import told_of

logger = logging.getLogger(__name__)
RECENT = 100
MOST_AHEAD = 500
# So many of one person are served by a process at a time, sockets and questions that wait together.
MOST_WINDOWS = 10
# A hint that overtook another is waited for so long before the log is read.
HOLE_SECONDS = 0.05

Entries = list[tuple[int, Packet]]


def partings(rooms: Iterable[int], person: int, unseen: frozenset[int]) -> list[Packet]:
    """What somebody is told of those in the calls among some rooms whom they do not hear any more."""
    return [
        packet(protocol.event(PARTED, room, {"by": told_of(other), "alone": is_alone}))
        for room, other, is_alone in parted_in(rooms, person, unseen)
    ]


class Feed:
    """A room as this process gives it out."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.seq = 0
        self.recent: deque[tuple[int, Packet]] = deque(maxlen=RECENT)
        self.ahead: dict[int, Packet] = {}
        self.outlets: set[Outlet] = set()
        self.people = -1
        self.erasures = 0
        self.is_open = True
        self.ready: asyncio.Task[None] | None = None
        self.mending: asyncio.Task[None] | None = None

    @property
    def covers(self) -> int:
        """The number after which every entry is at hand."""
        return self.recent[0][0] - 1 if self.recent else self.seq

    def told_of_people(self) -> Packet:
        """How many are here, as a frame."""
        return packet(protocol.event("presence", self.room, {"people": self.people}))

    def give(self, seq: int, told: Packet) -> None:
        """The next entry to everybody who has all before it; whoever is catching up gets it by their page."""
        self.seq = seq
        self.recent.append((seq, told))
        for outlet in self.outlets:
            last = outlet.at.get(self.room)
            if last == seq - 1:
                outlet.at[self.room] = seq
                outlet.put(told)
            elif last is not None and last < seq:
                # It would wait for ever for what is missing. Never seen; the client comes back for all of it.
                measures.lost += 1
                outlet.close(Close.RESYNC, "behind")

    def take_in(self) -> None:
        """What came early and fits now."""
        for seq in [one for one in self.ahead if one <= self.seq]:
            del self.ahead[seq]
        while (told := self.ahead.pop(self.seq + 1, None)) is not None:
            self.give(self.seq + 1, told)

    def after(self, seq: int) -> tuple[Entries, bool]:
        """A page of what is at hand after an entry, and whether more follows."""
        found: Entries = []
        size = 0
        for number, told in self.recent:
            if number > seq:
                size += told.size
                if len(found) == PAGE or (found and size > PAGE_BYTES):
                    return found, True
                found.append((number, told))
        return found, False


class Hub:
    """The rooms of this process; lives on one loop and is touched by nothing else."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.feeds: dict[int, Feed] = {}
        self.outlets: set[Outlet] = set()
        self.here: Counter[tuple[int, int]] = Counter()
        # Those who ask by plain HTTP are here until a moment: between two questions they hold no connection.
        self.lingering: dict[tuple[int, int], float] = {}
        # Whoever comes in leaves threads to those who are in: after a cut a thousand people come at once.
        self.doorway = asyncio.Semaphore(max(1, threads() // 2))
        self.draining = False
        # Whoever is served or at the door: not all of them have an outlet yet.
        self.visits = 0
        self.polls = 0
        self.tasks: set[asyncio.Task[Any]] = set()
        # What is done while somebody is here: `keeping.py` says what.
        self.keepers: list[asyncio.Task[Any]] = []
        self.looks = asyncio.Event()

    def windows_of(self, person: int) -> int:
        """How many windows of somebody are served here."""
        return sum(1 for one in self.outlets if one.person == person)

    # --- Hints

    def hear_from_anywhere(self, hint: Hint) -> None:
        """Take a hint, from any thread."""
        if not self.loop.is_closed():
            try:
                self.loop.call_soon_threadsafe(self.hear, hint)
            except RuntimeError:
                # It was closed between the question and the call: nobody is served there.
                bus.detach(self)

    def hear(self, hint: Hint) -> None:
        """Give an entry out in its turn, or something that is told to those who are there now."""
        if not hint.room:
            return self.hear_of_person(hint)
        feed = self.feeds.get(hint.room)
        if feed is None:
            return
        if not hint.frame:
            self.looks.set()
        elif not hint.seq:
            if hint.frame.startswith(protocol.ERASED):
                # What is at hand says it still; the log does not.
                feed.recent.clear()
            told = packet(hint.frame)
            for outlet in feed.outlets:
                if hint.to in (0, outlet.person):
                    outlet.put(told, droppable=hint.droppable)
        elif hint.seq > feed.seq:
            if len(feed.ahead) < MOST_AHEAD:
                feed.ahead[hint.seq] = packet(hint.frame, hint.at)
            if feed.ready is None:
                feed.take_in()
                if feed.ahead:
                    self.mend(feed, HOLE_SECONDS)

    def hear_of_person(self, hint: Hint) -> None:
        """Something for one person in whichever rooms they are; without bytes, see anew what they may."""
        outlets = [one for one in self.outlets if one.person == hint.to]
        if outlets and not hint.frame:
            self.start(self._see_anew(hint.to, outlets))
        for outlet in outlets if hint.frame else ():
            outlet.put(packet(hint.frame))

    async def see(self, outlet: Outlet, unseen: frozenset[int]) -> None:
        """From now on somebody does not read these people, and in a call hears them no more."""
        news, outlet.unseen = unseen - outlet.unseen, unseen
        if news and outlet.at:
            for told in await ask(partings, tuple(outlet.at), outlet.person, unseen):
                outlet.put(told)

    async def part_signed_out(self, outlets: Iterable[Outlet]) -> None:
        """Close what belongs to ended sessions."""
        told = {one: (one.session, one.person, one.word) for one in outlets if one.session}
        valid = await ask(signed_in_still, set(told.values())) if told else ()
        for outlet, session in told.items():
            if session not in valid:
                outlet.close(Close.SIGNED_OUT, "signed out")

    async def _see_anew(self, person: int, outlets: list[Outlet]) -> None:
        await self.part_signed_out(outlets)
        unseen = await ask(unseen_by, person)
        for outlet in outlets:
            await self.see(outlet, unseen)
        for room in {room for outlet in outlets for room in outlet.at}:
            if person not in await ask(who_may_stay, room, [person]):
                for outlet in outlets:
                    if room in outlet.at:
                        outlet.close(Close.NOT_YOURS, "not admitted")

    def mend(self, feed: Feed, after: float = 0.0) -> asyncio.Task[None]:
        """Read what a room is missing from its log, soon; one reader for each room."""
        if feed.mending is None or feed.mending.done():
            feed.mending = self.start(self._mend(feed, after))
        return feed.mending

    async def _mend(self, feed: Feed, after: float) -> None:
        await asyncio.sleep(after)
        feed.take_in()
        if after and not feed.ahead:
            return
        more = True
        while more:
            page = await ask(entries_since, feed.room, feed.seq)
            for seq, frame in page.entries:
                if seq == feed.seq + 1:
                    feed.give(seq, packet(frame))
            feed.take_in()
            more = page.more

    # --- Sockets

    def admit(self, outlet: Outlet) -> None:
        """Serve one more connection."""
        self.outlets.add(outlet)

    def dismiss(self, outlet: Outlet) -> None:
        """Serve a connection no more."""
        for room in list(outlet.at):
            self.leave(outlet, room)
        self.outlets.discard(outlet)

    async def join(self, outlet: Outlet, room: int, *, head: int, since: int | None) -> bytes:
        """A connection into a room, and the page of what it has missed; ``head`` is what the log stood at."""
        feed = await self._feed(room)
        if room not in outlet.at:
            outlet.at[room] = None
            self._count(outlet, room, 1)
        feed.outlets.add(outlet)
        if feed.people >= 0:
            # It is told when it changes, which it need not do for whoever opens a second window.
            outlet.put(feed.told_of_people(), droppable=True)
        if head > feed.seq:
            await asyncio.shield(self.mend(feed))
        return await self.catch_up(outlet, room, since=since, head=head)

    async def catch_up(self, outlet: Outlet, room: int, *, since: int | None, head: int = 0) -> bytes:
        """The next page after an entry; once nothing follows, the connection gets entries as they come."""
        feed = await self._feed(room)
        at = max(0, feed.seq - 50) if since is None else min(since, max(feed.seq, head))
        found: Entries = []
        more = False
        if at < feed.covers:
            outlet.at[room] = None
            page = await ask(entries_since, room, at)
            found, more = [(seq, packet(frame)) for seq, frame in page.entries], page.more
            at = found[-1][0] if found else at
        if not more and at >= feed.covers:
            rest, more = feed.after(at)
            found, at = found + rest, rest[-1][0] if rest else at
        more = more or at < feed.seq
        outlet.at[room] = None if more else at
        entries = [outlet.as_read(told).text.encode() for _seq, told in found]
        return protocol.page(room, entries, head=max(feed.seq, at), more=more)

    def leave(self, outlet: Outlet, room: int) -> None:
        """A connection out of a room."""
        if room not in outlet.at:
            return
        self.set_away(outlet, room, away=True)
        outlet.away.discard(room)
        del outlet.at[room]
        feed = self.feeds.get(room)
        if feed is not None:
            feed.outlets.discard(outlet)
            if not feed.outlets:
                del self.feeds[room]

    def set_away(self, outlet: Outlet, room: int, *, away: bool) -> None:
        """Whether somebody is in front of a window; whoever is not is counted no more."""
        if room in outlet.at and away != (room in outlet.away):
            (outlet.away.add if away else outlet.away.discard)(room)
            self._count(outlet, room, -1 if away else 1)

    def _count(self, outlet: Outlet, room: int, step: int) -> None:
        self.here[room, outlet.person] += step
        if not self.here[room, outlet.person]:
            del self.here[room, outlet.person]

    async def _feed(self, room: int) -> Feed:
        while True:
            feed = self.feeds.get(room)
            if feed is None:
                feed = self.feeds[room] = Feed(room)
                feed.ready = self.start(self._begin(feed))
            if feed.ready is None:
                return feed
            # Whoever came first may go again while the others wait.
            await asyncio.shield(feed.ready)

    async def _begin(self, feed: Feed) -> None:
        try:
            entries, feed.erasures = await ask(latest_entries, feed.room, RECENT)
            for seq, frame in entries:
                feed.seq = seq
                feed.recent.append((seq, packet(frame)))
        except BaseException:
            self.feeds.pop(feed.room, None)
            raise
        feed.ready = None
        feed.take_in()

    # --- Its life

    def start(self, work: Any) -> asyncio.Task[Any]:
        """A task that is held on to, whose failure is told."""
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.warning("A part of the hub failed, and is tried again: %r", error)

    async def drain(self, seconds: float) -> None:
        """Send everybody to another process, spread over a time; who comes meanwhile is sent on at once."""
        self.draining = True
        outlets = list(self.outlets)
        random.shuffle(outlets)
        for number, outlet in enumerate(outlets, start=1):
            outlet.close(Close.GOING_AWAY, "restart")
            if number % 20 == 0:
                await asyncio.sleep(seconds * 20 / len(outlets))


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


@asynccontextmanager
async def visit(keep: Callable[[Hub], Iterable[Any]]) -> AsyncIterator[Hub]:
    """The hub of the running loop for one visit, from the door on; after the last one it does nothing."""
    hub = hub_here(keep)
    hub.visits += 1
    try:
        yield hub
    finally:
        hub.visits -= 1
        await rest(hub)


def hub_here(keep: Callable[[Hub], Iterable[Any]]) -> Hub:
    """The hub of the running loop; ``keep`` says what it does as long as somebody is here."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = Hub()
    if not hub.keepers:
        bus.attach(hub)
        hub.keepers = [loop.create_task(work) for work in keep(hub)]
    return hub


async def rest(hub: Hub) -> None:
    """When nobody is here any more, the hub does nothing."""
    if hub.visits or not hub.keepers:
        return
    bus.detach(hub)
    keepers, hub.keepers = hub.keepers, []
    waiting = [*keepers, *hub.tasks]
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


def hubs() -> list[Hub]:
    """Every hub of this process."""
    return [hub for hub in _hubs.values() if not hub.loop.is_closed()]
