"""A consent that is over stays over: nothing brings it back, and who acted by it is told."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.actions import end_membership, record_consent, revoke_consent
from moussem.organisations.errors import ConsentHadEnded
from moussem.organisations.models import ProxyConsent
from moussem.organisations.rules import may_sell_for
from moussem.organisations.states import Role
from tests.factories.organisations import MembershipFactory, ProxyConsentFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DAY = timedelta(days=1)


@pytest.fixture
def scene():
    """A cooperative's owner, and the delegate who acts for it until the consent is withdrawn."""
    consent = ProxyConsentFactory(membership__user__language="en")
    owner = MembershipFactory(organisation=consent.membership.organisation)
    return owner.user, consent


def recorded(membership, days):
    return record_consent(
        membership.organisation,
        delegate=membership.user,
        given_by="Fadma",
        channel="signed",
        text="Sell for one day.",
        evidence=None,
        evidence_extension="",
        valid_until=timezone.now() + days * DAY,
        actor=UserFactory(is_staff=True),
    )


def page(person, name, *args):
    browser = Client()
    browser.force_login(person)
    return browser.get(reverse(name, args=args), follow=True)


@pytest.mark.parametrize("by", ["owner", "delegate"])
def test_consent_that_ended_with_the_membership_is_not_brought_back_by_a_shorter_one(scene, by):
    owner, consent = scene
    membership = consent.membership
    organisation, delegate = membership.organisation, membership.user
    beside = ProxyConsentFactory(membership=membership, valid_until=timezone.now() + 300 * DAY)
    actor = owner if by == "owner" else delegate

    end_membership(membership, actor=actor)

    for one in (consent, beside):
        one.refresh_from_db()
        assert (one.is_standing, one.revoked_by) == (False, actor)
    assert LogEntry.objects.filter(verb="consent_revoked", actor=actor).count() == 2
    recorded(membership, 1)
    assert may_sell_for(delegate, organisation)
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert not may_sell_for(delegate, organisation)


def test_consents_page_says_that_those_of_an_ended_membership_are_withdrawn(scene):
    owner, consent = scene
    over = ProxyConsentFactory(membership=consent.membership, valid_until=timezone.now() - DAY)

    end_membership(consent.membership, actor=owner)

    over.refresh_from_db()
    answer = page(owner, "organisations:consents", consent.membership.organisation.slug).content.decode()
    assert ("In force" in answer, "Withdraw this consent" in answer, "Withdrawn" in answer) == (
        False,
        False,
        True,
    )
    # What had ended before the membership did was not withdrawn by anybody.
    assert over.revoked_at is None


def test_upgrade_ends_the_consents_of_memberships_that_had_ended(scene):
    owner, consent = scene
    ended = consent.membership
    end_membership(ended, actor=owner)
    ProxyConsent.objects.update(revoked_at=None, revoked_by=None)
    short = recorded(ended, 1)
    unlogged, acting = ProxyConsentFactory(membership__is_active=False), ProxyConsentFactory()
    invited = ProxyConsentFactory(membership__role=Role.SALES)
    late = ProxyConsentFactory(membership__is_active=False, valid_until=timezone.now() - DAY)
    at = LogEntry.objects.get(verb="membership_ended").at

    import_module("moussem.organisations.migrations.0005_consents_end_with_memberships").end_what_ended(
        apps, None
    )

    consent.refresh_from_db()
    assert (consent.revoked_at, consent.revoked_by) == (at, owner)
    still = ProxyConsent.objects.filter(revoked_at=None)
    assert set(still) == {short, acting, late}
    assert {unlogged, invited} == set(ProxyConsent.objects.filter(revoked_by=None).exclude(revoked_at=None))
    told = page(owner, "organisations:consents", ended.organisation.slug).content.decode()
    assert "None" not in told


def test_consent_that_had_ended_cannot_be_withdrawn_from_a_page_opened_before(scene, client):
    owner, consent = scene
    ProxyConsent.objects.update(valid_until=timezone.now() + DAY)
    consent.refresh_from_db()
    address = reverse("organisations:revoke", args=[consent.membership.organisation.slug, consent.pk])

    with time_machine.travel(timezone.now() + 3 * DAY):
        client.force_login(owner)
        with pytest.raises(ConsentHadEnded):
            revoke_consent(consent, actor=owner)
        answer = client.post(address, follow=True).content.decode()

    assert ("had ended already" in answer, "The consent is withdrawn" in answer) == (True, False)
    consent.refresh_from_db()
    assert (consent.revoked_at, LogEntry.objects.count(), OutboxMessage.objects.count()) == (None, 0, 0)


@pytest.mark.parametrize("end", ["lapsed", "withdrawn", "left"])
def test_delegate_whose_consent_ended_is_told_so_at_the_desk_and_among_the_organisations(scene, end):
    owner, consent = scene
    delegate, label = consent.membership.user, consent.membership.organisation.label
    ProxyConsentFactory(membership=consent.membership, valid_until=timezone.now() - 40 * DAY)
    if end == "lapsed":
        ProxyConsent.objects.filter(pk=consent.pk).update(valid_until=timezone.now() - DAY)
    elif end == "withdrawn":
        revoke_consent(consent, actor=owner)
    else:
        end_membership(consent.membership, actor=owner)
    consent.refresh_from_db()

    desk, mine = page(delegate, "desk:home"), page(delegate, "organisations:mine")

    assert (desk.status_code, mine.status_code) == (403, 200)
    for answer in (desk, mine):
        said = answer.content.decode()
        assert [one.pk for one in answer.context["consents_over"]] == [consent.pk]
        assert f"The consent of <bdi>{label}</bdi> ended on" in said
        assert "Your role does not open this page" not in said
        assert "You belong to no organisation yet" not in said


def test_nobody_is_told_of_a_consent_while_another_one_stands_or_the_person_was_invited(scene):
    _owner, consent = scene
    over = timezone.now() - DAY
    ProxyConsentFactory(membership=consent.membership, valid_until=over)
    sales = ProxyConsentFactory(membership__role=Role.SALES, valid_until=over)
    ProxyConsentFactory(valid_until=over)

    for person in (consent.membership.user, sales.membership.user, UserFactory()):
        assert page(person, "organisations:mine").context["consents_over"] == []
