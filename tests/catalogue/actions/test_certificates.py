from datetime import date, timedelta

import pytest
import time_machine

from catalogue.actions.certificates import (
    add_certificate,
    bind_certificate,
    bring_evidence,
    cover_product,
    review_certificate,
    warn_of_expiry,
    withdraw_certificate,
)
from catalogue.errors import CertificateDates, CertificateTwice, EvidenceNeeded
from catalogue.models import Certificate
from catalogue.queries import certificates_on
from catalogue.states import Proof
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.catalogue import CertificateFactory, CertificateTypeFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = date(2026, 11, 22)


def added(seller, **facts):
    asked = {
        "type": CertificateTypeFactory(),
        "number": "BIO-1",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
        "actor": seller.user,
        **facts,
    }
    return add_certificate(seller.organisation, **asked)


def test_certificate_is_declared_and_bound(seller, paper):
    product = ProductFactory(organisation=seller.organisation)

    certificate = added(seller, evidence=paper(), products=[product])

    assert (certificate.proof, list(certificate.products.all())) == (Proof.DECLARED, [product])
    assert [line.verb for line in history_of(certificate)] == ["added", "bound"]


def test_certificate_is_declared_once(seller):
    added(seller)

    with pytest.raises(CertificateTwice):
        added(seller, number="bio-1")

    assert Certificate.objects.count() == 1


def test_certificate_that_ends_before_it_begins_is_refused(seller):
    with pytest.raises(CertificateDates):
        added(seller, valid_until=date(2025, 12, 31))

    assert Certificate.objects.count() == 0


def test_certificate_never_covers_another_seller(seller, stranger):
    certificate, foreign = added(seller), ProductFactory(organisation=stranger.organisation)

    with pytest.raises(NotYours):
        bind_certificate(certificate, products=[foreign], lots=[], actor=seller.user)
    with pytest.raises(NotYours):
        bind_certificate(certificate, products=[], lots=[foreign.lots.get()], actor=seller.user)
    with pytest.raises(NotYours):
        withdraw_certificate(certificate, actor=stranger.user)

    assert not foreign.certificates.exists()


def test_officer_says_what_was_seen_and_when(seller, paper):
    certificate, officer = added(seller, evidence=paper()), UserFactory(is_staff=True)

    review_certificate(certificate, Proof.REVIEWED, actor=officer)
    certificate = review_certificate(certificate, Proof.VERIFIED, actor=officer)

    assert (certificate.proof, certificate.checked_by) == (Proof.VERIFIED, officer)
    assert certificate.checked_at is not None


def test_nothing_is_reviewed_without_paper_nor_by_its_owner_nor_out_of_turn(seller, paper):
    bare, shown = added(seller), added(seller, number="BIO-2", evidence=paper())
    officer = UserFactory(is_staff=True)
    lines = LogEntry.objects.count()

    with pytest.raises(EvidenceNeeded):
        review_certificate(bare, Proof.REVIEWED, actor=officer)
    with pytest.raises(NotYours):
        review_certificate(shown, Proof.REVIEWED, actor=seller.user)
    with pytest.raises(MoveNotAllowed):
        review_certificate(shown, Proof.VERIFIED, actor=officer)

    assert set(Certificate.objects.values_list("proof", "checked_at")) == {(Proof.DECLARED, None)}
    assert LogEntry.objects.count() == lines


def test_new_paper_has_to_be_looked_at_again(seller, paper):
    certificate, officer = added(seller, evidence=paper()), UserFactory(is_staff=True)
    review_certificate(certificate, Proof.REVIEWED, actor=officer)

    certificate = bring_evidence(certificate, evidence=paper(more=b"newer"), actor=seller.user)

    assert (certificate.proof, certificate.checked_by) == (Proof.DECLARED, None)


def test_own_paper_sent_again_takes_no_check_away(seller, paper):
    certificate, officer = added(seller, evidence=paper()), UserFactory(is_staff=True)
    review_certificate(certificate, Proof.REVIEWED, actor=officer)
    certificate.refresh_from_db()
    kept, lines = certificate.evidence.name, LogEntry.objects.count()

    bring_evidence(certificate, evidence=paper("copy.pdf"), actor=seller.user)

    certificate.refresh_from_db()
    assert (certificate.proof, certificate.checked_by) == (Proof.REVIEWED, officer)
    assert (certificate.evidence.name, LogEntry.objects.count()) == (kept, lines)


def test_what_a_checked_certificate_is_to_cover_besides_waits_and_the_rest_stays_checked(seller, paper):
    saffron, capers = (ProductFactory(organisation=seller.organisation) for _ in range(2))
    officer = UserFactory(is_staff=True)
    certificate = CertificateFactory(
        organisation=seller.organisation, proof=Proof.VERIFIED, evidence=paper(), checked_by=officer
    )
    certificate.products.set([saffron])

    bind_certificate(certificate, products=[saffron, capers], lots=[], actor=seller.user)
    cover_product(certificate, capers, actor=seller.user)

    certificate.refresh_from_db()
    assert (certificate.proof, certificate.checked_by) == (Proof.VERIFIED, officer)
    assert (list(certificate.products.all()), list(certificate.asked_products.all())) == ([saffron], [capers])
    assert list(certificates_on(capers)) == []
    review_certificate(certificate, Proof.VERIFIED, actor=officer)
    assert set(certificate.products.all()) == {saffron, capers}
    assert not certificate.asked_products.exists()


def test_declared_certificate_covers_at_once_what_its_seller_says(seller):
    capers = ProductFactory(organisation=seller.organisation)
    certificate = CertificateFactory(organisation=seller.organisation, proof=Proof.DECLARED)

    cover_product(certificate, capers, actor=seller.user)

    assert (list(certificate.products.all()), certificate.asked_products.count()) == ([capers], 0)


def test_withdrawn_certificate_is_out_of_every_claim(seller):
    certificate = CertificateFactory(organisation=seller.organisation)

    withdraw_certificate(certificate, actor=seller.user)

    assert list(Certificate.objects.valid()) == []


@pytest.mark.parametrize("days", [60, 30, 7])
def test_seller_is_warned_once_in_their_language(seller, days):
    seller.user.language = "fr"
    seller.user.save()
    CertificateFactory(organisation=seller.organisation, valid_until=TODAY + timedelta(days=days))

    warn_of_expiry(TODAY)
    warn_of_expiry(TODAY)

    (mail,) = OutboxMessage.objects.all()
    assert mail.payload["to"] == seller.user.email
    assert str(days) in mail.payload["subject"]


def test_warnings_follow_the_days_and_the_end_is_told(seller):
    CertificateFactory(
        organisation=seller.organisation, valid_from=TODAY, valid_until=TODAY + timedelta(days=61)
    )

    mails = []
    for day in range(70):
        before = OutboxMessage.objects.count()
        warn_of_expiry(TODAY + timedelta(days=day))
        mails += [day] * (OutboxMessage.objects.count() - before)

    assert mails == [1, 31, 54, 62]


def test_certificate_expires_at_midnight_in_morocco():
    # An hour before midnight in Greenwich, that summer.
    CertificateFactory(valid_from=date(2026, 1, 1), valid_until=date(2026, 7, 22))

    with time_machine.travel("2026-07-22 22:30Z", tick=False):
        assert Certificate.objects.valid().count() == 1
    with time_machine.travel("2026-07-22 23:30Z", tick=False):
        assert Certificate.objects.valid().count() == 0
