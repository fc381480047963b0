"""Accepts at the same moment, over the same people and slots."""

from functools import partial

from django.db.models import Count

from matchmaking.meetings.actions import accept_and_book
from matchmaking.meetings.errors import NoCommonSlot, SlotTaken
from matchmaking.models import Meeting, Request, Seat, Slot
from matchmaking.parties.actions import advance_matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from tests.factories.catalogue import ProductFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def forty_requests(edition):
    """Eight buyers who each ask five exporters, once meetings are live."""
    buyers, exporters = [buyer_at(edition) for _ in range(8)], [exporter_at(edition) for _ in range(5)]
    goods = {one.pk: ProductFactory(organisation=one.organisation) for one in exporters}
    requests = [
        ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"product": goods[exporter.pk]}])
        for exporter in exporters
        for buyer in buyers
    ]
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    return requests


def test_forty_accepts_over_three_slots_seat_nobody_twice_and_offer_the_losers_others():
    edition = meeting_edition(tables=3)
    requests = forty_requests(edition)
    slots = list(Slot.objects.filter(edition=edition)[:3])

    answers = at_once(
        *[
            partial(accept_and_book, one, actor=speaker_of(one.exporter), slot=slots[number % 3])
            for number, one in enumerate(requests)
        ]
    )

    taken = [one for one in answers if isinstance(one, SlotTaken)]
    assert {type(one) for one in answers} <= {Meeting, SlotTaken, NoCommonSlot}
    assert all(0 < len(one.openings) <= 3 for one in taken)
    for thing in ("delegate", "table"):
        sat = Seat.objects.exclude(**{thing: None}).values("slot", thing).annotate(times=Count("pk"))
        assert {row["times"] for row in sat} == {1}
    # Whoever lost may try again: nothing of the answer was kept.
    assert Request.objects.filter(state="accepted").count() == Meeting.objects.count()
    assert Meeting.objects.count() >= 10
