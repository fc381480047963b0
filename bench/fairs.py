"""An edition at its largest: every page of its organiser, and what visitors open most.

    python bench/fairs.py [--exhibitors 1000] [--guests 5000] [--sessions 200] [--rounds 10]

Prints queries, median CPU ms and weight of each page on SQLite. The goals are in docs/performance.md.
"""

import argparse
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.measure import measure, start  # noqa: E402

SLUG = "demo-made-in-africa"
ORGANISER = "organiser@demo.example"
PAGES = (
    "board",
    "texts",
    "days",
    "asked",
    "received",
    "selection",
    "decided",
    "guests",
    "announcements",
    "report",
    "plan",
    "parts",
    "floor",
    "badges",
    "doors",
    "edition",
    "hall_plan",
    "exhibitors",
    "programme",
    "programme?day=all",
)


def fill(exhibitors, guests, sessions):
    """The running edition of the demonstration, grown to this size; the edition and who runs it."""
    from fairs.models import Edition
    from moussem.core import demonstration
    from moussem.people.models import User

    for step in demonstration.steps_to_run():
        demonstration.run_step(step)
    edition = Edition.objects.get(slug=SLUG)
    organiser = User.objects.get(email=ORGANISER)
    _exhibitors(edition, organiser, exhibitors)
    _guests(edition, guests)
    _sessions(edition, organiser, sessions)
    return edition, organiser


def _exhibitors(edition, organiser, count):
    """Sellers who applied, were accepted, and stand in halls of their own."""
    from django.utils import timezone

    from fairs.floor.actions import start_hall
    from fairs.floor.geometry import Table
    from fairs.models import Allotment, Application, Booth, Exhibitor
    from moussem.organisations.models import Organisation
    from moussem.organisations.states import Kind

    like = Organisation.objects.filter(kind=Kind.COOPERATIVE, is_demonstration=True)
    told = list(like.values("country_id", "region_id", "province_id", "languages", "women_led")[:20])
    categories = list(edition.categories.all())
    sellers = Organisation.objects.bulk_create(
        Organisation(kind=Kind.COOPERATIVE, name=f"Coopérative {n}", slug=f"bench-{n}", **told[n % len(told)])
        for n in range(count)
    )
    sent = [
        Application(
            edition=edition,
            organisation=one,
            category=categories[n % len(categories)],
            state="accepted" if n % 4 else "sent",
            sent_at=timezone.now(),
            languages=["fr"],
        )
        for n, one in enumerate(sellers)
    ]
    Application.objects.bulk_create(sent)
    exhibits = Exhibitor.objects.bulk_create(
        Exhibitor(edition=edition, organisation=one.organisation, category=one.category) for one in sent
    )
    halls = []
    for number in range(-(-count // 240)):
        names = {f"name_{code}": f"Hall {number + 3}" for code in ("en", "fr", "ar")}
        table = Table(rows=10, columns=24, width=30, depth=30, aisle=25, first_row=20 + 10 * number)
        halls.append(start_hall(edition, actor=organiser, table=table, **names))
    booths = Booth.objects.filter(hall__in=halls).order_by("pk")[:count]
    Allotment.objects.bulk_create(
        Allotment(booth=booth, exhibitor=one) for booth, one in zip(booths, exhibits, strict=False)
    )


def _guests(edition, count):
    """People who are admitted, a third of them buyers, and one in fifty who waits."""
    from fairs.models import Guest
    from moussem.organisations.models import Organisation
    from moussem.organisations.states import Kind
    from moussem.people.models import User

    buyers = list(Organisation.objects.filter(kind=Kind.BUYER))
    people = User.objects.bulk_create(
        User(email=f"guest{n}@bench.example", first_name="Guest", last_name=str(n), password="!")
        for n in range(count)
    )
    Guest.objects.bulk_create(
        (
            Guest(
                edition=edition,
                person=one,
                organisation=buyers[n % len(buyers)] if n % 3 == 0 else None,
                tier="buyer" if n % 3 == 0 else "visitor",
                state="waiting" if n % 150 == 0 else "admitted",
            )
            for n, one in enumerate(people)
        ),
        batch_size=500,
    )


def _sessions(edition, organiser, count):
    """A programme in eight rooms, released."""
    from fairs.models import Room, Session, Speaker
    from fairs.sessions.actions import release_programme

    names = ("name_en", "name_fr", "name_ar")
    rooms = Room.objects.bulk_create(
        Room(edition=edition, **dict.fromkeys(names, f"Room {n}")) for n in range(8)
    )
    speakers = Speaker.objects.bulk_create(
        Speaker(edition=edition, name=f"Speaker {n}") for n in range(count // 2)
    )
    like = Session.objects.filter(edition=edition).first()
    kept = {f.attname: getattr(like, f.attname) for f in Session._meta.concrete_fields}
    for name in ("id", "uid", "taken", "capacity", "room_id", "begins_at", "ends_at"):
        kept.pop(name, None)
    first = like.begins_at.replace(hour=8, minute=0)
    made = []
    for n in range(count):
        begins: datetime = first + timedelta(days=n % 3, minutes=30 * ((n // 3) % 16))
        made.append(
            Session(
                **kept, room=rooms[(n // 48) % 8], begins_at=begins, ends_at=begins + timedelta(minutes=25)
            )
        )
    Session.objects.bulk_create(made)
    links = Session.speakers.through
    links.objects.bulk_create(
        links(session_id=one.pk, speaker_id=speakers[n % len(speakers)].pk) for n, one in enumerate(made)
    )
    release_programme(edition, actor=organiser)


def address(edition, page):
    """Where a page of the edition is; what comes after a question mark is asked of it."""
    from django.urls import reverse

    name, mark, asked = page.partition("?")
    return reverse(f"fairs:{name}", args=[edition.slug]) + mark + asked


def main():
    """Grow, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (("exhibitors", 1000), ("guests", 5000), ("sessions", 200), ("rounds", 10)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start("ours", folder)
        from django.test import Client

        print("  growing the edition …", file=sys.stderr, flush=True)
        edition, organiser = fill(asked.exhibitors, asked.guests, asked.sessions)
        client = Client()
        client.force_login(organiser)
        print(f"\n{asked.exhibitors:,} exhibitors, {asked.guests:,} guests, {asked.sessions} sessions")
        print("| page | queries | CPU ms | kB |\n| --- | ---: | ---: | ---: |")
        for page in PAGES:
            where = address(edition, page)
            seen = measure(lambda _turn, where=where: client.get(where), asked.rounds)
            figures = f"{seen['queries']} | {seen['cpu_ms']:.0f} | {seen['kb']:.0f}"
            print(f"| {page} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
