"""How long an accept takes while others book the same people and slots, on PostgreSQL.

    DATABASE_URL=postgresql://… python bench/booking.py [--connections 8] [--buyers 10] [--exporters 10]

Accepts every request of each buyer to each exporter twice over a few slots, in a database of its own that is
dropped afterwards. Prints how many won and the time of each accept; the goal is a p95 of 150 ms.
"""

import argparse
import os
import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings.test")

GOAL = 150


def fill(buyers, exporters):
    """A live fair with a request of each buyer to each exporter; the requests and the slots."""
    from matchmaking.models import Slot
    from matchmaking.parties.actions import advance_matching
    from matchmaking.parties.states import MatchingState
    from matchmaking.requests.actions import ask
    from tests.factories.catalogue import FamilyFactory
    from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of

    edition, family = meeting_edition(tables=6), FamilyFactory()
    asking = [buyer_at(edition) for _ in range(buyers)]
    asked = [exporter_at(edition) for _ in range(exporters)]
    requests = [
        ask(one, other, actor=speaker_of(one), lines=[{"family": family}])
        for one, other in product(asking, asked)
    ]
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    return requests, list(Slot.objects.filter(edition=edition)[:20])


def accept(job):
    """One accept: how it ended, its milliseconds, and those in which the processor worked for it here."""
    from matchmaking.meetings.actions import accept_and_book
    from moussem.core.errors import Refusal

    request, actor, slot = job
    start, worked = time.perf_counter(), time.process_time()
    try:
        accept_and_book(request, actor=actor, slot=slot)
        ended = "booked"
    except Refusal as refusal:
        ended = refusal.code
    return ended, (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


def come_to_the_line(line):
    """Where every worker waits until all of them are there."""
    global STARTING_LINE
    STARTING_LINE = line


def accept_all(share):
    """One accept after another, by a worker that has served a page and an accept already.

    Its connection to the database knows the tables by then, as those of a site that has been up for a minute.
    """
    from django.db import transaction

    from matchmaking.meetings.openings import openings_for
    from matchmaking.parties.queries import matching_of

    request, _actor, _slot = share[0]
    openings_for(request, matching_of(request.edition))
    with transaction.atomic():
        accept(share[0])
        transaction.set_rollback(True)
    STARTING_LINE.wait(timeout=60)
    return [accept(job) for job in share]


def race(connections, requests, slots):
    """Every request accepted twice, by so many processes at once; how each ended, with its time."""
    from django.db import connection

    from tests.factories.matchmaking import speaker_of

    jobs = [
        (one, speaker_of(one.exporter), slots[(number * 7 + shift) % len(slots)])
        for shift in range(2)
        for number, one in enumerate(requests)
    ]

    # A worker that serves has its templates and catalogues read already; this one is not counted.
    accept(jobs.pop())
    # As the site is served: each process has its own interpreter and its own connection.
    connection.close()
    shares = [jobs[start::connections] for start in range(connections)]
    forking = get_context("fork")
    line = forking.Barrier(connections)
    with ProcessPoolExecutor(connections, forking, initializer=come_to_the_line, initargs=(line,)) as pool:
        return [told for found in pool.map(accept_all, shares) for told in found]


def p95_of(times):
    """What nineteen of twenty stay below."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def report(told):
    """The table, and whether the goal is met. The processor's own time says how much of it was waiting."""
    print(f"{'ended':<22}{'count':>7}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'cpu p50':>9}")
    names = [name for name, _count in Counter(ended for ended, *_rest in told).most_common()]
    for name in ("all", *names):
        rows = [(took, cpu) for ended, took, cpu in told if name in ("all", ended)]
        times = [took for took, _cpu in rows]
        cpu = statistics.median(cpu for _took, cpu in rows)
        figures = (statistics.median(times), p95_of(times), max(times), cpu)
        print(f"{name:<22}{len(rows):>7}" + "".join(f"{figure:>9.1f}" for figure in figures))
    p95 = p95_of([took for _ended, took, _cpu in told])
    print(f"goal: p95 <= {GOAL} ms, {'met' if p95 <= GOAL else 'missed'}")


def main():
    """Build, race, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--connections", type=int, default=8)
    asked.add_argument("--buyers", type=int, default=10)
    asked.add_argument("--exporters", type=int, default=10)
    asked = asked.parse_args()

    import django

    django.setup()
    from django.db import connection
    from django.test.utils import override_settings, setup_test_environment

    from moussem.core.schema import go_beyond_models

    if connection.vendor != "postgresql":
        sys.exit("needs a PostgreSQL in DATABASE_URL: SQLite lets one writer in at a time")
    setup_test_environment()
    # Letters go out by a worker of their own: an accept rings its bell and waits for none.
    override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}).enable()
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["MIGRATE"] = False
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    go_beyond_models()
    try:
        requests, slots = fill(asked.buyers, asked.exporters)
        report(race(asked.connections, requests, slots))
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main()
