"""What two have behind them when they come to the next edition: orders, meetings held, agreed on, missed."""

from datetime import date, timedelta

import pytest
import time_machine

from fairs.models import Exhibitor
from matchmaking.meetings.actions import say_held, write_note
from matchmaking.meetings.states import NextStep
from matchmaking.models import Party
from matchmaking.parties.actions import settle_parties
from matchmaking.requests.affinities import profiles_of
from moussem.organisations.models import Membership
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState
from tests.factories.guests import buyer as comes_to_buy
from tests.factories.matchmaking import meeting_edition
from tests.factories.trade import placed_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NEXT = date(2031, 5, 6)


@pytest.fixture
def next_edition(live):
    """The two of the live fair at the edition a year later."""
    edition = meeting_edition(starts_on=NEXT)
    comes_to_buy(edition, Membership.objects.get(user=live.buys))
    Exhibitor.objects.create(edition=edition, organisation=live.exporter.organisation)
    settle_parties(edition)
    return edition


def past_at(edition):
    """What the exporter has behind it with the buyer."""
    parties = list(Party.objects.filter(edition=edition))
    (seller,) = profiles_of(edition, parties).exporters.values()
    return {
        what: list(getattr(seller, what).values())
        for what in ("ordered", "agreed", "met", "missed")
        if getattr(seller, what)
    }


@pytest.fixture
def said(live, books):
    """Both say what became of the meeting, and note what follows."""

    def run(was_held, *steps):
        meeting = books(0)
        with time_machine.travel(meeting.slot.ends + timedelta(minutes=5), tick=False):
            for party, actor in ((live.buyer, live.buys), (live.exporter, live.sells)):
                say_held(meeting, party=party, actor=actor, was_held=was_held)
            for step, (party, actor) in zip(
                steps, ((live.buyer, live.buys), (live.exporter, live.sells)), strict=False
            ):
                write_note(meeting, party=party, actor=actor, next_step=step)
        return meeting.slot.on

    return run


@pytest.mark.parametrize(
    ("was_held", "steps", "what"),
    [
        (True, (), "met"),
        (True, (NextStep.SAMPLE, NextStep.QUOTATION), "agreed"),
        (True, (NextStep.SAMPLE,), "met"),
        (True, (NextStep.SAMPLE, NextStep.NOTHING), "met"),
        (False, (), "missed"),
    ],
)
def test_meeting_of_an_earlier_edition_is_history(said, next_edition, was_held, steps, what):
    on = said(was_held, *steps)

    assert past_at(next_edition) == {what: [on]}


def test_what_happens_at_an_edition_is_no_history_of_it(live, said):
    said(True)

    assert past_at(live.edition) == {}


@pytest.mark.parametrize(
    ("status", "placed", "past"),
    [
        (OrderState.DELIVERED, "2031-05-05T20:00:00+00:00", {"ordered": [date(2031, 5, 5)]}),
        (OrderState.DELIVERED, "2031-05-06T08:00:00+00:00", {}),
        (OrderState.SHIPPED, "2030-01-01T12:00:00+00:00", {}),
        (OrderState.REFUSED, "2030-01-01T12:00:00+00:00", {}),
    ],
)
def test_order_that_arrived_before_the_edition_is_history(live, next_edition, status, placed, past):
    sides = {
        "seller_side": Membership.objects.get(user=live.sells),
        "buyer_side": Membership.objects.get(user=live.buys),
    }
    order = placed_order(**sides)
    Order.objects.filter(pk=order.pk).update(status=status, date_placed=placed)

    assert past_at(next_edition) == past
