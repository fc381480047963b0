"""Papers are read while nobody waits for a lock."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.actions.certificates import add_certificate, bring_evidence, rebind_certificate
from catalogue.actions.lots import add_lot, change_lot
from catalogue.actions.steps import prove_product
from catalogue.errors import PaperRefused
from catalogue.models import Certificate, Lot
from moussem.core.models import LogEntry
from tests.factories.catalogue import CertificateFactory, CertificateTypeFactory, LotFactory, ProductFactory
from tests.factories.uploads import Watched

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

LOT = {"code": "T-26", "harvest_year": 2026, "quantity": Decimal(1)}


def of_a_new_certificate(seller, paper):
    facts = {"type": CertificateTypeFactory(), "number": "BIO-1", "valid_from": date(2026, 1, 1)}
    add_certificate(seller.organisation, evidence=paper, actor=seller.user, **facts)


def of_a_certificate(seller, paper):
    certificate = CertificateFactory(organisation=seller.organisation)
    bring_evidence(certificate, evidence=paper, actor=seller.user)


def of_a_certificate_that_covers_more(seller, paper):
    certificate = CertificateFactory(organisation=seller.organisation)
    rebind_certificate(certificate, products=(), lots=(), evidence=paper, actor=seller.user)


def of_a_new_lot(seller, paper):
    add_lot(ProductFactory(organisation=seller.organisation, lots=[]), report=paper, actor=seller.user, **LOT)


def of_a_lot(seller, paper):
    change_lot(LotFactory(product__organisation=seller.organisation), report=paper, actor=seller.user)


def of_a_first_lot(seller, paper):
    product = ProductFactory(organisation=seller.organisation, lots=[])
    prove_product(product, lot={**LOT, "report": paper}, certificates=[], actor=seller.user)


BROUGHT = [
    of_a_new_certificate,
    of_a_certificate,
    of_a_certificate_that_covers_more,
    of_a_new_lot,
    of_a_lot,
    of_a_first_lot,
]


@pytest.mark.parametrize("bring", BROUGHT)
def test_paper_is_read_once_and_under_no_lock(seller, bring):
    paper = Watched()

    bring(seller, paper)

    assert paper.locked == [False]


@pytest.mark.parametrize("bring", BROUGHT)
def test_paper_that_is_none_is_refused_under_no_lock_and_changes_nothing(seller, bring):
    paper = Watched(b"%PDF-1.7 /JavaScript")

    with pytest.raises(PaperRefused):
        bring(seller, paper)

    assert paper.locked == [False]
    assert not LogEntry.objects.exists()
    assert not Lot.objects.exclude(report="").exists()
    assert not Certificate.objects.exclude(evidence="").exists()
