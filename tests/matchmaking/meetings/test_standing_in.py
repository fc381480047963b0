"""Where a side sends nobody, whoever is free later meets."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matchmaking.meetings.actions import accept_and_book, fill_in
from matchmaking.meetings.queries import without_somebody
from matchmaking.models import Meeting
from matchmaking.parties.actions import name_delegate, release_lost, set_absences
from matchmaking.parties.models import Delegate
from matchmaking.parties.queries import lost_now
from matchmaking.requests.actions import ask
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from tests.factories.matchmaking import buyer_at, exhibits_at, speaker_of
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
    assert {one.payload["to"] for one in OutboxMessage.objects.all()} == {colleague.person.email}


def test_a_colleague_and_the_other_side_are_told_once_that_nobody_comes(live, left):
    _meeting, colleague = left
    name, other, fair = live.exporter.organisation.label, live.buyer.organisation.label, live.edition.label

    def told():
        found = [(one.payload["to"], one.payload["subject"]) for one in OutboxMessage.objects.all()]
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
    lapsed, django_capture_on_commit_callbacks
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
    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [held.user.email]
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
