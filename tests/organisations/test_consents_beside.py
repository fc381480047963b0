"""Two consents of one delegate: the same one is kept once, and one that is withdrawn leaves the other."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.actions import record_consent, revoke_consent
from moussem.organisations.models import ProxyConsent
from moussem.organisations.rules import may_sell_for
from tests.factories.organisations import MembershipFactory, OrganisationFactory, ProxyConsentFactory
from tests.factories.people import UserFactory
from tests.races import at_once, on_postgresql

pytestmark = pytest.mark.integration
PDF = b"%PDF-1.7\nsigned by Fadma"
LAST = datetime(2027, 3, 31, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    disk = "django.core.files.storage.FileSystemStorage"
    private = {"BACKEND": disk, "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


def record(organisation, delegate, officer, paper=PDF, **given):
    given = {"given_by": "Fadma", "channel": "signed", "text": "Sell for us.", "valid_until": LAST} | given
    evidence = SimpleUploadedFile("consent.pdf", paper) if paper else None
    return record_consent(
        organisation, delegate=delegate, evidence=evidence, evidence_extension="pdf", actor=officer, **given
    )


def counts():
    return ProxyConsent.objects.count(), LogEntry.objects.count(), OutboxMessage.objects.count()


def beside(consent, **fields):
    return ProxyConsentFactory(membership=consent.membership, **fields)


@pytest.mark.django_db
@pytest.mark.parametrize("paper", [PDF, None])
def test_same_consent_sent_twice_is_kept_once(paper):
    organisation = MembershipFactory().organisation
    delegate, officer = UserFactory(), UserFactory(is_staff=True)
    first = record(organisation, delegate, officer, paper)
    before = counts()

    assert record(organisation, delegate, officer, paper) == first

    assert counts() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"given_by": "Aicha"},
        {"channel": "voice"},
        {"text": "Sell dates for us."},
        {"valid_until": None},
        {"valid_until": LAST + timedelta(days=1)},
        {"paper": PDF + b"again"},
        {"paper": None},
    ],
)
def test_consent_that_says_something_else_is_another_one(other):
    organisation, delegate, officer = OrganisationFactory(), UserFactory(), UserFactory(is_staff=True)
    record(organisation, delegate, officer)

    record(organisation, delegate, officer, **other)

    assert ProxyConsent.objects.count() == 2


@pytest.mark.django_db
def test_consent_that_was_withdrawn_can_be_given_again():
    organisation, delegate, officer = OrganisationFactory(), UserFactory(), UserFactory(is_staff=True)
    revoke_consent(record(organisation, delegate, officer), actor=officer)

    again = record(organisation, delegate, officer)

    assert (again.is_standing, ProxyConsent.objects.count()) == (True, 2)
    assert may_sell_for(delegate, organisation)


@pytest.mark.django_db
def test_second_press_is_told_that_nothing_changed(client):
    organisation, delegate = OrganisationFactory(), UserFactory()
    client.force_login(UserFactory(is_staff=True))
    address = reverse("organisations:record_consent", args=[organisation.slug])

    def press():
        paper = SimpleUploadedFile("consent.pdf", PDF)
        typed = {"given_by": "Fadma", "channel": "signed", "text": "Sell.", "valid_until": "2027-03-31"}
        typed |= {"delegate": delegate.email, "evidence": paper}
        return client.post(address, typed, follow=True).content.decode()

    said = "This consent is recorded already and in force. Nothing was changed."
    assert [said in press() for _time in range(2)] == [False, True]
    assert ProxyConsent.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("last", "said", "written"),
    [
        (LAST, "another one stands until 31 March 2027", "Another one stands until 31 March 2027"),
        (None, "another one stands, and the delegate goes on", "Another one stands: you go on acting"),
    ],
)
def test_withdrawal_says_that_another_consent_stands(client, last, said, written):
    consent = ProxyConsentFactory(membership__user__language="en")
    cooperative, delegate = consent.membership.organisation, consent.membership.user
    beside(consent, valid_until=last)
    beside(consent, revoked_at=timezone.now())
    client.force_login(MembershipFactory(organisation=cooperative).user)
    address = reverse("organisations:revoke", args=[cooperative.slug, consent.pk])

    asked = client.get(address).content.decode()
    answer = client.post(address, follow=True).content.decode()

    assert ("Another consent stands beside this one" in asked, said in answer) == (True, True)
    mail = OutboxMessage.objects.get(payload__to=delegate.email).payload
    assert mail["subject"] == f"A consent to act for {cooperative.label} was withdrawn"
    assert (written in mail["body"], "no longer" in mail["body"]) == (True, False)
    assert may_sell_for(delegate, cooperative)


@pytest.mark.django_db
def test_withdrawal_of_the_last_consent_says_that_all_is_over(client):
    consent = ProxyConsentFactory(membership__user__language="en")
    cooperative, delegate = consent.membership.organisation, consent.membership.user
    beside(consent, valid_until=timezone.now() - timedelta(days=1))
    client.force_login(MembershipFactory(organisation=cooperative).user)
    address = reverse("organisations:revoke", args=[cooperative.slug, consent.pk])

    asked = client.get(address).content.decode()
    answer = client.post(address, follow=True).content.decode()

    assert "stands beside this one" not in asked
    assert "the delegate can no longer do anything for the cooperative." in answer
    mail = OutboxMessage.objects.get(payload__to=delegate.email).payload
    assert mail["subject"] == f"You no longer act for {cooperative.label}"
    assert not may_sell_for(delegate, cooperative)


class TestAtOnce:
    pytestmark = on_postgresql

    def test_one_press_sent_twice_makes_one_consent(self):
        organisation, delegate, officer = OrganisationFactory(), UserFactory(), UserFactory(is_staff=True)

        made = at_once(*[lambda: record(organisation, delegate, officer) for _time in range(3)])

        assert [one.pk for one in made] == [made[0].pk] * 3
        assert ProxyConsent.objects.count() == 1
