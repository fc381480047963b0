"""A house for which nobody meets for a moment is met for again as soon as somebody acts for it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from matchmaking.meetings.actions import accept_and_book
from matchmaking.meetings.queries import without_somebody
from matchmaking.meetings.tasks import send_a_colleague
from matchmaking.models import Delegate, Enquiry, Party, Request, Slot
from matchmaking.parties.actions import advance_matching, come_back, leave_meetings, name_delegate
from matchmaking.parties.queries import may_meet_with
from matchmaking.parties.states import MatchingState
from matchmaking.parties.tasks import release_who_acts_no_more
from matchmaking.requests.actions import ask, enquire
from matchmaking.requests.errors import NobodyMeets
from matchmaking.timetables.todo import meetings_to_arrange
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.actions.consents import record_consent
from moussem.organisations.actions.members import accept_invitation, invite_member
from moussem.organisations.models import Membership
from moussem.organisations.states import Kind, Role
from moussem.people.models import User
from tests.factories.catalogue import FamilyFactory
from tests.factories.guests import buyer
from tests.factories.matchmaking import (
    buyer_at,
    exhibits_at,
    exporter_at,
    meeting_edition,
    organiser_of,
    speaker_of,
)
from tests.factories.organisations import MembershipFactory, OrganisationFactory, ProxyConsentFactory
from tests.factories.people import UserFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def edition():
    return meeting_edition()


def consent_of(membership, days=9):
    return ProxyConsentFactory(membership=membership, valid_until=timezone.now() + timedelta(days=days))


@pytest.fixture
def proxy():
    """Somebody who acts for two cooperatives by consent, as their memberships."""
    first = MembershipFactory(role=Role.DELEGATE)
    second = MembershipFactory(role=Role.DELEGATE, user=first.user)
    return [consent_of(one).membership for one in (first, second)]


def there(party):
    return [one.person for one in Delegate.objects.there().filter(party=party)]


def asked_of(party, buyer=None):
    buyer = buyer or buyer_at(party.edition)
    return ask(buyer, party, actor=speaker_of(buyer), lines=[{"family": FamilyFactory()}])


def the_clock_goes_round():
    release_who_acts_no_more()
    send_a_colleague()


def page_of(client, person, edition, *rest):
    client.force_login(person)
    return client.get(reverse("matchmaking:home", args=[edition.slug]) + "".join(rest))


def test_a_consent_that_is_given_again_gives_back_the_meeting_and_its_person_is_told(client, edition):
    held = MembershipFactory(role=Role.DELEGATE)
    given, person = consent_of(held), held.user
    exporter = exhibits_at(edition, held.organisation)
    request, waiting = asked_of(exporter), asked_of(exporter)
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    meeting = accept_and_book(request, actor=person, slot=Slot.objects.filter(edition=edition)[4])
    type(given).objects.update(valid_until=timezone.now())
    the_clock_goes_round()
    assert (there(exporter), without_somebody().count()) == ([], 1)
    assert page_of(client, person, edition).status_code == 404
    before = meeting.__class__.objects.get().sequence
    consent_of(held)

    the_clock_goes_round()

    meeting.refresh_from_db()
    assert (there(exporter), meeting.exporter.person, meeting.exporter.left_at) == ([person], person, None)
    assert (meeting.state, without_somebody().count(), meeting.sequence) == ("booked", 0, before)
    for rest in ("", f"{meeting.pk}/", f"requests/{waiting.pk}/"):
        assert page_of(client, person, edition, rest).status_code == 200


def test_whoever_was_told_that_they_come_no_more_is_told_that_they_do(
    edition, django_capture_on_commit_callbacks
):
    held = MembershipFactory(role=Role.DELEGATE)
    given, person = consent_of(held), held.user
    exporter = exhibits_at(edition, held.organisation)
    request = asked_of(exporter)
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    meeting = accept_and_book(request, actor=person, slot=Slot.objects.filter(edition=edition)[4])
    subjects = []
    for act in (lambda: type(given).objects.update(valid_until=timezone.now()), lambda: consent_of(held)):
        OutboxMessage.objects.all().delete()
        act()
        with django_capture_on_commit_callbacks(execute=True):
            the_clock_goes_round()
        to_them = OutboxMessage.objects.filter(payload__to=person.email)
        subjects.append([one.payload["subject"] for one in to_them])

    name, label = request.buyer.organisation.label, edition.label
    assert subjects == [[f"You do not meet {name} at {label} any more"], [f"You meet {name} at {label}"]]
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.exporter.person) == (2, person)


def test_a_sole_seller_whose_role_ended_and_was_given_back_meets_again(edition):
    exporter = exporter_at(edition)
    person = speaker_of(exporter)
    Membership.objects.filter(user=person).update(is_active=False)
    the_clock_goes_round()
    assert there(exporter) == []
    Membership.objects.filter(user=person).update(is_active=True)

    the_clock_goes_round()

    assert there(exporter) == [person]


def test_a_consent_for_an_empty_house_is_met_by_at_once(edition, django_capture_on_commit_callbacks):
    exporter = exhibits_at(edition, OrganisationFactory())
    agency = OrganisationFactory(kind=Kind.AGENCY)
    agent = MembershipFactory(organisation=agency, role=Role.VIEWER).user
    given = {"given_by": "Fadma", "channel": "signed", "text": "Meet for us.", "valid_until": None}
    assert there(exporter) == []

    with django_capture_on_commit_callbacks(execute=True):
        record_consent(
            exporter.organisation, delegate=agent, evidence=None, evidence_extension="", actor=agent, **given
        )

    assert there(exporter) == [agent]


def test_a_newcomer_who_is_invited_into_an_empty_house_meets_at_once(
    edition, django_capture_on_commit_callbacks
):
    exporter = exporter_at(edition)
    owner, newcomer = speaker_of(exporter), UserFactory()
    invite_member(exporter.organisation, email=newcomer.email, role=Role.SALES, language="en", actor=owner)
    token = OutboxMessage.objects.get().payload["body"].split("/invitations/")[1].split("/")[0]
    Membership.objects.filter(user=owner).update(is_active=False)
    assert there(exporter) == []

    with django_capture_on_commit_callbacks(execute=True):
        accept_invitation(token, actor=newcomer)

    assert there(exporter) == [newcomer]


def test_a_buyer_who_is_admitted_into_an_empty_house_meets_at_once(
    edition, django_capture_on_commit_callbacks
):
    house = buyer_at(edition)
    newcomer = MembershipFactory(organisation=house.organisation)
    User.objects.filter(pk=speaker_of(house).pk).update(is_active=False)
    the_clock_goes_round()
    assert there(house) == []

    with django_capture_on_commit_callbacks(execute=True):
        buyer(edition, newcomer)

    assert there(house) == [newcomer.user]


def test_whoever_left_their_other_house_meets_for_this_one(
    edition, proxy, django_capture_on_commit_callbacks
):
    one, other = (exhibits_at(edition, held.organisation) for held in proxy)
    person = proxy[0].user
    assert (there(one), there(other)) == ([person], [])

    with django_capture_on_commit_callbacks(execute=True):
        leave_meetings(one, actor=person)

    assert there(other) == [person]

    # The other one stays without them, and is not brought back with somebody who meets elsewhere.
    with django_capture_on_commit_callbacks(execute=True):
        come_back(Party.objects.get(pk=one.pk), actor=organiser_of(edition))
    assert (there(one), there(other)) == ([], [person])


def test_nobody_is_offered_or_asked_who_would_not_read_it(edition, proxy, refused):
    met, unmet = (exhibits_at(edition, held.organisation) for held in proxy)
    buyer = buyer_at(edition)

    assert list(may_meet_with(buyer)) == [met]
    lines = [{"family": FamilyFactory()}]
    refused(NobodyMeets, ask, buyer, unmet, actor=speaker_of(buyer), lines=lines)
    refused(NobodyMeets, enquire, buyer, unmet, actor=speaker_of(buyer), text="Which grade?")
    assert (Request.objects.count(), Enquiry.objects.count()) == (0, 0)


def test_a_form_that_stood_open_says_that_nobody_meets_for_them(client, edition):
    unmet = exhibits_at(edition, OrganisationFactory())
    buyer = buyer_at(edition)
    client.force_login(speaker_of(buyer))

    page = client.post(
        reverse("matchmaking:enquire", args=[edition.slug, unmet.pk]), {"text": "Which grade?"}
    )

    assert f"Nobody meets for {unmet.organisation.label} at the moment" in page.content.decode()
    assert (page.status_code, Enquiry.objects.count()) == (200, 0)


def test_an_organiser_reads_for_how_many_nobody_meets_and_finds_them(client, edition, proxy):
    def told():
        found = meetings_to_arrange([edition], timezone.now())
        return [(one.count, one.href) for one in found if "nobody to meet" in one.text]

    met = exhibits_at(edition, proxy[0].organisation)
    assert told() == []
    unmet = exhibits_at(edition, proxy[1].organisation)

    ((count, address),) = told()

    assert count == 1
    client.force_login(organiser_of(edition))
    assert list(client.get(address).context["page"]) == [unmet] != [met]


def test_a_colleague_reads_how_to_join_only_where_there_is_somebody_to_join(client, edition, proxy):
    met = exhibits_at(edition, proxy[0].organisation)
    colleague = member_of(met.organisation, Role.SALES).user

    joined = page_of(client, colleague, edition).content.decode()
    Delegate.objects.update(left_at=timezone.now())
    alone = page_of(client, colleague, edition).content.decode()

    said = ("each of them adds you", "Nobody meets for your organisation at the moment.")
    assert [one in joined for one in said] == [True, False]
    assert [one in alone for one in said] == [False, True]


def test_whoever_acts_for_one_no_more_is_named_for_another_at_once(edition, proxy):
    one, other = (exhibits_at(edition, held.organisation) for held in proxy)
    person, until = proxy[0].user, proxy[0].consents.get().valid_until
    proxy[1].consents.update(valid_until=None)

    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        name_delegate(other, actor=organiser_of(edition), person=person)

    assert (there(other), there(one)) == ([person], [])
    released = LogEntry.objects.filter(verb="delegate_released", subject_id=str(one.pk))
    assert [entry.facts for entry in released] == [{"person": person.pk}]
