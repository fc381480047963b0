"""Clients of live rooms as docs/live-protocol.md has them, thousands on one loop, each with log and outbox.

The socket is spoken by hand, so that what is measured is the site and not a library.
"""

import asyncio
import base64
import json
import os
import random
import struct
import time
from collections import Counter, defaultdict, deque
from itertools import pairwise
from uuid import uuid4

PATIENCE = 20.0
BEAT_SECONDS = 20.0
LATER = {"live_too_fast", "live_room_busy", "live_slow_mode", "live_full"}
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
FILLER = "Is the crocus harvested by hand, and how many flowers make a gram of it? "


class Socket(asyncio.Protocol):
    """One connection: its handshake, its frames, its end."""

    def __init__(self, client):
        self.client, self.buffer, self.is_open, self.code = client, bytearray(), False, 1006
        self.transport = None

    def connection_made(self, transport):
        """Ask for a socket."""
        self.transport, self.client.socket = transport, self
        crowd, key = self.client.crowd, base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /live/?language=en HTTP/1.1\r\nHost: {crowd.host}:{crowd.port}\r\n"
            f"Origin: http://{crowd.host}:{crowd.port}\r\nCookie: {self.client.cookie}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def data_received(self, received):
        """Take in what has come, frame by frame."""
        self.buffer += received
        if not self.is_open:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head[:16]:
                self.transport.abort()
                return
            self.buffer, self.is_open = rest, True
            self.client.opened()
        self._frames()

    def _frames(self):
        buffer, at = self.buffer, 0
        while len(buffer) - at >= 2:
            size, start = buffer[at + 1] & 127, at + 2
            if size > 125:
                width = 2 if size == 126 else 8
                if len(buffer) - start < width:
                    break
                size, start = int.from_bytes(buffer[start : start + width]), start + width
            if len(buffer) - start < size:
                break
            kind, told, at = buffer[at] & 15, bytes(buffer[start : start + size]), start + size
            if kind == TEXT:
                self.client.heard(told)
            elif kind == PING:
                self.write(told, PONG)
            elif kind == CLOSE:
                self.code = int.from_bytes(told[:2]) if len(told) > 1 else 1005
                self.transport.abort()
        del buffer[:at]

    def connection_lost(self, error):
        """Tell the client that this socket is over."""
        self.client.ended(self)

    def write(self, told, kind=TEXT):
        """A frame under a mask of zeros, which leaves it as it is."""
        size = len(told)
        head = bytes([128 | kind, 128 | size]) if size < 126 else struct.pack(">BBH", 128 | kind, 254, size)
        if not self.transport.is_closing():
            self.transport.write(head + b"\0\0\0\0" + told)


