"""Where a side sends nobody, whoever is free later meets."""

from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from matchmaking.meetings.actions import accept_and_book, fill_in, go_on_longer, move_meeting, open_call_of
from matchmaking.meetings.queries import without_somebody
from matchmaking.models import Meeting, Request
from matchmaking.parties.actions import (
    change_party,
    lay_tables,
    meet_again,
    name_delegate,
    release_lost,
    set_absences,
    set_hours,
)
from matchmaking.parties.models import Delegate
from matchmaking.parties.queries import lost_now, unmet_now
from matchmaking.parties.states import TableKind
from matchmaking.requests.actions import ask
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from tests.factories.matchmaking import buyer_at, exhibits_at, letters_posted, speaker_of
from tests.factories.organisations import MembershipFactory, ProxyConsentFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def left(live, books):
    """A meeting whose exporter left, and a colleague who is away in that slot."""
    colleague = member_of(live.exporter.organisation, Role.OWNER).user
    name_delegate(live.exporter, actor=live.sells, person=colleague)
    one = Delegate.objects.get(person=colleague)
    set_absences(one, actor=colleague, slots=[live.slots[0]])
    meeting = books(0)
    Membership.objects.filter(user=live.sells).update(is_active=False)
    release_lost(lost_now())
    assert list(without_somebody()) == [meeting]
    return meeting, one


