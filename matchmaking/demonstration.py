"""Meetings of the fair that runs and of the one that is over, requests in every state, a warm solver."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalogue.models import Product
from fairs.demonstration import ORGANISER
from fairs.editions.models import Edition
from fairs.live.actions import open_call
from fairs.live.models import LiveCall
from fairs.live.safety.queries import is_any_blocked
from fairs.report.demonstration import OVER, happens_there
from matchmaking.meetings.actions import accept_and_book, book, say_held
from matchmaking.meetings.models import Meeting, Note, Seat
from matchmaking.meetings.openings import ON_SITE, Room, openings_in
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.actions import (
    advance_matching,
    hire_interpreter,
    lay_slots,
    lay_tables,
    settle_parties,
)
from matchmaking.parties.models import Matching, Party, Slot
from matchmaking.parties.queries import interpreters_at, matching_of
from matchmaking.parties.states import MatchingState, Side, TableKind
from matchmaking.requests.actions import accept, ask, counter, decline, recommend_at
from matchmaking.requests.choices import needs_of
from matchmaking.requests.models import Request, RequestLine, Wish
from matchmaking.requests.states import DeclineReason, Priority, RequestState
from moussem.core.demonstration import demonstrates
from moussem.core.models import OutboxMessage
from moussem.people.models import User

SOLVER = Path(__file__).parent / "solver"
# Kept so that nobody takes a process that still works for a forgotten one.
COMPILING: list[subprocess.Popen[bytes]] = []
RUNNING = "demo-made-in-africa"
TABLES = ((TableKind.STANDARD, 12), (TableKind.PRIVATE, 2), (TableKind.VIRTUAL, 20))
INTERPRETERS = (
    ("Interprète Démo 1", ("fr", "en")),
    ("Interprète Démo 2", ("fr", "en")),
    ("Interprète Démo 3", ("ar", "en")),
    ("Interprète Démo 4", ("ar", "en")),
)
# Those a visitor of the demonstration can be, who find something in every list.
VISITED = ("buyer@demo.example", "cooperative@demo.example")
REQUESTS = 60
# Of the pairs of somebody who can be visited; the others have five at most.
OF_VISITED, OF_OTHERS = 10, 5
LEFT_TO_ASK = 3
MESSAGES = {
    "en": "We sell in shops of our own. We would like to see samples and talk about a yearly volume.",
    "fr": "Nous vendons en boutique. Nous aimerions voir des échantillons et parler d’un volume annuel.",
    "ar": "نبيع في متاجر التقسيط. نود معاينة عينات والحديث عن كمية سنوية.",
}
OFFERS = {
    "en": "We bring samples to the table, and show how we work.",
    "fr": "Nous apportons des échantillons à la table et montrons notre travail.",
    "ar": "نحضر عينات إلى الطاولة ونريكم طريقة عملنا.",
}
# The fair that is over: what was met about there, and how long before its doors opened it was agreed on.
MEETINGS_BEFORE, TABLES_BEFORE = 22, 4
# How long the call of those who can be visited stands open: an hour later it is opened anew.
CALLED = timedelta(minutes=75)
ASKED, ANSWERED = timedelta(days=11), timedelta(days=8)
AHEAD, FAR = timedelta(weeks=8), timedelta(weeks=200)
REFUSALS = (DeclineReason.QUANTITY, DeclineReason.TIME, DeclineReason.KNOWN, DeclineReason.MARKET)


@demonstrates(order=96, label="Meetings at a fair", daily=True)
@transaction.atomic
def bring_in_the_meetings() -> None:
    """Everything anew around today: what was asked of yesterday’s slots is asked of today’s."""
    edition = Edition.objects.get(slug=RUNNING)
    organiser = User.objects.get(email=ORGANISER)
    _clear(edition)
    if matching_of(edition) is None:
        advance_matching(edition, MatchingState.ASKING, actor=organiser)
    else:
        Matching.objects.filter(edition=edition).update(state=MatchingState.ASKING)
        lay_slots(edition, actor=organiser)
        settle_parties(edition)
    for kind, count in TABLES:
        lay_tables(edition, actor=organiser, kind=kind, count=count)
    if not interpreters_at(edition).exists():
        for name, languages in INTERPRETERS:
            hire_interpreter(edition, actor=organiser, name=name, languages=languages)
    before = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    _ask_and_answer(edition)
    recommend_at(edition)
    # Nobody reads the letters of those who cannot be visited, and carrying a hundred takes seconds.
    OutboxMessage.objects.filter(pk__gt=before).exclude(payload__to__in=VISITED).delete()


def _clear(edition: Edition) -> None:
    Seat.objects.filter(meeting__edition=edition).delete()
    Note.objects.filter(meeting__edition=edition).delete()
    Meeting.objects.filter(edition=edition).delete()
    RequestLine.objects.filter(request__edition=edition).delete()
    Request.objects.filter(edition=edition).delete()
    Wish.objects.filter(party__edition=edition).delete()
    Slot.objects.filter(edition=edition).delete()


def _speaker(party: Party) -> User:
    return min(party.delegates.all(), key=lambda one: one.pk).person


def _ask_and_answer(edition: Edition) -> None:
    parties = Party.objects.meeting().filter(edition=edition, delegates__isnull=False).distinct()
    whole = parties.select_related("organisation", "edition__series__organiser").order_by("pk")
    whole = list(whole.prefetch_related("delegates__person"))
    slots = list(Slot.objects.filter(edition=edition).order_by("-begins")[:12])
    for number, (buyer, exporter, need, product) in enumerate(islice(_pairs(whole), REQUESTS)):
        by_exporter = number % 3 == 2
        party, other = (exporter, buyer) if by_exporter else (buyer, exporter)
        speaker = _speaker(party)
        counted = {"quantity": need.volume, "unit": need.unit} if need and need.volume else {}
        words = (OFFERS if by_exporter else MESSAGES)[speaker.language]
        request = ask(
            party,
            other,
            actor=speaker,
            lines=[{"product": product, **counted}],
            message=words if number % 4 else "",
            priority=Priority.MUST if number % 5 == 0 else Priority.NICE,
            slots=slots[number % 6 : number % 6 + 3] if number % 2 else (),
        )
        _answer(request, _speaker(other), number, slots)


def _answer(request: Request, actor: User, number: int, slots: list[Slot]) -> None:
    turn = number % 5
    if turn == 1:
        accept(request, actor=actor, priority=Priority.MUST)
    elif turn == 2:
        decline(request, actor=actor, reason=REFUSALS[number % len(REFUSALS)])
    elif turn == 3:
        lines = [
            {"product": line.product, "quantity": line.quantity, "unit": line.unit}
            for line in request.lines.all()
        ]
        counter(request, actor=actor, lines=lines, held_slot=slots[number % len(slots)])
    elif turn == 4:
        accept(request, actor=actor)


Pair = tuple[Party, Party, Any, Product]


def _answered_needs(
    buyers: list[Party], exporters: dict[int, Party], offered: dict[int, list[Product]]
) -> dict[tuple[int, int], Pair]:
    """For each buyer the exporters who offer what it needs."""
    needs, found = needs_of(buyers), {}
    for buyer in buyers:
        for need in needs[buyer.organisation_id]:
            for product in offered.get(need.family_id, []):
                exporter = exporters[product.organisation_id]
                found.setdefault((buyer.pk, exporter.pk), (buyer, exporter, need, product))
    return found


def _pairs(parties: list[Party]) -> Iterator[Pair]:
    """Buyers and exporters with a need and a product that answers it, those who can be visited first."""
    exporters = {one.organisation_id: one for one in parties if one.side == Side.EXPORTER}
    buyers = [one for one in parties if one.side == Side.BUYER]
    listed = Product.objects.listed().filter(organisation__in=list(exporters)).order_by("pk")
    listed = list(listed)
    offered: dict[int, list[Product]] = {}
    for product in listed:
        offered.setdefault(product.product_class_id, []).append(product)
    known = {one.pk: _speaker(one).email in VISITED for one in parties}
    found = _answered_needs(buyers, exporters, offered)
    # Who can be visited is asked by others too, whose needs say nothing of it.
    first = {one.organisation_id: one for one in reversed(listed)}
    # Somebody suited is left to be asked.
    left = {
        key
        for one in parties
        if known[one.pk]
        for key in [key for key in found if one.pk in key][-LEFT_TO_ASK:]
    }
    for buyer in buyers:
        for key, exporter in exporters.items():
            if key in first and (known[buyer.pk] or known[exporter.pk]):
                found.setdefault((buyer.pk, exporter.pk), (buyer, exporter, None, first[key]))
    taken: dict[int, int] = {}
    pairs = [pair for key, pair in found.items() if key not in left]
    for pair in sorted(pairs, key=lambda pair: not (known[pair[0].pk] or known[pair[1].pk])):
        most = {one.pk: OF_VISITED if known[one.pk] else OF_OTHERS for one in pair[:2]}
        if all(taken.get(key, 0) < limit for key, limit in most.items()):
            for key in most:
                taken[key] = taken.get(key, 0) + 1
            yield pair


@happens_there
def meet_at_the_fair_that_is_over(edition: Edition, organiser: User) -> None:
    """Meetings agreed on, most of them held, some missed, and one of which nobody said anything.

    Nothing is booked in a slot that is past: its slots stand ahead of today until all are booked.
    """
    before = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    advance_matching(edition, MatchingState.ASKING, actor=organiser)
    advance_matching(edition, MatchingState.LIVE, actor=organiser)
    lay_tables(edition, actor=organiser, kind=TableKind.STANDARD, count=TABLES_BEFORE)
    _move_slots(edition, AHEAD)
    met = list(_meet_before(edition))
    _move_slots(edition, -AHEAD)
    # Of the last one nobody has said anything.
    for number, meeting in enumerate(met[:-1]):
        _say(meeting, was_held=number % 6 != 4)
    OutboxMessage.objects.filter(pk__gt=before).delete()


def _meet_before(edition: Edition) -> Iterator[Meeting]:
    parties = Party.objects.meeting().filter(edition=edition, delegates__isnull=False).distinct()
    whole = list(parties.select_related("organisation", "edition").prefetch_related("delegates__person"))
    matching = matching_of(edition)
    for buyer, exporter, _need, product in islice(_pairs(whole), MEETINGS_BEFORE):
        request = ask(buyer, exporter, actor=_speaker(buyer), lines=[{"product": product}])
        if openings := openings_in(Room(request, matching)):
            yield accept_and_book(request, actor=_speaker(exporter), slot=openings[-1].slot)


def _say(meeting: Meeting, *, was_held: bool) -> None:
    meeting = Meeting.objects.select_related("slot", "request__buyer").get(pk=meeting.pk)
    party = meeting.request.buyer
    say_held(meeting, party=party, actor=_speaker(party), was_held=was_held)


def _move_slots(edition: Edition, by: timedelta) -> None:
    """All slots of an edition at once, past each other: no two may begin together on the way."""
    slots = Slot.objects.filter(edition=edition)
    for step in (FAR, by - FAR):
        slots.update(begins=F("begins") + step, ends=F("ends") + step)


@demonstrates(order=98, label="Meetings at the fair that is over", daily=True)
@transaction.atomic
def move_the_meetings_that_are_over() -> None:
    """The fair that is over stands at its distance before today, and so do its meetings."""
    edition = Edition.objects.get(slug=OVER)
    first = Slot.objects.filter(edition=edition).order_by("begins").first()
    late = edition.starts_on - first.on if first else timedelta()
    if late:
        _move_slots(edition, late)
        for slot in Slot.objects.filter(edition=edition):
            Slot.objects.filter(pk=slot.pk).update(on=slot.on + late)
    opens = edition.doors_open_at
    Request.objects.filter(edition=edition).update(asked_at=opens - ASKED, answered_at=opens - ANSWERED)
    Meeting.objects.filter(edition=edition).update(booked_at=opens - ANSWERED, changed_at=opens - ANSWERED)


@demonstrates(order=95, label="Timetable solver, beside", reads=[SOLVER])
def warm_solver() -> None:
    """Have the solver compiled before somebody asks for a timetable; pages do not wait for it."""
    if settings.DEMONSTRATION:
        COMPILING.append(compile_beside())


def compile_beside() -> subprocess.Popen[bytes]:
    """A process of its own that compiles the solver, politely, and ends."""
    words = "import os; os.nice(10); from matchmaking.solver.warming import warm; warm()"
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", words],
        cwd=settings.BASE_DIR,
        env=os.environ | {"VAR_DIR": str(settings.VAR_DIR), "PYTHONPATH": str(settings.BASE_DIR)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@demonstrates(order=202, label="A meeting by video, open now", hourly=True)
@transaction.atomic
def bring_in_a_call() -> None:
    """Those who can be visited meet by video, and their call is open at whatever hour somebody tries it."""
    edition = Edition.objects.filter(slug=RUNNING).first()
    people = [User.objects.filter(email=one).first() for one in VISITED]
    if edition is None or None in people or is_any_blocked(people):
        return
    meeting = _meet_by_video(edition, *people)
    if meeting is None:
        return
    now = timezone.now()
    hours = {"begins_at": now, "ends_at": now + CALLED}
    if meeting.call and meeting.call.is_open:
        LiveCall.objects.filter(room=meeting.call).update(**hours)
    else:
        meeting.call = open_call(edition, people, **hours)
        meeting.save(update_fields=["call"])


def _meet_by_video(edition: Edition, buys: User, sells: User) -> Meeting | None:
    """The meeting of the two in the last slot that suits them; None where they have none any more."""
    between = {"buyer__delegates__person": buys, "exporter__delegates__person": sells}
    request = Request.objects.filter(edition=edition, **between).first()
    if request is None or request.state not in (RequestState.PENDING, RequestState.ACCEPTED):
        return None
    met = Meeting.objects.filter(request=request).select_related("call").first()
    if met is not None:
        return met if met.is_by_video and met.state == MeetingState.BOOKED else None
    # Both meet at tables and on screens, and this time they choose the screen.
    _meet_at(request.buyer, [TableKind.VIRTUAL])
    _meet_at(request.exporter, [*ON_SITE, TableKind.VIRTUAL])
    if request.state == RequestState.PENDING:
        request = accept(request, actor=sells if request.asked_by == Side.BUYER else buys)
    request = Request.objects.select_related("edition", "buyer", "exporter").get(pk=request.pk)
    openings = openings_in(Room(request, matching_of(edition)))
    met = book(request, actor=User.objects.get(email=ORGANISER), slot=openings[-1].slot) if openings else None
    _meet_at(request.buyer, [*ON_SITE, TableKind.VIRTUAL])
    return met


def _meet_at(party: Party, kinds: list[str]) -> None:
    Party.objects.filter(pk=party.pk).update(table_kinds=kinds)