class Client:
    """A person at a window who comes back by themselves."""

    def __init__(self, crowd, cookie, rooms):
        self.crowd, self.cookie, self.rooms = crowd, cookie, rooms
        self.socket, self.caught_up, self.is_stopped = None, False, False
        self.last = {}
        self.outbox = deque()
        self.asked = {}
        self.refs = self.tries = 0
        self.sending = False
        self.shown = []

    # --- Coming and going

    async def connect(self):
        """Open a socket; whoever is not let in tries again."""
        try:
            loop = asyncio.get_running_loop()
            connecting = loop.create_connection(lambda: Socket(self), self.crowd.host, self.crowd.port)
            _transport, socket = await asyncio.wait_for(connecting, PATIENCE)
            loop.call_later(PATIENCE, self._give_up, socket)
        except (OSError, TimeoutError):
            self.come_back()

    def _give_up(self, socket):
        if socket is self.socket and not socket.is_open:
            socket.transport.abort()

    def opened(self):
        """Come into every room, from the last entry on."""
        self.crowd.opened += 1
        for room in self.rooms:
            since = {} if room not in self.last else {"since": self.last[room]}
            self.ask("room.join", room=room, **since)
        self.crowd.loop.call_later(random.uniform(1, BEAT_SECONDS), self._beat, self.socket)

    def _beat(self, socket):
        if socket is self.socket and not self.is_stopped:
            for room in self.rooms:
                self.ask("presence.beat", room=room)
            self.crowd.loop.call_later(BEAT_SECONDS, self._beat, socket)

    def ended(self, socket):
        """The socket is over: what was asked is asked again, what was written is kept."""
        if socket is not self.socket:
            return
        self.crowd.closes[socket.code] += 1
        self.socket, self.caught_up, self.sending = None, False, False
        self.asked.clear()
        if not self.is_stopped:
            self.come_back(socket.code)

    def come_back(self, code=1006):
        """Connect again after a random while, as the protocol says."""
        most = 30 if code in (4009, 4010) else 0 if code == 4008 else min(30, 3 * 2**self.tries)
        self.tries += 1
        self.crowd.loop.call_later(random.uniform(0, most), self._again)

    def _again(self):
        if not self.is_stopped:
            self.crowd.start(self.connect())

    def stop(self):
        """Go for good."""
        self.is_stopped = True
        if self.socket is not None:
            self.socket.transport.abort()

    # --- Saying

    def ask(self, name, **body):
        """Send a command and note when."""
        if self.socket is None or not self.socket.is_open:
            return
        self.refs += 1
        self.asked[str(self.refs)] = (name, body, time.monotonic())
        self.socket.write(json.dumps({"v": 1, "do": name, "ref": str(self.refs), "body": body}).encode())

    def say(self, room):
        """Write something: it is kept until the site has it."""
        self.outbox.append((str(uuid4()), room))
        self.crowd.written += 1
        self.send()

    def send(self):
        """The first of what is kept; one after the other, so that order stays."""
        if self.sending or not self.outbox or not self.caught_up:
            return
        self.sending = True
        uuid, room = self.outbox[0]
        self.ask("chat.say", room=room, uuid=uuid, text=f"{time.monotonic():.6f} {FILLER}")

    # --- Hearing

    def heard(self, told):
        """A frame: an entry, a page, or an answer."""
        frame, now = json.loads(told), time.monotonic()
        event = frame.get("event")
        if event == "entry":
            self._entry(frame, now, live=True)
        elif event == "page":
            for entry in frame["entries"]:
                self._entry(entry, now, live=False)
            self.last.setdefault(frame["room"], frame["head"])
            if frame["more"]:
                self.ask("room.since", room=frame["room"], since=self.last[frame["room"]])
            else:
                self.tries, self.caught_up = 0, True
                self.send()
        elif event is None:
            self._answer(frame, now)

    def _entry(self, entry, now, *, live):
        crowd, room, seq = self.crowd, entry["room"], entry["seq"]
        last = self.last.get(room)
        # Where nothing is numbered, everything is new.
        if seq and last is not None and seq <= last:
            # A page may hold what has come meanwhile; by itself an entry comes once.
            crowd.repeated += live
            return
        if last is not None and seq > last + 1:
            crowd.holes += seq - last - 1
        self.last[room] = seq
        crowd.delivered += 1
        if live:
            sent, _space, words = entry["body"]["data"]["text"].partition(" ")
            # What a spammer brought in comes at once, and would be half of what is measured beside it.
            kind = "delivery" if words.strip() == FILLER.strip() else "spam"
            crowd.took[kind, room].append(now - float(sent))
        if crowd.keeps:
            self.shown.append((room, seq, entry["body"]["uuid"]))

    def _answer(self, frame, now):
        ref = frame.get("ok", frame.get("no"))
        name, body, at = self.asked.pop(ref, (None, {}, now))
        if "no" in frame:
            self.crowd.refusals[frame["code"]] += 1
        elif name is not None:
            self.crowd.took["ask", name].append(now - at)
        if name == "chat.say" and self.outbox and body["uuid"] == self.outbox[0][0]:
            if "ok" in frame:
                self.crowd.acked[self.outbox.popleft()[0]] = (body["room"], frame["body"]["seq"])
            seconds = float(frame.get("facts", {}).get("seconds", 1)) if "no" in frame else 0
            self.crowd.loop.call_later(seconds, self._next, self.socket)
        elif "no" in frame and frame["code"] in LATER and name == "room.join":
            self.crowd.loop.call_later(random.uniform(1, 5), lambda: self.ask("room.join", **body))

    def _next(self, socket):
        if socket is self.socket:
            self.sending = False
            self.send()


