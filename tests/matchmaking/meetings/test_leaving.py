"""Whoever leaves takes its requests and meetings along, in one write; many ask as few queries as one."""

import pytest
from django.utils import timezone

from matchmaking.meetings.actions import accept_and_book, call_off, cancel_of_edition
from matchmaking.models import Meeting, Party, Request, Seat
from matchmaking.parties.actions import leave_meetings, name_delegate
from matchmaking.requests.actions import (
    accept,
    ask,
    counter,
    lapse_all,
    withdraw,
    withdraw_for_those_who_left,
)
from moussem.core.models import OutboxMessage
from moussem.organisations.states import Role
from tests.factories.matchmaking import buyer_at, exporter_at, speaker_of
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def states():
    """What became of all requests and meetings, and how many seats are taken."""
    requests = set(Request.objects.values_list("state", flat=True))
    return requests, set(Meeting.objects.values_list("state", flat=True)), Seat.objects.count()


GONE = ({"withdrawn"}, {"cancelled"}, 0)


def test_whoever_leaves_takes_along_what_it_asked_and_booked_in_the_same_write(live, books):
    books()
    other = buyer_at(live.edition)
    ask(live.exporter, other, actor=live.sells, lines=[{"product": live.product}])
    OutboxMessage.objects.all().delete()

    leave_meetings(live.exporter, actor=live.sells)

    assert states() == GONE
    told = [(one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.all()]
    name, fair = live.exporter.organisation.label, live.edition.label
    assert sorted(told) == sorted(
        [
            (live.buys.email, f"Your meeting with {name} at {fair} is cancelled"),
            (live.sells.email, f"Your meeting with {live.buyer.organisation.label} at {fair} is cancelled"),
            (speaker_of(other).email, f"{name} took back its request for a meeting at {fair}"),
        ]
    )


def test_a_request_that_is_withdrawn_frees_its_seats_in_the_same_write(live, books):
    books()

    withdraw(live.request, actor=live.buys, reason="Ill")

    assert states() == GONE
    assert Meeting.objects.get().reason == "Ill"


def letter_to(person):
    """The one letter that somebody got."""
    (letter,) = [one.payload for one in OutboxMessage.objects.all() if one.payload["to"] == person.email]
    return letter["subject"], letter["body"]


def test_of_a_meeting_that_is_called_off_everybody_reads_once(live, books):
    colleague = member_of(live.exporter.organisation, Role.SALES).user
    name_delegate(live.exporter, actor=live.sells, person=colleague)
    meeting = books()
    OutboxMessage.objects.all().delete()

    call_off(live.request, actor=live.buys, reason="Ill")

    name, fair = live.buyer.organisation.label, live.edition.label
    met, other = (
        (live.sells, colleague) if meeting.exporter.person_id == live.sells.pk else (colleague, live.sells)
    )
    subject, body = letter_to(met)
    assert subject == f"Your meeting with {name} at {fair} is cancelled"
    assert f"{name} called it off." in body
    assert "Your side called it off." in letter_to(live.buys)[1]
    subject, body = letter_to(other)
    assert subject == f"{name} does not meet you at {fair} any more"
    assert "The meeting that was booked is cancelled" in body


def test_of_a_request_that_is_taken_back_no_meeting_is_told(live):
    OutboxMessage.objects.all().delete()

    withdraw(live.request, actor=live.buys)

    subject, body = letter_to(live.sells)
    assert subject.endswith(f"took back its request for a meeting at {live.edition.label}")
    assert ("cancelled" in body, "no meeting was booked" in body) == (False, True)


def test_of_an_agreement_without_a_slot_no_meeting_is_told(live):
    accept(live.request, actor=live.sells)
    OutboxMessage.objects.all().delete()

    withdraw(live.request, actor=live.sells)

    assert "no slot was booked for it yet" in letter_to(live.buys)[1]


def test_a_counter_proposal_that_is_taken_back_is_named_so(live):
    counter(live.request, actor=live.sells, lines=[{"product": live.product}], message="Later?")
    OutboxMessage.objects.all().delete()

    withdraw(live.request, actor=live.sells)

    assert "took back its proposal for a meeting" in letter_to(live.buys)[0]


@pytest.mark.parametrize("mend", ["again", "clock"])
def test_what_a_fault_left_standing_of_who_left_is_taken_back(live, books, mend):
    books()
    other = buyer_at(live.edition)
    lines = [{"family": live.product.product_class}]
    stays = ask(other, exporter_at(live.edition), actor=speaker_of(other), lines=lines)
    Party.objects.filter(pk=live.buyer.pk).update(left_at=timezone.now())

    if mend == "again":
        leave_meetings(live.buyer, actor=live.organiser)
    else:
        assert withdraw_for_those_who_left() == 1
        assert withdraw_for_those_who_left() == 0

    assert Request.objects.get(pk=live.request.pk).state == "withdrawn"
    assert (Meeting.objects.get().state, Seat.objects.count()) == ("cancelled", 0)
    assert Request.objects.standing().get() == stays


def books_with(live, many):
    """So many buyers who meet the exporter, one after the other."""
    for number in range(many):
        other = buyer_at(live.edition)
        asked = ask(other, live.exporter, actor=speaker_of(other), lines=[{"product": live.product}])
        accept_and_book(asked, actor=live.sells, slot=live.slots[number])


def asks_of(live, many):
    for _ in range(many):
        ask(live.exporter, buyer_at(live.edition), actor=live.sells, lines=[{"product": live.product}])


def counted(django_assert_max_num_queries, act):
    with django_assert_max_num_queries(100) as seen:
        act()
    return len(seen.captured_queries)


@pytest.mark.parametrize(
    ("brings", "ends"),
    [
        (books_with, lambda live: leave_meetings(live.exporter, actor=live.sells)),
        (books_with, lambda live: cancel_of_edition(live.edition, actor=live.organiser, reason="Rain.")),
        (asks_of, lambda live: lapse_all(live.edition)),
    ],
    ids=["leaving", "cancelling", "lapsing"],
)
def test_the_end_asks_as_much_for_one_as_for_three(live, django_assert_max_num_queries, brings, ends):
    withdraw(live.request, actor=live.buys)
    brings(live, 1)
    one = counted(django_assert_max_num_queries, lambda: ends(live))
    Party.objects.update(left_at=None)
    brings(live, 3)

    assert counted(django_assert_max_num_queries, lambda: ends(live)) <= one
    assert not Request.objects.filter(state="pending").exists()
