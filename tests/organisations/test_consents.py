from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.core.errors import NotYours
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.actions import record_consent, revoke_consent
from moussem.organisations.errors import AlreadyMember, ConsentAlreadyOver, ConsentGone
from moussem.organisations.models import Membership, ProxyConsent
from moussem.organisations.queries import current_membership
from moussem.organisations.rules import may_sell_for
from moussem.organisations.states import Kind, Role, Verification
from tests.factories.organisations import MembershipFactory, OrganisationFactory, ProxyConsentFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PDF = b"%PDF-1.7\nsigned by Fadma"


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }


def agent():
    """Somebody who works for a checked agency."""
    agency = OrganisationFactory(kind=Kind.AGENCY)
    return MembershipFactory(organisation=agency, role=Role.VIEWER).user


def record(organisation, delegate, actor, **given):
    given = {"given_by": "Fadma", "channel": "signed", "text": "Sell for us.", "valid_until": None} | given
    return record_consent(
        organisation, delegate=delegate, evidence=None, evidence_extension="", actor=actor, **given
    )


def posted(**changes):
    sent = SimpleUploadedFile("../../consent.html", PDF, "text/html")
    return {"given_by": "Fadma", "channel": "signed", "text": "Sell for us.", "evidence": sent} | changes


def test_delegate_acts_from_the_consent_until_the_owner_takes_it_back():
    owner = MembershipFactory(user__language="ar")
    delegate = agent()

    consent = record(owner.organisation, delegate, delegate)
    assert may_sell_for(delegate, owner.organisation)
    mail = OutboxMessage.objects.get()
    assert mail.payload["to"] == owner.user.email
    assert f"/ar/organisations/{owner.organisation.slug}/consents/" in mail.payload["body"]

    revoke_consent(consent, actor=owner.user)
    assert not may_sell_for(delegate, owner.organisation)
    assert list(LogEntry.objects.values_list("verb", flat=True)) == ["consent_recorded", "consent_revoked"]
    with pytest.raises(ConsentGone):
        revoke_consent(consent, actor=owner.user)


def test_access_ends_at_the_next_request_after_revocation():
    consent = ProxyConsentFactory()
    delegate, cooperative = consent.membership.user, consent.membership.organisation
    browser = Client()
    browser.force_login(delegate)
    members = reverse("organisations:members", args=[cooperative.slug])
    assert browser.get(members).status_code == 200

    revoke_consent(consent, actor=MembershipFactory(organisation=cooperative).user)

    assert browser.get(members).status_code == 404
    assert current_membership(delegate) is None


def test_access_ends_when_the_consent_expires():
    delegate = agent()
    organisation = OrganisationFactory()
    record(organisation, delegate, delegate, valid_until=timezone.now() + timedelta(days=1))

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert not may_sell_for(delegate, organisation)


@pytest.mark.parametrize("who", ["nobody", "unchecked agency", "other agent", "owner", "buyer organisation"])
def test_consent_is_recorded_by_nobody_else(who):
    owner, delegate = MembershipFactory(), agent()
    organisation, actor = owner.organisation, owner.user
    if who == "nobody":
        actor = delegate = UserFactory()
    elif who == "unchecked agency":
        agency = OrganisationFactory(kind=Kind.AGENCY, verification=Verification.DECLARED)
        actor = delegate = MembershipFactory(organisation=agency).user
    elif who == "other agent":
        actor = agent()
    elif who == "buyer organisation":
        actor, organisation = delegate, OrganisationFactory(buyer=True)

    with pytest.raises(NotYours):
        record(organisation, delegate, actor)

    assert ProxyConsent.objects.count() == LogEntry.objects.count() == OutboxMessage.objects.count() == 0
    assert not Membership.objects.filter(role=Role.DELEGATE).exists()


def test_consent_of_the_past_or_for_a_member_is_refused():
    owner, officer = MembershipFactory(), UserFactory(is_staff=True)

    with pytest.raises(ConsentAlreadyOver):
        record(owner.organisation, agent(), officer, valid_until=timezone.now())
    with pytest.raises(AlreadyMember):
        record(owner.organisation, owner.user, officer)
    assert ProxyConsent.objects.count() == LogEntry.objects.count() == 0
    owner.refresh_from_db()
    assert owner.role == Role.OWNER