class Crowd:
    """Many clients, and what they saw together."""

    def __init__(self, host, port, *, keeps=False):
        self.host, self.port, self.keeps = host, port, keeps
        self.loop = asyncio.get_running_loop()
        self.clients = []
        self.tasks = set()
        self.acked = {}
        self.forget()

    def forget(self):
        """Count from nothing; what clients hold stays."""
        self.took = defaultdict(list)
        self.closes, self.refusals = Counter(), Counter()
        self.opened = self.written = self.delivered = self.repeated = self.holes = 0

    def deliveries(self):
        """How long every delivery took, of all rooms."""
        return [one for (kind, _room), found in self.took.items() if kind == "delivery" for one in found]

    def start(self, work):
        """A task that is held on to."""
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    def add(self, cookie, rooms):
        """One more client, not connected yet."""
        client = Client(self, cookie, rooms)
        self.clients.append(client)
        return client

    async def connect(self, rate, told=lambda done: None):
        """Let everybody come, so many a second, and wait until all have come."""
        for number, client in enumerate(self.clients):
            self.start(client.connect())
            await asyncio.sleep(1 / rate)
            if number % 100 == 0:
                told(self.caught_up)
        await self.until(lambda: self.caught_up == len(self.clients), 120)
        told(self.caught_up)

    @property
    def caught_up(self):
        """How many are connected and miss nothing that they know of."""
        return sum(1 for one in self.clients if one.caught_up)

    async def until(self, is_so, seconds):
        """Wait until something is so; how long it took, or None where it did not come about in time."""
        begun = time.monotonic()
        while not is_so():
            if time.monotonic() - begun > seconds:
                return None
            await asyncio.sleep(0.05)
        return time.monotonic() - begun

    async def speak(self, room, people, rate):
        """Somebody says something in a room so many times a second, each in their turn."""
        people, turn, at = list(people), 0, time.monotonic() + random.uniform(0, 1 / rate)
        while True:
            await asyncio.sleep(max(0, at - time.monotonic()))
            people[turn % len(people)].say(room)
            turn, at = turn + 1, at + 1 / rate

    async def settle(self, seconds):
        """Wait until all that was written was kept and seen by everybody; how many entries are missing."""
        await self.until(lambda: not any(one.outbox for one in self.clients), seconds)
        self.unsent = sum(len(one.outbox) for one in self.clients)
        await self.until(lambda: not self.behind, seconds)
        return self.behind

    @property
    def behind(self):
        """How many entries everybody together has not seen, of those that the site said it has."""
        heads = defaultdict(int)
        for room, seq in self.acked.values():
            heads[room] = max(heads[room], seq)
        return sum(max(0, heads[room] - one.last.get(room, 0)) for one in self.clients for room in one.rooms)

    def verdict(self, log, missing):
        """How many messages were lost, shown twice, shown out of order.

        ``log`` holds the UUID of each room and number: beside it what was acknowledged and seen.
        """
        number_of = {uuid: place for place, uuid in log.items()}
        unkept = sum(1 for uuid, place in self.acked.items() if number_of.get(uuid) != place)
        lost = unkept + missing + self.holes + self.written - len(self.acked)
        wrong = sum(1 for one in self.clients for room, n, uuid in one.shown if log.get((room, n)) != uuid)
        steps = [step for one in self.clients for step in pairwise(one.shown)]
        unordered = sum(1 for before, after in steps if after[1] != before[1] + 1)
        return lost, len(log) - len(number_of) + wrong, unordered

    async def leave(self):
        """Everybody goes."""
        for client in self.clients:
            client.stop()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.sleep(0.5)
