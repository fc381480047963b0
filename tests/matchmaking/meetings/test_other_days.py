"""Other days of an edition: slots follow them, and nobody loses a booked meeting by them."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from fairs.editions.actions import plan_days
from fairs.editions.grid import Opening
from matchmaking.meetings.actions import cancel_meeting
from matchmaking.meetings.errors import MeetingsOutside
from matchmaking.meetings.states import MeetingState
from matchmaking.models import Matching, Meeting, Request, Slot
from matchmaking.parties.actions import set_absences
from matchmaking.parties.errors import NoSlots, SlotsInUse
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import counter
from matchmaking.requests.queries import held_slot_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def planned(live, *later, minutes=20, closes=time(18)):
    days = [Opening(live.edition.starts_on + timedelta(days=one), time(9), closes) for one in later]
    told = {"breaks": [], "meeting_minutes": minutes, "between_minutes": 5, "actor": live.organiser}
    return plan_days(live.edition, days=days, **told)


def slots_of(edition):
    return list(Slot.objects.filter(edition=edition))


def test_days_without_a_booked_meeting_are_refused_until_it_is_cancelled(live, books):
    meeting = books()

    with pytest.raises(MeetingsOutside) as refused:
        planned(live, 7)

    assert refused.value.facts == {"count": 1}
    live.edition.refresh_from_db()
    first = live.edition.starts_on
    cancel_meeting(meeting, actor=live.organiser, reason="Other days.")
    assert planned(live, 7).starts_on == first + timedelta(days=7)


def test_slots_follow_the_days_and_a_cancelled_meeting_keeps_its_hours(client, live, books):
    meeting = cancel_meeting(books(), actor=live.organiser, reason="Other days.")
    was = live.slots[0].begins

    edition = planned(live, 7)

    # Slots of 20 minutes and 5 between from nine to six.
    assert [slot.on for slot in slots_of(edition)] == [edition.starts_on] * 21
    assert slots_of(edition)[0].begins == was + timedelta(days=7)
    slot = Meeting.objects.get(pk=meeting.pk).slot
    assert (slot.begins, slot.edition) == (was, None)
    client.force_login(live.buys)
    assert client.get(reverse("matchmaking:meeting", args=[edition.slug, meeting.pk])).status_code == 200


def test_one_more_day_has_slots_and_leaves_booked_meetings_where_they_are(live, books):
    meeting = books()
    before = slots_of(live.edition)

    edition = planned(live, 0, 1, 2, 3)

    assert [slot for slot in slots_of(edition) if slot.on <= live.slots[-1].on] == before
    assert sum(slot.on > live.slots[-1].on for slot in slots_of(edition)) == 21
    assert Meeting.objects.get(pk=meeting.pk).slot == live.slots[0]


def test_a_grid_that_would_take_the_slot_of_a_booked_meeting_is_refused(live, books, refused):
    books(1)
    days = [Opening(live.edition.starts_on, time(9), time(18))]

    refused(
        SlotsInUse,
        plan_days,
        live.edition,
        days=days,
        breaks=[],
        meeting_minutes=30,
        between_minutes=5,
        actor=live.organiser,
    )

    assert slots_of(live.edition) == live.slots


def test_days_too_short_for_a_meeting_are_refused_once_meetings_are_made(live):
    with pytest.raises(NoSlots):
        planned(live, 0, minutes=60, closes=time(9, 30))

    assert slots_of(live.edition) == live.slots


def test_what_was_said_of_a_slot_that_is_gone_goes_with_it(live, books):
    cancel_meeting(books(), actor=live.organiser)
    set_absences(live.buyer.delegates.get(), actor=live.buys, slots=live.slots[:1])
    request = Request.objects.get()
    Request.objects.update(state="pending", waits_for="exporter")
    counter(request, actor=live.sells, lines=[{"product": live.product}], held_slot=live.slots[0])

    planned(live, 7)

    assert held_slot_of(Request.objects.get()) is None
    assert (list(request.slots.all()), live.buyer.delegates.get().absences.count()) == ([], 0)


@pytest.mark.parametrize("state", [MatchingState.PREPARING, MatchingState.ENDED])
def test_slots_stay_where_no_meetings_are_made(live, state):
    told = {"opened_at": None} if state == MatchingState.PREPARING else {}
    Matching.objects.update(state=state, **told)

    planned(live, 7)

    assert slots_of(live.edition) == live.slots
    assert not Meeting.objects.filter(state=MeetingState.BOOKED).exists()
