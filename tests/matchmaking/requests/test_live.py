"""During the fair an accepted request is booked at once, on the page."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from matchmaking.meetings.actions import accept_and_book, book, call_off
from matchmaking.meetings.errors import MeetingBegun, SlotTaken
from matchmaking.models import Meeting, Request, Seat
from matchmaking.parties.actions import advance_matching, set_absences
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, ask, counter
from moussem.core.models import OutboxMessage
from tests.factories.matchmaking import buyer_at, letters_posted, speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def live(fair):
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    return fair


def address(fair, request):
    return reverse("matchmaking:request", args=[fair.edition.slug, request.pk])


def accepts(client, fair, request, slot, **told):
    """The exporter sends the form of its answer."""
    client.force_login(fair.sells)
    sent = {"act": "accept", "seen": request.digest, "accept-priority": "must", "accept-slot": slot.pk}
    return client.post(address(fair, request), sent | told)


def test_accepting_books_the_slot_that_was_chosen(client, live, asks):
    request = asks()

    answer = accepts(client, live, request, live.slots[1])

    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    assert (meeting.request, meeting.slot, Request.objects.get().state) == (
        request,
        live.slots[1],
        "accepted",
    )
    assert "09:25" in client.get(address(live, request)).content.decode()


def test_slots_that_were_preferred_and_suit_both_are_offered_first(client, live, asks):
    request = asks(slots=[live.slots[2]])
    client.force_login(live.sells)

    form = client.get(address(live, request)).context["forms"]["accept"]

    assert form["slot"].value() == str(live.slots[2].pk)


def test_the_slot_that_the_other_side_proposed_is_the_first_choice(client, live, asks):
    lines = [{"product": live.product}]
    request = asks(slots=[live.slots[0]])
    counter(request, actor=live.sells, lines=lines, held_slot=live.slots[2])
    client.force_login(live.buys)

    form = client.get(address(live, request)).context["forms"]["accept"]

    assert form["slot"].value() == str(live.slots[2].pk)


def test_the_list_of_exporters_leads_to_the_request_and_to_the_meeting_once_there_is_one(client, live, asks):
    request = accept(asks(), actor=live.sells)
    client.force_login(live.buys)
    people = reverse("matchmaking:directory", args=[live.edition.slug])

    agreed = client.get(people).content.decode()
    meeting = book(request, actor=live.buys, slot=live.slots[0])
    booked = client.get(people).content.decode()

    there = reverse("matchmaking:meeting", args=[live.edition.slug, meeting.pk])
    assert ("See the request" in agreed, "See the meeting" in agreed, there in agreed) == (True, False, False)
    assert ("See the request" in booked, "See the meeting" in booked, there in booked) == (False, True, True)


def test_six_slots_are_offered_and_every_other_that_suits_below_a_fold(client, live, asks):
    request = asks()
    client.force_login(live.sells)
    here = address(live, request)

    page = client.get(here)

    form = page.context["forms"]["accept"]
    every = [str(key) for key in live.edition.meeting_slots.values_list("pk", flat=True)]
    shown = [key for _day, rows in form.fields["slot"].choices for key, _label in rows]
    below = [key for _day, rows in form.more for key, _label in rows]
    assert (shown, below) == (every[:6], every[6:])
    assert form["slot"].label == "The next 6 that suit both"
    assert page.content.decode().count('name="accept-slot"') == len(every)
    # What was chosen there is chosen still when something else is wrong.
    answer = client.post(here, {"act": "accept", "accept-slot": every[-1], "accept-priority": "all"})
    assert answer.context["forms"]["accept"].is_later
    last = client.post(
        here, {"act": "accept", "seen": request.digest, "accept-slot": every[-1], "accept-priority": "nice"}
    )
    assert (last.status_code, str(Meeting.objects.get().slot_id)) == (302, every[-1])


def test_the_loser_of_a_slot_reads_the_next_three_and_keeps_what_was_typed(client, live, asks):
    request, rival = asks(), buyer_at(live.edition)
    won = ask(rival, live.exporter, actor=speaker_of(rival), lines=[{"product": live.product}])
    accept_and_book(won, actor=live.sells, slot=live.slots[0])

    told = {"accept-answer": "See you there"}
    answer = accepts(client, live, request, live.slots[0], **told)

    form = answer.context["forms"]["accept"]
    offered = [key for _day, rows in form.fields["slot"].choices for key, _label in rows]
    coming = live.edition.meeting_slots.values_list("pk", flat=True)[1:4]
    assert (answer.status_code, offered) == (200, [str(key) for key in coming])
    assert form["answer"].value() == "See you there"
    assert form["priority"].value() == "must"
    assert form.errors == {"slot": [str(SlotTaken.text)]}
    request.refresh_from_db()
    assert (request.state, Meeting.objects.count()) == ("pending", 1)


def test_without_a_common_slot_the_page_says_so(client, live, asks):
    request = asks()
    delegate = live.buyer.delegates.get()
    set_absences(delegate, actor=live.buys, slots=live.edition.meeting_slots.all())

    answer = accepts(client, live, request, live.slots[0])

    assert "There is no slot left" in answer.content.decode()
    assert (Meeting.objects.count(), Request.objects.get().state) == (0, "pending")


def test_calling_off_frees_the_seats_and_writes_to_the_other_side(client, live, asks):
    request = asks()
    accept_and_book(request, actor=live.sells, slot=live.slots[0])
    client.force_login(live.buys)

    seen = Request.objects.get().digest
    client.post(address(live, request), {"act": "withdraw", "seen": seen, "withdraw-reason": "Ill"})

    assert (Request.objects.get().state, Meeting.objects.get().state) == ("withdrawn", "cancelled")
    assert (Seat.objects.count(), Meeting.objects.get().reason) == (0, "Ill")


def test_a_meeting_that_has_begun_is_not_called_off(live, asks, refused):
    request = asks()
    meeting = accept_and_book(request, actor=live.sells, slot=live.slots[0])

    with time_machine.travel(meeting.slot.begins + timedelta(minutes=1), tick=False):
        refused(MeetingBegun, call_off, request, actor=live.buys)


def test_what_was_agreed_before_has_no_slot_yet_and_is_called_off_without_a_meeting(fair, asks):
    request = asks()
    accept(request, actor=fair.sells)

    assert call_off(request, actor=fair.buys).state == "withdrawn"


def test_whoever_asked_reads_in_one_letter_when_they_meet_and_what_was_answered(client, live, asks):
    request = asks()
    OutboxMessage.objects.all().delete()

    accepts(client, live, request, live.slots[0], **{"accept-answer": "Bring your roast."})

    told = {one["to"]: one["body"] for one in letters_posted()}
    assert OutboxMessage.objects.count() == 2
    assert "Bring your roast." in told[live.buys.email]
    assert "Bring your roast." not in told[live.sells.email]


@pytest.mark.parametrize("side", ["buys", "sells"])
def test_either_side_finds_a_time_for_what_was_agreed_before_the_fair(client, fair, asks, side):
    request = accept(asks(slots=[fair.slots[2]]), actor=fair.sells)
    home = reverse("matchmaking:home", args=[fair.edition.slug])
    client.force_login(getattr(fair, side))
    assert "book" not in client.get(address(fair, request)).context["forms"]
    assert "Find a time" not in client.get(home).content.decode()
    advance_matching(fair.edition, MatchingState.LIVE, actor=fair.organiser)
    form = client.get(address(fair, request)).context["forms"]["book"]
    assert form["slot"].value() == str(fair.slots[2].pk)
    assert f"{address(fair, request)}#book" in client.get(home).content.decode()

    answer = client.post(address(fair, request), {"act": "book", "book-slot": form["slot"].value()})

    meeting = Meeting.objects.get()
    assert (answer.status_code, meeting.slot, meeting.origin) == (302, fair.slots[2], "live")
    assert "Find a time" not in client.get(home).content.decode()


def test_whoever_is_second_to_find_a_time_reads_what_is_left_or_that_it_is_booked(client, live, asks):
    request, rival = accept(asks(), actor=live.sells), buyer_at(live.edition)
    won = ask(rival, live.exporter, actor=speaker_of(rival), lines=[{"product": live.product}])
    accept_and_book(won, actor=live.sells, slot=live.slots[0])
    client.force_login(live.buys)

    late = client.post(address(live, request), {"act": "book", "book-slot": live.slots[0].pk})

    form = late.context["forms"]["book"]
    assert (form.errors, form["slot"].value()) == (
        {"slot": [str(SlotTaken.text)]},
        str(live.slots[1].pk),
    )
    assert Meeting.objects.filter(request=request).count() == 0
    for _ in range(2):
        client.post(address(live, request), {"act": "book", "book-slot": live.slots[1].pk})
    assert Meeting.objects.filter(request=request).count() == 1
