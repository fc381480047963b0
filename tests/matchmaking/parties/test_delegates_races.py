"""People are released while they answer, and named for one house while they are let go by another."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from fairs.guests.models import Guest
from fairs.guests.states import GuestState
from matchmaking.meetings.actions import (
    accept_and_book,
    book,
    move_meeting,
    run_late,
    say_held,
    write_note,
)
from matchmaking.models import Absence, Delegate, Enquiry, Meeting, Note, Party, Request, Slot, Wish
from matchmaking.parties.actions import (
    advance_matching,
    change_party,
    leave_meetings,
    meet_again,
    name_delegate,
    release_delegate,
    release_lost,
    set_absences,
    set_hours,
)
from matchmaking.parties.errors import MeetsElsewhere
from matchmaking.parties.queries import lost_now, unmet_now
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import (
    accept,
    answer_enquiry,
    ask,
    edit_request,
    enquire,
    forget_wish,
    wish,
    withdraw,
    withdraw_enquiry,
)
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.models import Membership, ProxyConsent
from moussem.organisations.states import Role
from tests.factories.catalogue import FamilyFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of
from tests.factories.organisations import MembershipFactory, ProxyConsentFactory
from tests.factories.trade import member_of
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql

ROUNDS = 12

ACTS = [
    *("ask", "wish", "forget_wish", "enquire", "answer_enquiry", "withdraw_enquiry", "change_party"),
    *("name_delegate", "release_delegate", "set_hours", "set_absences", "leave_meetings"),
    *("run_late", "say_held", "write_note"),
]


@pytest.fixture
def edition():
    return meeting_edition(tables=4)


@pytest.fixture
def exporter(edition):
    """An exporter for whom a second person meets, who is the one to be released."""
    party = exporter_at(edition)
    name_delegate(party, actor=speaker_of(party), person=member_of(party.organisation, Role.SALES).user)
    return party


def asked_of(party):
    buyer = buyer_at(party.edition)
    return ask(buyer, party, actor=speaker_of(buyer), lines=[{"family": FamilyFactory()}])


def second_of(party):
    return party.delegates.order_by("pk").last()


def live(edition):
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    return list(Slot.objects.filter(edition=edition))


@pytest.mark.parametrize("is_live", [True, False])
def test_who_may_act_no_more_accepts_nothing_once_the_lock_is_theirs(edition, exporter, is_live):
    request, person = asked_of(exporter), second_of(exporter).person
    says = partial(accept, request, actor=person)
    if is_live:
        says = partial(accept_and_book, request, actor=person, slot=live(edition)[0])

    with pytest.raises(NotYours), while_it_waits(request, says):
        Membership.objects.filter(user=person).update(is_active=False)

    assert (Request.objects.get().state, Meeting.objects.count()) == ("pending", 0)


@pytest.mark.parametrize("act", ["edit", "withdraw"])
def test_who_may_act_no_more_changes_and_takes_back_nothing_once_the_lock_is_theirs(edition, exporter, act):
    person, lines = second_of(exporter).person, [{"family": FamilyFactory()}]
    request = ask(exporter, buyer_at(edition), actor=person, lines=lines)
    says = partial(withdraw, request, actor=person)
    if act == "edit":
        says = partial(edit_request, request, actor=person, lines=lines, priority="must")
    before = Request.objects.values().get()

    with pytest.raises(NotYours), while_it_waits(request, says):
        Membership.objects.filter(user=person).update(is_active=False)

    assert Request.objects.values().get() == before


def writes_of(exporter, buyer, delegate):
    """What somebody may do for an exporter, or another for a buyer, and whose lock each waits for."""
    lines = [{"family": FamilyFactory()}]
    sells, buys = {"actor": delegate.person}, {"actor": second_of(buyer).person}
    asked = enquire(buyer, exporter, text="Do you dye?", **buys)
    request = accept(asked_of(exporter), actor=delegate.person)
    meeting = book(request, actor=organiser_of(exporter.edition), slot=live(exporter.edition)[0])
    own, fresh = {"party": exporter, **sells}, exporter_at(exporter.edition)
    newcomer = member_of(exporter.organisation, Role.SALES).user
    hours = {"time_zone": "Asia/Tokyo", "wakes": None, "sleeps": None}
    return {
        "ask": (exporter, partial(ask, exporter, buyer, lines=lines, **sells)),
        "wish": (exporter, partial(wish, exporter, buyer, is_wanted=True, **sells)),
        "forget_wish": (exporter, partial(forget_wish, exporter, buyer, **sells)),
        "enquire": (buyer, partial(enquire, buyer, fresh, text="Do you dye?", **buys)),
        "answer_enquiry": (asked, partial(answer_enquiry, asked, answer="Yes.", **sells)),
        "withdraw_enquiry": (asked, partial(withdraw_enquiry, asked, **buys)),
        "change_party": (exporter, partial(change_party, exporter, languages=["de"], **sells)),
        "name_delegate": (exporter, partial(name_delegate, exporter, person=newcomer, **sells)),
        "release_delegate": (exporter, partial(release_delegate, exporter.delegates.first(), **sells)),
        "set_hours": (delegate, partial(set_hours, delegate, **hours, **sells)),
        "set_absences": (exporter, partial(set_absences, delegate, slots=[meeting.slot], **sells)),
        "leave_meetings": (exporter, partial(leave_meetings, exporter, **sells)),
        "run_late": (meeting, partial(run_late, meeting, minutes=5, **own)),
        "say_held": (meeting, partial(say_held, meeting, was_held=True, **own)),
        "write_note": (meeting, partial(write_note, meeting, text="Nice.", **own)),
    }


def all_that_is_kept():
    """What of a fair a person who meets may change."""
    kept = (Absence, Delegate, Enquiry, LogEntry, Meeting, Note, OutboxMessage, Party, Request, Wish)
    return [list(one.objects.order_by("pk").values()) for one in kept]


@pytest.mark.parametrize("act", ACTS)
def test_who_may_act_no_more_writes_nothing_once_the_lock_is_theirs(edition, exporter, act):
    buyer = buyer_at(edition)
    delegate = second_of(exporter)
    locked, says = writes_of(exporter, buyer, delegate)[act]
    actor = says.keywords["actor"]
    before = all_that_is_kept()

    with pytest.raises(NotYours), while_it_waits(locked, says):
        Membership.objects.filter(user=actor).update(is_active=False)
        Guest.objects.filter(person=actor).update(state=GuestState.CANCELLED)

    assert all_that_is_kept() == before


@pytest.mark.parametrize("act", ["accept", "book", "move"])
def test_who_is_released_books_nothing_once_the_parties_are_theirs(edition, exporter, act):
    request, delegate = asked_of(exporter), second_of(exporter)
    person, owner = delegate.person, exporter.delegates.order_by("pk").first().person
    if act != "accept":
        request = accept(request, actor=owner)
    slots = live(edition)
    says = partial(accept_and_book, request, actor=person, slot=slots[0])
    if act == "book":
        says = partial(book, request, actor=person, slot=slots[0])
    elif act == "move":
        says = partial(move_meeting, book(request, actor=owner, slot=slots[3]), actor=person, slot=slots[0])
    before = list(Meeting.objects.values_list("slot", "exporter", "sequence"))

    with pytest.raises(NotYours), while_it_waits(exporter, says):
        release_delegate(delegate, actor=owner)

    assert list(Meeting.objects.values_list("slot", "exporter", "sequence")) == before
    assert Request.objects.get().state == ("pending" if act == "accept" else "accepted")


def test_the_organiser_books_though_they_meet_for_nobody(edition, exporter):
    request = accept(asked_of(exporter), actor=second_of(exporter).person)
    slots = live(edition)

    with while_it_waits(exporter, partial(book, request, actor=organiser_of(edition), slot=slots[0])):
        release_delegate(second_of(exporter), actor=organiser_of(edition))

    assert Meeting.objects.get().slot == slots[0]


def test_whoever_is_let_go_here_is_named_there_at_the_same_moment(edition):
    first, second = exporter_at(edition), exporter_at(edition)
    organiser, slots = organiser_of(edition), live(edition)
    houses = {first.pk: first, second.pk: second}
    held = {
        key: MembershipFactory(organisation=one.organisation, role=Role.DELEGATE)
        for key, one in houses.items()
    }
    person = held[first.pk].user
    held[second.pk].delete()
    held[second.pk] = MembershipFactory(organisation=second.organisation, role=Role.DELEGATE, user=person)
    for number in range(ROUNDS):
        here, over = (first, second) if number % 2 else (second, first)
        ProxyConsent.objects.all().delete()
        ProxyConsentFactory(membership=held[here.pk], valid_until=timezone.now() + timedelta(hours=1))
        name_delegate(here, actor=organiser, person=person)
        if number < len(slots):
            accept_and_book(asked_of(here), actor=person, slot=slots[number])
        ProxyConsent.objects.update(valid_until=timezone.now())
        ProxyConsentFactory(membership=held[over.pk], valid_until=timezone.now() + timedelta(hours=1))

        answers = at_once(
            partial(name_delegate, over, actor=organiser, person=person),
            lambda: release_lost(lost_now()),
            lambda: meet_again(unmet_now()),
        )

        assert not any(isinstance(one, MeetsElsewhere) for one in answers)
        met = Delegate.objects.there().filter(person=person)
        assert [one.party_id for one in met] == [over.pk]
