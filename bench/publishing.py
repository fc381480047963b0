"""How long a timetable for thousands of people takes to be published, first and then changed.

    [DATABASE_URL=postgresql://…] python bench/publishing.py [--buyers 2000] [--exporters 4000] [--profile]

In a database of its own that is dropped afterwards. Each buyer meets five exporters; then every fifth meeting
moves and every twentieth is cancelled. Letters are written and posted, not delivered.
"""

import argparse
import cProfile
import os
import pstats
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings.test")

MEETINGS_OF_BUYER = 5
SPOKEN = ("en", "fr", "ar")


def everybody(edition, side, count):
    """So many parties of a side, one person each."""
    from matchmaking.models import Delegate, Party
    from moussem.organisations.models import Organisation
    from moussem.people.models import User

    names = [f"{side}-{number}" for number in range(count)]
    kind = {"buyer": "buyer", "exporter": "cooperative"}[side]
    country = edition.series.organiser.country_id
    houses = Organisation.objects.bulk_create(
        [Organisation(kind=kind, code=f"B-{n}", name=n, slug=n, country_id=country) for n in names]
    )
    people = User.objects.bulk_create(
        [User(email=f"{n}@bench.example", language=SPOKEN[k % 3]) for k, n in enumerate(names)]
    )
    parties = Party.objects.bulk_create(
        [Party(edition=edition, organisation=one, side=side, languages=["en"]) for one in houses]
    )
    pairs = zip(parties, people, strict=True)
    told = {"edition": edition, "languages": ["en"]}
    return parties, Delegate.objects.bulk_create([Delegate(party=p, person=u, **told) for p, u in pairs])


def fill(buyers, exporters):
    """An edition with all of them, what they agreed, and a draft that holds it all."""
    from matchmaking.models import MeetingTable, Request, Slot
    from moussem.core.schema import go_beyond_models
    from tests.factories.catalogue import FamilyFactory
    from tests.factories.matchmaking import meeting_edition, organiser_of

    go_beyond_models()
    edition, family = meeting_edition(tables=0), FamilyFactory()
    actor = organiser_of(edition)
    buying, b_people = everybody(edition, "buyer", buyers)
    selling, e_people = everybody(edition, "exporter", exporters)
    slots = list(Slot.objects.filter(edition=edition))
    # Nobody meets twice in a slot: a buyer goes on by one slot and some exporters with each meeting.
    pairs = [
        (b, (b + n * (exporters // MEETINGS_OF_BUYER)) % exporters, (b + n) % len(slots))
        for b in range(buyers)
        for n in range(MEETINGS_OF_BUYER)
    ]
    about = {"edition": edition, "asked_by": "buyer", "waits_for": "exporter", "state": "accepted"}
    requests = Request.objects.bulk_create(
        [
            Request(**about, buyer=buying[b], exporter=selling[e], asked_person_id=b_people[b].person_id)
            for b, e, _slot in pairs
        ]
    )
    Request.lines.rel.related_model.objects.bulk_create(
        [Request.lines.rel.related_model(request=one, family=family) for one in requests]
    )
    tables = MeetingTable.objects.bulk_create(
        [MeetingTable(edition=edition, kind="standard", number=n + 1) for n in range(buyers)]
    )
    rows = [
        place(request, slots[slot], tables[b], b_people[b], e_people[e])
        for request, (b, e, slot) in zip(requests, pairs, strict=True)
    ]
    return edition, actor, slots, rows


def place(request, slot, table, buyer, exporter):
    """A row of a draft."""
    from matchmaking.timetables.comparing import Place

    return Place(request.pk, slot.pk, table.pk, buyer.pk, exporter.pk).as_row()


def changed(rows, slots):
    """The same a day later: every twentieth is gone, every fifth at another table."""
    tables = [row["table"] for row in rows]
    kept = []
    for number, row in enumerate(rows):
        if number % 20 == 7:
            continue
        kept.append({**row, "table": tables[-1] + 1 + number} if number % 5 == 0 else row)
    return kept


def publish_as(edition, actor, rows, *, name, profile):
    """Publish a draft; what it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from matchmaking.models import Run
    from matchmaking.timetables.actions import publish
    from matchmaking.timetables.facts import read
    from moussem.core.models import OutboxMessage

    OutboxMessage.objects.all().delete()
    run = Run.objects.create(edition=edition, asked_by=actor, state="done", draft=rows, mode="plan")
    Run.objects.filter(pk=run.pk).update(digest=read(edition).digest)
    run = Run.objects.get(pk=run.pk)
    told = cProfile.Profile()
    begun, worked = time.perf_counter(), time.process_time()
    if profile:
        told.enable()
    with CaptureQueriesContext(connection) as asked:
        publish(run, actor=actor)
    told.disable()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    letters = OutboxMessage.objects.count()
    print(f"| {name} | {len(rows)} | {letters} | {len(asked)} | {seconds:.1f} | {cpu:.1f} |", flush=True)
    if profile:
        pstats.Stats(told).sort_stats("cumulative").print_stats(45)


def main():
    """Fill, publish, change."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--buyers", type=int, default=2000)
    asked.add_argument("--exporters", type=int, default=4000)
    asked.add_argument("--profile", action="store_true")
    asked = asked.parse_args()

    import django

    django.setup()
    from django.db import connection
    from django.test.utils import override_settings, setup_test_environment

    from matchmaking.models import MeetingTable

    setup_test_environment()
    override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}).enable()
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["MIGRATE"] = False
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        edition, actor, slots, rows = fill(asked.buyers, asked.exporters)
        print("| published | meetings | letters | queries | seconds | of a processor |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        publish_as(edition, actor, rows, name="the first one", profile=asked.profile)
        last = max(row["table"] for row in rows)
        more = [
            MeetingTable(pk=last + 1 + n, edition=edition, kind="private", number=n) for n in range(len(rows))
        ]
        MeetingTable.objects.bulk_create(more)
        publish_as(edition, actor, changed(rows, slots), name="with changes", profile=asked.profile)
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


if __name__ == "__main__":
    main()
