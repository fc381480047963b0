import errno
from decimal import Decimal

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from catalogue.actions.lots import add_lot, change_lot
from catalogue.actions.photos import add_photo, lead_with_photo, remove_photo
from catalogue.actions.reference import load_families, load_lab_limits
from catalogue.errors import LotCodeTaken, LotPromised, PaperRefused, PhotoRefused
from catalogue.models import Family, Lot, ProductImage
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.catalogue import LotFactory, ProductFactory
from tests.factories.pdfs import a_pdf

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LAB = {"crocin": "195", "picrocrocin": "74", "safranal": "31", "moisture": "10.4"}


@pytest.fixture
def product(seller):
    return ProductFactory(organisation=seller.organisation, lots=[])


@pytest.fixture
def saffron(seller):
    load_families()
    load_lab_limits()
    family = Family.objects.get(slug="saffron")
    return ProductFactory(organisation=seller.organisation, product_class=family, lots=[])


def test_lot_is_graded_by_the_newest_edition(saffron, seller, paper):
    lot = add_lot(
        saffron,
        code="T-26",
        harvest_year=2026,
        quantity=Decimal(900),
        lab=LAB,
        report=paper("rapport.exe"),
        actor=seller.user,
    )

    assert (lot.grade, lot.edition) == ("II", "ISO 3632-1:2011")
    assert lot.report.name.endswith(".pdf")
    assert change_lot(lot, lab={**LAB, "crocin": "240"}, actor=seller.user).grade == "I"


def test_lot_with_a_missing_value_has_no_grade(saffron, seller):
    lot = add_lot(
        saffron, code="T-26", harvest_year=2026, quantity=Decimal(1), lab={"crocin": "240"}, actor=seller.user
    )

    assert (lot.grade, lot.edition) == ("", "")


def test_seller_uses_a_lot_number_once(product, seller):
    LotFactory(product=ProductFactory(organisation=seller.organisation, lots=[]), code="T-26")

    with pytest.raises(LotCodeTaken):
        add_lot(product, code="t-26", harvest_year=2026, quantity=Decimal(1), actor=seller.user)

    assert product.lots.count() == 0
    assert LogEntry.objects.count() == 0


def test_lot_number_of_a_rival_neither_blocks_nor_shows(product, seller):
    LotFactory(code="T-26")

    lot = add_lot(product, code="T-26", harvest_year=2026, quantity=Decimal(1), actor=seller.user)

    assert (lot.code, lot.organisation) == ("T-26", seller.organisation)


class SlowReport(SimpleUploadedFile):
    """A report that takes so long to read that another request adds the same number meanwhile."""

    seller = None

    def read(self, *args):
        LotFactory(product=ProductFactory(organisation=self.seller, lots=[]), code="T-26")
        return super().read(*args)


def test_lot_number_that_another_request_takes_meanwhile_is_refused(product, seller):
    report = SlowReport("report.pdf", a_pdf())
    report.seller = seller.organisation

    with pytest.raises(LotCodeTaken):
        add_lot(
            product, code="T-26", harvest_year=2026, quantity=Decimal(1), report=report, actor=seller.user
        )

    assert product.lots.count() == 0
    assert LogEntry.objects.count() == 0


def test_lot_never_holds_less_than_what_is_promised(product, seller):
    lot = LotFactory(product=product, reserved=Decimal(300), sold=Decimal(200))

    with pytest.raises(LotPromised):
        change_lot(lot, quantity=Decimal(499), actor=seller.user)
    change_lot(lot, quantity=Decimal(500), actor=seller.user)

    assert Lot.objects.get(pk=lot.pk).quantity == Decimal(500)


def test_stranger_adds_no_lot(product, stranger):
    with pytest.raises(NotYours):
        add_lot(product, code="x", harvest_year=2026, quantity=Decimal(1), actor=stranger.user)

    assert Lot.objects.count() == 0


def test_report_that_is_no_paper_is_refused(product, seller):
    upload = SimpleUploadedFile("report.pdf", b"MZ\x90\x00")

    with pytest.raises(PaperRefused):
        add_lot(product, code="x", harvest_year=2026, quantity=Decimal(1), report=upload, actor=seller.user)

    assert Lot.objects.count() == 0


def test_photos_keep_their_order_and_their_files(product, seller, photo):
    first, second = (add_photo(product, photo(), caption=str(n), actor=seller.user) for n in (1, 2))

    lead_with_photo(second, actor=seller.user)

    assert [one.caption for one in product.images.all()] == ["2", "1"]
    assert (first.width, first.height, first.widths) == (800, 600, [320, 640, 800])
    assert all(first.original.storage.exists(first.rendition_name(320, form)) for form in ("webp", "avif"))
    assert "-320.webp 320w, " in first.webp_srcset


def test_removed_photo_takes_its_files_along(product, seller, photo, django_capture_on_commit_callbacks):
    kept = add_photo(product, photo(), actor=seller.user)
    names = [kept.original.name, kept.rendition_name(320, "avif")]

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(kept, actor=seller.user)

    assert ProductImage.objects.count() == 0
    assert [kept.original.storage.exists(name) for name in names] == [False, False]


def test_photo_that_the_disk_takes_half_of_leaves_no_file_behind(product, seller, photo, monkeypatch):
    disk = type(storages["default"])
    written, save = [], disk._save

    def full_after_two(self, name, content):
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "no space left")
        written.append(save(self, name, content))
        return written[-1]

    monkeypatch.setattr(disk, "_save", full_after_two)

    with pytest.raises(OSError, match="no space left"):
        add_photo(product, photo(), actor=seller.user)

    assert (ProductImage.objects.count(), [storages["default"].exists(name) for name in written]) == (
        0,
        [False, False],
    )


def test_photo_that_is_a_page_is_refused(product, seller):
    upload = SimpleUploadedFile("photo.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")

    with pytest.raises(PhotoRefused):
        add_photo(product, upload, actor=seller.user)

    assert ProductImage.objects.count() == 0
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("code", ["..", ".", "a/b", "-1", "é1", "a b", ""])
def test_database_holds_no_number_that_is_no_part_of_an_address(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        LotFactory(code=code)

    assert not Lot.objects.filter(code=code).exists()