def written():
    """Each letter that was posted, by its reader and its subject."""
    return sorted((one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.all())


def handed(meeting):
    return LogEntry.objects.filter(verb="meeting_handed_over", subject_id=str(meeting.pk)).count()


def test_nothing_is_done_twice_while_nobody_is_free(left):
    meeting, _colleague = left
    before = (Meeting.objects.get().sequence, handed(meeting), OutboxMessage.objects.count())

    fill_in()

    assert (Meeting.objects.get().sequence, handed(meeting), OutboxMessage.objects.count()) == before


def test_colleague_who_is_free_by_now_meets_and_is_told(left):
    meeting, colleague = left
    set_absences(colleague, actor=colleague.person, slots=[])
    OutboxMessage.objects.all().delete()

    fill_in()
    fill_in()

    meeting = Meeting.objects.get()
    assert (meeting.exporter, without_somebody().count()) == (colleague, 0)
    assert meeting.seats.filter(delegate=colleague, person=colleague.person).count() == 1
    to_them = OutboxMessage.objects.filter(payload__to=colleague.person.email)
    assert [one.payload["subject"] for one in to_them] == [
        f"You meet {meeting.request.buyer.organisation.label} at {meeting.edition.label}"
    ]


def test_colleague_whose_slot_is_freed_meets_at_once(left, django_capture_on_commit_callbacks):
    _meeting, colleague = left

    with django_capture_on_commit_callbacks(execute=True):
        set_absences(colleague, actor=colleague.person, slots=[])

    assert (Meeting.objects.get().exporter, without_somebody().count()) == (colleague, 0)


def test_colleague_who_wakes_earlier_meets_at_once(left, live, django_capture_on_commit_callbacks):
    _meeting, colleague = left
    hours = {"actor": colleague.person, "time_zone": "Africa/Casablanca"}
    set_hours(colleague, **hours, wakes=time(12), sleeps=time(22))
    set_absences(colleague, actor=colleague.person, slots=[])
    fill_in()
    assert without_somebody().count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        set_hours(colleague, **hours, wakes=None, sleeps=None)

    assert (Meeting.objects.get().exporter, without_somebody().count()) == (colleague, 0)


def test_whoever_was_told_that_they_come_no_more_and_got_the_meeting_again_is_told_anew(live, left):
    """A move tells everybody who comes: what was said before it is known no more."""
    _meeting, colleague = left
    set_absences(colleague, actor=colleague.person, slots=[])
    fill_in()
    Membership.objects.filter(user=live.sells).update(is_active=True)
    name_delegate(live.exporter, actor=colleague.person, person=live.sells)
    set_absences(colleague, actor=colleague.person, slots=[live.slots[3]])
    move_meeting(Meeting.objects.get(), actor=live.buys, slot=live.slots[3])
    assert Meeting.objects.get().exporter.person == live.sells
    Membership.objects.filter(user=live.sells).update(is_active=False)
    OutboxMessage.objects.all().delete()

    release_lost(lost_now())

    house, other, fair = live.exporter.organisation.label, live.buyer.organisation.label, live.edition.label
    told = [one for one in written() if one[0] in (live.buys.email, colleague.person.email)]
    assert told == sorted(
        [
            (colleague.person.email, f"Nobody of your side comes to the meeting with {other} at {fair}"),
            (live.buys.email, f"Nobody comes for {house} to your meeting at {fair} at the moment"),
        ]
    )


def test_a_colleague_takes_over_a_call_without_the_slot_in_which_they_meet_somebody_else(live):
    lay_tables(live.edition, actor=live.organiser, kind=TableKind.VIRTUAL, count=2)
    change_party(live.buyer, actor=live.buys, languages=live.buyer.languages, table_kinds=["virtual"])
    meeting = accept_and_book(Request.objects.get(pk=live.request.pk), actor=live.sells, slot=live.slots[0])
    colleague = member_of(live.exporter.organisation, Role.OWNER).user
    name_delegate(live.exporter, actor=live.sells, person=colleague)
    other = buyer_at(live.edition)
    asked = ask(other, live.exporter, actor=speaker_of(other), lines=[{"product": live.product}])
    rival = accept_and_book(asked, actor=colleague, slot=live.slots[1])
    assert rival.exporter.person == colleague
    with time_machine.travel(meeting.slot.begins + timedelta(minutes=1), tick=False):
        assert go_on_longer(open_call_of(meeting, actor=live.buys), actor=live.buys) == live.slots[1].ends
        Membership.objects.filter(user=live.sells).update(is_active=False)

        release_lost(lost_now())

    now = Meeting.objects.get(pk=meeting.pk)
    assert (now.exporter.person, now.call) == (colleague, None)
    assert {one.slot for one in now.seats.all()} == {live.slots[0]}


def test_a_colleague_and_the_other_side_are_told_once_that_nobody_comes(live, left):
    _meeting, colleague = left
    name, other, fair = live.exporter.organisation.label, live.buyer.organisation.label, live.edition.label

    def told():
        found = [(one["to"], one["subject"]) for one in letters_posted()]
        return sorted(one for one in found if "obody" in one[1])

    expected = sorted(
        [
            (colleague.person.email, f"Nobody of your side comes to the meeting with {other} at {fair}"),
            (live.buys.email, f"Nobody comes for {name} to your meeting at {fair} at the moment"),
        ]
    )
    assert told() == expected

    fill_in()

    assert told() == expected


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_whoever_was_told_that_nobody_comes_is_told_once_who_does(live, left, language):
    meeting, colleague = left
    other = member_of(live.exporter.organisation, Role.SALES).user
    name_delegate(live.exporter, actor=colleague.person, person=other)
    set_absences(Delegate.objects.get(person=other), actor=other, slots=[live.slots[0]])
    for person in (other, live.buys):
        person.language = language
        person.save()
    set_absences(colleague, actor=colleague.person, slots=[])
    OutboxMessage.objects.all().delete()

    for _round in range(2):
        fill_in()

    told = {one.payload["to"]: one.payload for one in OutboxMessage.objects.all()}
    assert (len(told), OutboxMessage.objects.count()) == (3, 3)
    assert set(told) == {colleague.person.email, other.email, live.buys.email}
    for person in (other, live.buys):
        letter = told[person.email]
        assert str(colleague.person) in letter["body"]
        assert f"/{language}/fairs/{live.edition.slug}/meetings/{meeting.pk}/" in letter["body"]
        assert (letter["subject"].startswith("Somebody "), "&" in letter["body"]) == (language == "en", False)
    # Whoever looks on has nothing in their calendar; whoever comes has there whom they meet now.
    assert "invitation" not in told[other.email]
    asked = Calendar.from_ical(told[live.buys.email]["invitation"]["text"])
    (event,) = asked.walk("VEVENT")
    now = Meeting.objects.get()
    assert (str(asked["method"]), event["sequence"]) == ("REQUEST", now.sequence)
    assert str(event["uid"]) == f"{now.uid}@meetings.moussem"
    assert str(colleague.person) in event["description"]


def test_whoever_is_named_where_nobody_comes_meets_at_once(
    client, live, left, django_capture_on_commit_callbacks
):
    meeting, colleague = left
    named = member_of(live.exporter.organisation, Role.SALES).user
    house, other, fair = live.exporter.organisation.label, live.buyer.organisation.label, live.edition.label
    OutboxMessage.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        name_delegate(live.exporter, actor=colleague.person, person=named)
    fill_in()

    now = Meeting.objects.get()
    assert (now.exporter.person, without_somebody().count()) == (named, 0)
    assert now.seats.filter(delegate=now.exporter, person=named).count() == 1
    own = f"Somebody of your side comes to the meeting with {other} at {fair} again"
    assert written() == sorted(
        [
            (named.email, f"You meet {other} at {fair}"),
            (colleague.person.email, own),
            (live.buys.email, f"Somebody comes for {house} to your meeting at {fair} again"),
        ]
    )
    address = reverse("matchmaking:meeting", args=[live.edition.slug, meeting.pk])
    for person, words in ((named, OURS), (colleague.person, OURS), (live.buys, THEIRS)):
        client.force_login(person)
        assert words not in client.get(address).content.decode()


def test_whoever_meets_again_for_an_empty_house_takes_its_meetings_up_at_once(
    live, left, django_capture_on_commit_callbacks
):
    _meeting, colleague = left
    Membership.objects.filter(user=colleague.person).update(is_active=False)
    release_lost(lost_now())
    named = member_of(live.exporter.organisation, Role.SALES).user

    with django_capture_on_commit_callbacks(execute=True):
        meet_again(unmet_now())

    assert (Meeting.objects.get().exporter.person, without_somebody().count()) == (named, 0)


OURS = "Nobody comes for your side at the moment: add a colleague"
THEIRS = "comes no more; a colleague is looked for."


def test_both_sides_read_that_nobody_comes_for_one_of_them_until_somebody_does(client, live, left):
    meeting, colleague = left
    gone = str(meeting.exporter.person)
    one, home, agenda = (
        reverse("matchmaking:meeting", args=[live.edition.slug, meeting.pk]),
        reverse("matchmaking:home", args=[live.edition.slug]),
        reverse("fairs:agenda", args=[live.edition.slug]),
    )

    def read(person, *addresses):
        client.force_login(person)
        pages = [client.get(address).content.decode() for address in addresses]
        return [[words in page for words in (OURS, THEIRS, gone)] for page in pages]

    assert read(colleague.person, one, home) == [[True, False, False]] * 2
    assert read(live.buys, one, home, agenda) == [[False, True, False]] * 3

    set_absences(colleague, actor=colleague.person, slots=[])
    fill_in()

    assert read(colleague.person, one, home) == [[False] * 3] * 2
    assert read(live.buys, one, home, agenda) == [[False] * 3] * 3


@pytest.fixture
def lapsed(live):
    """A meeting of somebody whose consent ran out, and the owner of the house, who meets elsewhere then."""
    owner = live.exporter.delegates.get()
    held = MembershipFactory(organisation=live.exporter.organisation, role=Role.DELEGATE)
    until = timezone.now() + timedelta(days=9)
    given = ProxyConsentFactory(membership=held, valid_until=until)
    name_delegate(live.exporter, actor=live.sells, person=held.user)
    other = buyer_at(live.edition)
    asked = ask(other, live.exporter, actor=speaker_of(other), lines=[{"product": live.product}])
    for one in (live.request, asked):
        accept_and_book(one, actor=live.sells, slot=live.slots[4])
    meeting = Meeting.objects.exclude(exporter=owner).get()
    type(given).objects.update(valid_until=timezone.now())
    release_lost(lost_now())
    assert list(without_somebody()) == [meeting]
    return meeting, held


def test_whoever_may_act_again_comes_as_before_and_is_told_where_nobody_else_could(
    live, lapsed, django_capture_on_commit_callbacks
):
    meeting, held = lapsed
    ProxyConsentFactory(membership=held, valid_until=timezone.now() + timedelta(days=9))
    OutboxMessage.objects.all().delete()

    for _round in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            fill_in()

    delegate = Delegate.objects.get(person=held.user)
    assert (delegate.left_at, Meeting.objects.get(pk=meeting.pk).exporter) == (None, delegate)
    assert without_somebody().count() == 0
    own = f"Somebody of your side comes to the meeting with {meeting.request.buyer.organisation.label}"
    house, fair = meeting.request.exporter.organisation.label, meeting.edition.label
    assert written() == sorted(
        [
            (held.user.email, f"You meet {meeting.request.buyer.organisation.label} at {fair}"),
            (live.sells.email, f"{own} at {fair} again"),
            (meeting.buyer.person.email, f"Somebody comes for {house} to your meeting at {fair} again"),
        ]
    )
    assert LogEntry.objects.filter(verb="delegate_named", actor=None).count() == 1


def test_whoever_may_act_again_but_meets_for_another_house_by_now_stays_out(lapsed, live):
    meeting, held = lapsed
    elsewhere = MembershipFactory(user=held.user)
    exhibits_at(live.edition, elsewhere.organisation)
    ProxyConsentFactory(membership=held, valid_until=timezone.now() + timedelta(days=9))
    before = OutboxMessage.objects.count()

    fill_in()

    assert list(without_somebody()) == [meeting]
    assert (OutboxMessage.objects.count(), handed(meeting)) == (before, 1)
