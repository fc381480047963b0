"""How live rooms hold under a crowd, beside a plain group of Channels: a table that says what each goal asks.

    python bench/live.py [--clients 2000] [--seconds 60] [--soak 60] [--only talk,kill,renew,…]
    python bench/live.py --clients 300 --seconds 10

The site runs as production does: workers of uvicorn, PostgreSQL by DATABASE_URL (a database beside it, which
is made), a Redis of its own. It is pinned to the first core and the crowd to the last; PostgreSQL is where it
is. A delivery is the time from when a client sends a message to when another one has read it.
"""

import argparse
import asyncio
import gc
import os
import random
import resource
import socket
import sys
import time
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import live_site  # noqa: E402
from bench.crowd import Crowd  # noqa: E402
from bench.live_figures import Report, histogram, quantiles, said  # noqa: E402

PARTS = ("talk", "kill", "renew", "chaos", "churn", "plain")
WORKERS = 2
SMALL_ROOMS = 20


class Bench:
    """One run: what is measured goes into a table and a file."""

    def __init__(self, asked, environment, redis):
        self.asked, self.environment, self.redis = asked, environment, redis
        self.report = Report(clients=asked.clients, seconds=asked.seconds)
        self.figures, self.say, self.row = self.report.figures, self.report.say, self.report.row
        self.cores = sorted(os.sched_getaffinity(0))
        self.big, self.small = asked.clients // 4, asked.clients * 3 // 4 // SMALL_ROOMS

    def run(self):
        """All parts, and the table."""
        self.say(f"seeding {self.asked.clients} people and {SMALL_ROOMS + 1} rooms")
        guests, self.cookies = live_site.people(self.asked.clients)
        self.rooms = live_site.rooms(SMALL_ROOMS + 1, guests)
        self.site = self.site_of("moussem.config.asgi:application", self.environment)
        os.sched_setaffinity(0, {self.cores[-1]})
        try:
            self.site.ready()
            asyncio.run(self.measured())
        finally:
            self.site.end()
        if "plain" in self.asked.only:
            self.beside()

    def site_of(self, application, environment):
        """Servers of an application on the first core."""
        return live_site.Site(
            application, environment, workers=WORKERS, core=self.cores[0], folder=self.asked.folder
        )

    # --- The crowd

    def seats(self):
        """Who sits where: a cookie and a room for each."""
        big, *small = self.rooms
        rooms = [big] * self.big + [room for room in small for _number in range(self.small)]
        return list(zip(self.cookies, rooms, strict=False))

    def speakers(self, crowd):
        """Everybody who speaks, as tasks: the large room twice a second, the small ones once in five."""
        by_room = {}
        for client in crowd.clients:
            by_room.setdefault(client.rooms[0], []).append(client)
        return [
            crowd.start(
                crowd.speak(room, random.sample(there, len(there)), 2 if room == self.rooms[0] else 0.2)
            )
            for room, there in by_room.items()
        ]

    async def measured(self):
        """What is measured with our rooms."""
        crowd = Crowd(live_site.HOST, self.site.port)
        for cookie, room in self.seats():
            crowd.add(cookie, [room])
        empty = self.site.kilobytes()
        self.say(f"{len(crowd.clients)} clients come, {self.asked.rate} a second")
        begun = time.monotonic()
        await crowd.connect(self.asked.rate, lambda done: self.say(f"{done} are in"))
        came, inside = time.monotonic() - begun, crowd.caught_up
        await asyncio.sleep(3)
        each = (self.site.kilobytes() - empty) / max(1, inside)
        self.figures["kilobytes_per_socket"] = each
        self.row(
            "Came in",
            "all",
            f"{inside} of {len(crowd.clients)} in {came:.0f} s",
            inside == len(crowd.clients),
        )
        self.row("Memory of an idle socket", "≤ 40 kB", f"{each:.1f} kB", each <= 40)
        gc.collect()
        gc.freeze()
        gc.disable()
        for part in ("talk", "kill"):
            if part in self.asked.only:
                await getattr(self, part)(crowd)
        await crowd.leave()
        for part in ("renew", "chaos", "churn"):
            if part in self.asked.only:
                await getattr(self, part)()

    async def talk(self, crowd):
        """G1, G2; then with a spammer (G13), then with somebody who asks without reading (G14)."""
        crowd.forget()
        tasks = [*self.speakers(crowd), crowd.start(self.joins(crowd))]
        busy, begun = self.site.seconds(), time.monotonic()
        await self.pass_by(crowd, self.asked.seconds)
        busy = (self.site.seconds() - busy) / (time.monotonic() - begun)
        self.told_of_talk(crowd, await crowd.settle(10), busy)
        big = crowd.took["delivery", self.rooms[0]]
        for misuse in (self.spam, self.reads_nothing):
            calm = [*big[-len(big) // 2 :]]
            big.clear()
            going = crowd.start(misuse())
            await self.pass_by(crowd, self.asked.seconds)
            await going
            before, during = quantiles(calm)[1], quantiles(big)[1]
            told = f"{before:.0f} → {during:.0f} ms"
            reached = during <= max(before * 1.1, before + 20)
            self.row("  p95 of the others before, meanwhile", "+10 %", told, reached)
        for task in tasks:
            task.cancel()

    async def pass_by(self, crowd, seconds):
        """Let some time pass, and tell how it goes."""
        for _step in range(max(1, int(seconds / 5))):
            await asyncio.sleep(min(5, seconds))
            self.say(f"{crowd.delivered} deliveries, {crowd.holes} holes, {crowd.closes.total()} closed")

    def told_of_talk(self, crowd, missing, busy):
        """The lines of G1 and G2."""
        took = crowd.deliveries()
        _p50, p95, p99, _most = quantiles(took)
        self.figures["delivery"] = histogram(took)
        self.row("Deliveries", "", f"{len(took)}, {busy:.2f} cores of the site")
        reached = p95 <= 400 and p99 <= 1000
        self.row("Delivery p50 / p95 / p99 / max", "p95 ≤ 400, p99 ≤ 1,000 ms", said(took), reached)
        lost = missing + crowd.holes
        told = f"{lost}, {crowd.repeated}, {dict(crowd.closes)}"
        self.row("Lost, twice, closed", "0, 0", told, not lost and not crowd.repeated)
        for name in ("room.join", "chat.say", "presence.beat"):
            took = crowd.took["ask", name]
            self.figures[name] = histogram(took)
            self.row(f"Answer to {name}", "p95 ≤ 300 ms", said(took), quantiles(took)[1] <= 300)

    async def joins(self, crowd):
        """Ten people a second come into their room again."""
        while True:
            await asyncio.sleep(0.1)
            client = random.choice(crowd.clients)
            if client.caught_up:
                client.ask("room.join", room=client.rooms[0], since=client.last[client.rooms[0]])

    async def spam(self):
        """Fifty messages a second of one person."""
        own = Crowd(live_site.HOST, self.site.port)
        client = own.add(self.cookies[self.big - 1], [self.rooms[0]])
        await own.connect(10)
        seconds, limited = self.asked.seconds - 2, None
        begun = time.monotonic()
        while time.monotonic() < begun + seconds:
            text = f"{time.monotonic():.6f} again and again"
            client.ask("chat.say", room=self.rooms[0], uuid=str(uuid4()), text=text)
            await asyncio.sleep(0.02)
            if limited is None and own.refusals:
                limited = time.monotonic() - begun
        kept = len(own.took["ask", "chat.say"])
        await own.leave()
        told = f"after {limited or 99:.2f} s; {kept} kept in {seconds:.0f} s, closed {own.closes[4010]} times"
        self.row("Spammer of 50 a second", "limited within 1 s", told, limited is not None and limited < 1)

    async def reads_nothing(self):
        """Somebody asks for the log again and again and reads no answer: what the site holds for them."""
        own = Crowd(live_site.HOST, self.site.port)
        client = own.add(self.cookies[0], [self.rooms[0]])
        await own.connect(10)
        before, most, end = await self.figures_now(), 0, time.monotonic() + self.asked.seconds - 2
        wire = client.socket.transport
        # Else the system itself would keep megabytes for them.
        wire.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.pause_reading()
        while time.monotonic() < end:
            for _time in range(8):
                client.ask("room.join", room=self.rooms[0], since=0)
            await asyncio.sleep(0.5)
            most = max(most, *(one["queue_bytes_most"] for one in (await self.figures_now()).values()))
        cut = sum(one["resyncs"] for one in (await self.figures_now()).values())
        cut -= sum(one["resyncs"] for one in before.values())
        await own.leave()
        told = f"{most / 1000:.0f} kB waited at most, cut off {cut} times"
        self.row("Asks and never reads", "≤ 1 MB, cut off", told, most <= 1_300_000)

    async def figures_now(self):
        """What every process last told of itself."""
        return await asyncio.to_thread(live_site.figures)

    # --- Worse days

    async def kill(self, crowd):
        """G4: one of two workers is killed while everybody talks."""
        crowd.forget()
        tasks = self.speakers(crowd)
        await asyncio.sleep(5)
        crowd.forget()
        before, everybody = await self.figures_now(), len(crowd.clients)
        begun = time.monotonic()
        self.site.kill_one()
        await crowd.until(lambda: crowd.caught_up < everybody * 0.9, 10)
        gone = everybody - crowd.caught_up
        back = await crowd.until(lambda: crowd.caught_up >= 0.99 * everybody, 90)
        back = back and time.monotonic() - begun
        for task in tasks:
            task.cancel()
        missing = await crowd.settle(30)
        lost = missing + crowd.holes
        took = "never" if back is None else f"{back:.1f} s"
        told = f"{took}; {gone} were cut off, {lost} lost, {crowd.repeated} twice"
        self.row("A worker killed: 99 % back", "≤ 30 s", told, back is not None and back <= 30 and not lost)
        await asyncio.sleep(11)
        each = live_site.statements_between(before, await self.figures_now()) / max(1, crowd.opened)
        self.row("  statements for each who came back", "≤ 3", f"{each:.2f}", each <= 3.05)
        p95 = quantiles(crowd.took["ask", "chat.say"])[1]
        self.row("Answer to chat.say meanwhile, p95", "≤ 1,500 ms", f"{p95} ms", p95 <= 1500)

    async def renew(self):
        """G11: new workers take the place of the old ones while half of everybody is there and talks."""
        crowd = Crowd(live_site.HOST, self.site.port)
        for cookie, room in self.seats()[: self.asked.clients // 2]:
            crowd.add(cookie, [room])
        everybody = len(crowd.clients)
        await crowd.connect(self.asked.rate)
        crowd.forget()
        tasks = self.speakers(crowd)
        await asyncio.sleep(3)
        begun = time.monotonic()
        await asyncio.to_thread(self.site.renew)
        back = await crowd.until(lambda: crowd.caught_up == everybody, 90)
        took = time.monotonic() - begun
        for task in tasks:
            task.cancel()
        lost = await crowd.settle(30) + crowd.holes
        told = f"{took:.0f} s; {lost} lost, {crowd.repeated} twice, {crowd.unsent} not sent"
        good = back is not None and took <= 60 and not (lost or crowd.repeated or crowd.unsent)
        self.row(f"A new build with {everybody} there: all on it", "≤ 60 s", told, good)
        self.row("  closes, refusals meanwhile", "", f"{dict(crowd.closes)}, {dict(crowd.refusals)}")
        await crowd.leave()

    async def chaos(self):
        """G5: many write while workers are renewed and killed, and Redis is paused, killed and emptied."""
        crowd = Crowd(live_site.HOST, self.site.port, keeps=True)
        senders = min(200, self.asked.clients)
        rooms = self.rooms[1:]
        for number in range(senders):
            crowd.add(self.cookies[number], [rooms[number % len(rooms)]])
        await crowd.connect(self.asked.rate)
        crowd.forget()
        talking = [crowd.start(crowd.speak(one.rooms[0], [one], 0.5)) for one in crowd.clients]
        for name, deed, pause in (
            ("workers are renewed one after the other", self.site.renew, 5),
            ("a worker is killed", self.site.kill_one, 10),
            ("Redis sleeps for 10 s", lambda: self.redis.say("DEBUG", "SLEEP", 10), 14),
            ("Redis is killed", self.redis.end, 3),
            ("Redis is back", self.redis.begin, 5),
            ("Redis is emptied", lambda: self.redis.say("FLUSHALL"), 5),
        ):
            await asyncio.sleep(2)
            self.say(name)
            await asyncio.to_thread(deed)
            await asyncio.sleep(pause)
        for task in talking:
            task.cancel()
        missing = await crowd.settle(180)
        self.told_of_chaos(crowd, senders, await asyncio.to_thread(live_site.log_of, rooms), missing)
        await crowd.leave()

    def told_of_chaos(self, crowd, senders, log, missing):
        """The lines of G5."""
        lost, twice, unordered = crowd.verdict(log, missing)
        told = f"{len(crowd.acked)} of {crowd.written} by {senders} senders, {crowd.unsent} not sent yet"
        self.row("Renewed, killed, Redis away: kept", "all", told, not crowd.unsent)
        told = f"{lost}, {twice}, {unordered}"
        self.row("  lost, twice, out of order", "0, 0, 0", told, not (lost or twice or unordered))
        self.row("  closes, refusals meanwhile", "", f"{dict(crowd.closes)}, {dict(crowd.refusals)}")

    async def churn(self):
        """G3: people come and go; whether memory grows."""
        crowd = Crowd(live_site.HOST, self.site.port)
        clients = [crowd.add(cookie, [room]) for cookie, room in self.seats()[: self.asked.clients // 2]]
        await crowd.connect(self.asked.rate)
        held, end, came = [], time.monotonic() + self.asked.soak, 0
        while time.monotonic() < end:
            client = clients[came % len(clients)]
            came += 1
            if client.socket is not None:
                client.socket.transport.abort()
            await asyncio.sleep(0.05)
            if came % 100 == 0:
                held.append(self.site.kilobytes())
                self.say(f"{came} came and went, the site holds {held[-1] / 1024:.0f} MB")
        late = held[len(held) // 3 :] or [1]
        grown = 100 * (late[-1] - late[0]) / late[0]
        self.figures["churn_kilobytes"] = held
        self.row(
            "Memory while people come and go", "≤ 2 %", f"{grown:+.1f} % over {came} sockets", grown <= 2
        )
        await crowd.leave()

    def beside(self):
        """The same crowd in plain groups of Channels."""
        environment = {"BENCH_REDIS_URL": self.redis.url}
        site = self.site_of("bench.plain_room:application", environment)
        self.redis.say("FLUSHALL")
        try:
            site.ready()
            asyncio.run(self.plainly(site))
        finally:
            site.end()

    async def plainly(self, site):
        """G1 with groups of a layer; what is missing after a wait is lost."""
        crowd = Crowd(live_site.HOST, site.port)
        for cookie, room in self.seats():
            crowd.add(cookie, [room])
        await crowd.connect(self.asked.rate, lambda done: self.say(f"{done} are in (plain Channels)"))
        crowd.forget()
        busy, begun = site.seconds(), time.monotonic()
        tasks = self.speakers(crowd)
        await asyncio.sleep(self.asked.seconds / 2)
        busy = (site.seconds() - busy) / (time.monotonic() - begun)
        for task in tasks:
            task.cancel()
        readers = {self.rooms[0]: self.big}
        wanted = sum(readers.get(room, self.small) for room, _seq in crowd.acked.values())
        await crowd.until(lambda: crowd.delivered >= wanted, 30)
        self.figures["plain"] = histogram(crowd.deliveries())
        self.row("Plain Channels: delivery", "beside ours", said(crowd.deliveries()))
        told = f"{wanted - crowd.delivered} of {wanted} lost, {busy:.2f} cores of its site"
        self.row("  never delivered", "", told)
        await crowd.leave()


def main():
    """Run the parts that were asked for and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--soak", type=float, default=60)
    parser.add_argument("--rate", type=float, default=100, help="how many clients come in a second")
    parser.add_argument("--only", default=",".join(PARTS), type=lambda words: words.split(","))
    asked = parser.parse_args()
    asked.folder = ROOT / "var" / "bench"
    asked.folder.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("This needs a PostgreSQL: DATABASE_URL=postgresql://… make bench-live")
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    if files < asked.clients * 2 + 500:
        sys.exit(f"This needs {asked.clients * 2 + 500} open files, and the system gives {files}: ulimit -n")
    redis = live_site.Redis(asked.folder, core=min(os.sched_getaffinity(0)))
    try:
        database = live_site.own_database(os.environ["DATABASE_URL"])
        environment = live_site.environment_of(database, redis.url, asked.folder)
        live_site.prepare(environment)
        bench = Bench(asked, environment, redis)
        bench.run()
    finally:
        redis.end()
    head = f"{asked.clients} clients; the site on core {bench.cores[0]}, the crowd on core {bench.cores[-1]}"
    bench.report.end(asked.folder / "live.json", head)


if __name__ == "__main__":
    main()
