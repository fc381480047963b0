"""A page that takes a paper reads it before it locks what the page is about."""

import pytest

from catalogue.models import Certificate, Lot, ProductImage
from tests.catalogue.listing.views.test_parts import page
from tests.factories.catalogue import CertificateFactory, CertificateTypeFactory
from tests.factories.uploads import Watched, Watching
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

LOT = {"code": "T-26", "harvest_year": "2026", "quantity": "1"}


@pytest.fixture(autouse=True)
def _watched(settings):
    settings.FILE_UPLOAD_HANDLERS = ["tests.factories.uploads.Watching"]
    Watching.last = None


def new_lot(product, paper):
    return page("add_lot", product.pk), {**LOT, "report": paper}


def first_lot(product, paper):
    return page("proofs", product.pk), {**LOT, "report": paper}


def lot(product, paper):
    return page("lot", product.pk, product.lots.get().pk), {"report": paper}


def certificate(product, paper):
    found = CertificateFactory(organisation=product.organisation)
    return page("certificate", found.pk), {"evidence": paper}


def new_certificate(product, paper):
    typed = {"type": CertificateTypeFactory().pk, "number": "BIO-7", "valid_from": "2026-01-01"}
    return page("add_certificate"), {**typed, "evidence": paper}


def another_photo(product):
    return page("photos", product.pk), {}


def first_photo(product):
    typed = {"family": product.product_class.pk, "language": "en", "title": "Argan", "description": "Oil"}
    return page("start"), typed


@pytest.mark.parametrize("brought", [another_photo, first_photo])
def test_page_encodes_a_photo_before_anything_is_locked(desk, product, photo, brought):
    address, typed = brought(product)

    answer = send(desk, address, {**typed, "photo": Watched(photo().read())})

    assert answer.status_code == 302
    assert Watching.last.locked == [False]
    assert ProductImage.objects.count() == 1


PAGES = [new_lot, first_lot, lot, certificate, new_certificate]


@pytest.mark.parametrize("brought", PAGES)
def test_page_reads_its_paper_before_anything_is_locked(desk, product, brought):
    answer = send(desk, *brought(product, Watched()))

    assert answer.status_code == 302
    # What is read under the lock is only compared with the paper that stood there.
    assert Watching.last.locked[0] is False
    kept = [*Lot.objects.exclude(report=""), *Certificate.objects.exclude(evidence="")]
    assert len(kept) == 1


@pytest.mark.parametrize("brought", PAGES)
def test_page_refuses_what_is_no_paper_without_a_lock_and_changes_nothing(desk, product, brought):
    answer = send(desk, *brought(product, Watched(b"%PDF-1.7 /JavaScript")))

    assert answer.status_code == 200
    assert "was not taken: the PDF holds a program" in answer.content.decode()
    assert Watching.last.locked[0] is False
    assert not Lot.objects.exclude(report="").exists()
    assert not Certificate.objects.exclude(evidence="").exists()