def test_delegate_records_in_the_page_and_the_owner_downloads_the_evidence(client):
    owner, delegate = MembershipFactory(), agent()
    slug = owner.organisation.slug
    client.force_login(delegate)

    answer = client.post(reverse("organisations:record_consent", args=[slug]), posted())

    assert answer.url == reverse("organisations:consents", args=[slug]) + "?done=1"
    consent = ProxyConsent.objects.get()
    assert consent.evidence.name.endswith(".pdf")
    evidence = reverse("organisations:evidence", args=[slug, consent.pk])
    client.force_login(owner.user)
    got = client.get(evidence)
    assert (got["Content-Type"], b"".join(got.streaming_content)) == ("application/pdf", PDF)
    assert got["Content-Disposition"].startswith("attachment")
    for stranger in (MembershipFactory().user, agent(), MembershipFactory(organisation__buyer=True).user):
        client.force_login(stranger)
        assert client.get(evidence).status_code == 404
        assert client.post(reverse("organisations:revoke", args=[slug, consent.pk])).status_code == 404
    consent.refresh_from_db()
    assert consent.revoked_at is None


@pytest.mark.parametrize(
    "sent",
    [
        None,
        SimpleUploadedFile("a.pdf", b"<html>no</html>"),
        SimpleUploadedFile("a.pdf", PDF + b"0" * 10_000_000),
    ],
)
def test_evidence_that_is_none_is_refused_and_what_was_typed_stays(client, sent):
    organisation = OrganisationFactory()
    client.force_login(agent())
    typed = posted(evidence=sent or "")

    answer = client.post(reverse("organisations:record_consent", args=[organisation.slug]), typed)

    assert "evidence" in answer.context["form"].errors
    assert "Sell for us." in answer.content.decode()
    assert ProxyConsent.objects.count() == Membership.objects.filter(role=Role.DELEGATE).count() == 0


def test_officer_names_a_delegate_who_must_exist(client):
    organisation, delegate = OrganisationFactory(), UserFactory()
    client.force_login(UserFactory(is_staff=True))
    address = reverse("organisations:record_consent", args=[organisation.slug])

    refused = client.post(address, posted(delegate="nobody@example.com"))
    assert "delegate" in refused.context["form"].errors
    client.post(address, posted(delegate=delegate.email))
    assert may_sell_for(delegate, organisation)


def test_withdrawal_is_asked_for_on_a_page_that_changes_nothing(client):
    consent = ProxyConsentFactory()
    membership = consent.membership
    client.force_login(membership.user)
    address = reverse("organisations:revoke", args=[membership.organisation.slug, consent.pk])

    asked = client.get(address)

    consent.refresh_from_db()
    assert (asked.status_code, asked.context["is_own"], consent.revoked_at) == (200, True, None)
    client.post(address)
    assert client.get(address)["Location"] == reverse(
        "organisations:consents", args=[membership.organisation.slug]
    )


@pytest.mark.parametrize(
    ("role", "said"),
    [(Role.OWNER, "Its owner can ask for the check."), (Role.SALES, "It has no owner here yet, and only")],
)
def test_delegate_reads_whether_somebody_can_ask_for_the_check(client, role, said):
    member = MembershipFactory(role=role, organisation__verification=Verification.DECLARED)
    consent = ProxyConsentFactory(membership__organisation=member.organisation)
    client.force_login(consent.membership.user)

    page = client.get(reverse("organisations:mine")).content.decode()

    assert page.count(said) == 1


def recorded_by_officer(client, zone, day):
    """A consent recorded on the page by an officer who lives in another zone."""
    organisation, delegate = OrganisationFactory(), UserFactory()
    client.force_login(UserFactory(is_staff=True, time_zone=zone))
    address = reverse("organisations:record_consent", args=[organisation.slug])
    return organisation, client.post(address, posted(delegate=delegate.email, valid_until=day))


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
@time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC))
def test_last_day_is_the_same_one_for_who_records_and_who_reads(client, zone):
    organisation, _answer = recorded_by_officer(client, zone, "2026-12-31")

    last = ProxyConsent.objects.get().valid_until
    assert last == datetime(2026, 12, 31, 23, 59, 59, 999_999, ZoneInfo("Africa/Casablanca"))
    for reader in ("Asia/Tokyo", "Africa/Casablanca", "America/Los_Angeles"):
        client.force_login(UserFactory(is_staff=True, time_zone=reader, language="en"))
        page = client.get(reverse("organisations:consents", args=[organisation.slug])).content.decode()
        assert page.count("31 December 2026") + page.count("Dec. 31, 2026") == 1


@pytest.mark.parametrize("day", ["9999-12-31", "2046-03-03"])
@time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC))
def test_last_day_beyond_twenty_years_is_refused(client, day):
    _organisation, answer = recorded_by_officer(client, "Africa/Casablanca", day)

    assert answer.context["form"].errors.keys() == {"valid_until"}
    assert ProxyConsent.objects.count() == LogEntry.objects.count() == OutboxMessage.objects.count() == 0
