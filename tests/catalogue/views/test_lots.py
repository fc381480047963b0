import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from catalogue.actions.lots import change_lot
from tests.factories.catalogue import CertificateFactory, LotFactory, ProductFactory, limit_of_crocin
from tests.factories.organisations import MembershipFactory
from tests.factories.pdfs import a_pdf

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page_of(lot, language="en"):
    """The path of the page of a lot."""
    return f"/{language}/lots/{lot.organisation.slug}/{lot.code}/"


def test_lot_page_shows_what_was_measured_and_where_the_code_leads(client, words):
    lot = LotFactory(code="TAL-2025", laboratory="Laboratoire", lab={"crocin": "238", "unknown": "1"})

    page = client.get(page_of(lot, "fr"))

    assert [(row.field.code, row.value) for row in page.context["measured"]] == [("crocin", "238")]
    assert page.context["address"] == f"http://127.0.0.1:8000/lots/{lot.organisation.slug}/TAL-2025/"
    assert lot.product.label in words(page)


@pytest.mark.parametrize(
    ("report", "source", "short"),
    [
        ("", "Declared by the cooperative, which names <bdi>LOARC</bdi>", "Declared by the cooperative<"),
        (
            "lots/r.pdf",
            "Measured by <bdi>LOARC</bdi>, whose report",
            "Measured by <bdi>LOARC</bdi><",
        ),
    ],
)
def test_who_measured_is_said_once(client, words, report, source, short):
    lot = LotFactory(code="TAL-2025", lab={"crocin": "238"}, laboratory="LOARC", report=report)

    told = [words(client.get(page)) for page in (page_of(lot), lot.product.get_absolute_url())]

    assert [told[0].count(source), told[0].count("LOARC")] == [1, 1]
    assert told[1].count(short) == 1


def test_report_of_a_laboratory_is_kept_and_never_opened_as_a_page(client):
    lot = LotFactory(code="TAL-2025", report=ContentFile(b"%PDF-1.7", name="x.pdf"))
    address = f"{page_of(lot)}report/"

    answer = client.get(address)

    assert f'href="{address}"' in client.get(page_of(lot)).content.decode()
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.7")
    assert answer["Content-Disposition"] == 'attachment; filename="TAL-2025.pdf"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")


def test_report_of_a_draft_is_its_sellers_alone_and_where_none_is_nothing_is_found(client):
    draft = ProductFactory(is_public=False, lots=[])
    lot = LotFactory(product=draft, code="TAL-2025", report=ContentFile(b"%PDF-1.7", name="x.pdf"))
    without = LotFactory(code="TAL-2026")

    found = [client.get(f"{page_of(one)}report/").status_code for one in (lot, without)]
    client.force_login(MembershipFactory().user)
    found.append(client.get(f"{page_of(lot)}report/").status_code)
    client.force_login(MembershipFactory(organisation=draft.organisation).user)
    found.append(client.get(f"{page_of(lot)}report/").status_code)

    assert found == [404, 404, 404, 200]


def test_exchanged_reports_are_read_from_the_corrections_of_their_lot(client):
    lot = LotFactory(code="TAL-2025", report=ContentFile(b"%PDF-1.7", name="x.pdf"))
    owner = MembershipFactory(organisation=lot.organisation).user
    change_lot(lot, actor=owner, report=ContentFile(a_pdf(), name="y.pdf"))

    links = re.findall(r'href="([^"]*/report/[^"]+)"', client.get(page_of(lot)).content.decode())

    answers = [client.get(link) for link in links]
    assert [b"".join(one.streaming_content) for one in answers] == [b"%PDF-1.7", a_pdf()]
    assert client.get(f"{page_of(lot)}report/another.pdf/").status_code == 404


def test_each_report_is_kept_under_a_name_of_its_own(client, admin_client):
    lot = LotFactory(code="TAL-2025", report=ContentFile(b"%PDF-1.7", name="x.pdf"))
    owner = MembershipFactory(organisation=lot.organisation).user
    for words in (b"second", b"third"):
        lot = change_lot(lot, actor=owner, report=ContentFile(a_pdf(words=words), name="y.pdf"))

    links = re.findall(r'href="([^"]*/report/[^"]+)"', client.get(page_of(lot)).content.decode())
    desk = admin_client.get(reverse("admin:catalogue_lot_change", args=[lot.pk])).content.decode()

    named = {client.get(link)["Content-Disposition"].partition("=")[2] for link in links}
    assert named == {'"TAL-2025-1.pdf"', '"TAL-2025-2.pdf"', '"TAL-2025.pdf"'}
    earlier = re.findall(r'href="([^"]*/report/[^"]+)">(\d)<', desk)
    assert [(admin_client.get(link)["Content-Disposition"][-15:], number) for link, number in earlier] == [
        ('TAL-2025-1.pdf"', "1"),
        ('TAL-2025-2.pdf"', "2"),
    ]


def test_first_report_beside_a_correction_was_added_and_is_read(client, words):
    lot = LotFactory(code="TAL-2025", lab={"crocin": "238"})
    owner = MembershipFactory(organisation=lot.organisation).user
    paper = ContentFile(a_pdf(), name="y.pdf")
    lot = change_lot(lot, actor=owner, lab={"crocin": "150"}, report=paper)

    page = client.get(page_of(lot))

    ((link, told),) = re.findall(r'<strong><a href="([^"]*)">([^<]*)</a></strong> was added', words(page))
    assert told == "a report"
    assert b"".join(client.get(link).streaming_content) == a_pdf()
    assert "another report" not in words(page)


def test_officer_reads_the_report_of_an_unlisted_product_and_a_lost_one_is_not_found(client, admin_client):
    draft = ProductFactory(is_public=False, lots=[])
    lot = LotFactory(product=draft, code="TAL-2025", report=ContentFile(b"%PDF-1.7", name="x.pdf"))

    found = [one.get(f"{page_of(lot)}report/").status_code for one in (client, admin_client)]
    lot.report.storage.delete(lot.report.name)
    found.append(admin_client.get(f"{page_of(lot)}report/").status_code)

    assert found == [404, 200, 404]


def test_code_on_the_goods_leads_each_reader_to_their_language(client):
    lot = LotFactory(code="TAL-2025")

    page = client.get(page_of(lot).removeprefix("/en"), headers={"accept-language": "ar"})

    assert (page.status_code, page.url) == (302, page_of(lot, "ar"))


def test_qr_code_is_a_drawing_without_script(client):
    lot = LotFactory(code="TAL-2025")

    drawing = client.get(f"{page_of(lot)}qr.svg")

    assert drawing["Content-Type"] == "image/svg+xml"
    assert (drawing.content.startswith(b"<svg"), b"<script" in drawing.content) == (True, False)


@pytest.mark.parametrize("path", ["", "qr.svg"])
def test_lot_of_a_draft_is_for_its_seller_only(client, path):
    draft = ProductFactory(listed=False, lots=[])
    address = page_of(LotFactory(product=draft, code="SECRET")) + path

    assert client.get(address).status_code == 404
    client.force_login(MembershipFactory().user)
    assert client.get(address).status_code == 404
    client.force_login(MembershipFactory(organisation=draft.organisation).user)
    assert client.get(address).status_code == 200


def test_lot_shows_its_own_certificates_in_force(client, words):
    lot = LotFactory(code="TAL-2025")
    seller = lot.product.organisation
    CertificateFactory(number="OF-THE-LOT", organisation=seller).lots.add(lot)
    late = CertificateFactory(
        number="EXPIRED", organisation=seller, valid_until=timezone.localdate() - timedelta(days=1)
    )
    late.lots.add(lot)
    CertificateFactory(number="OF-ANOTHER-LOT", organisation=seller).lots.add(LotFactory())

    text = words(client.get(page_of(lot)))

    assert [n in text for n in ("OF-THE-LOT", "EXPIRED", "OF-ANOTHER-LOT")] == [True, False, False]


@pytest.mark.parametrize("code", ["nothing", "%00", "a" * 3000, "%E2%80%AE", "..%2F..", "x'--"])
def test_lot_that_does_not_exist_is_a_404(client, code):
    seller = LotFactory(code="TAL-2025").organisation.slug

    addresses = (f"/en/lots/{code}/", f"/en/lots/{seller}/{code}/", f"/en/lots/{code}/TAL-2025/")

    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_two_sellers_number_their_lots_alike_and_each_code_leads_to_its_own(client, words):
    mine, theirs = (
        LotFactory(code="L-2025-01", product=ProductFactory(title=title, texts=False, lots=[]))
        for title in ("Thyme honey", "Rose water")
    )

    told = [words(client.get(page_of(lot))) for lot in (mine, theirs)]

    assert [("Thyme honey" in text, "Rose water" in text) for text in told] == [(True, False), (False, True)]
    assert [
        page_of(lot) in client.get(lot.product.get_absolute_url()).content.decode() for lot in (mine, theirs)
    ] == [True, True]


def test_lot_shows_where_a_value_lies_under_the_newest_edition(client, words):
    lot = LotFactory(code="TAL-2025", lab={"crocin": "180"})
    for edition, category, least in (("ISO 3632-1:2011", "I", 200), ("ISO 3632-1:2011", "II", 170)):
        limit_of_crocin(lot, edition=edition, category=category, value=least)
    limit_of_crocin(lot, edition="ISO/TS 3632-1:2003", category="I", value=175)

    page = client.get(page_of(lot))

    ((field, band),) = page.context["bands"]
    assert (field.code, band.value, band.edition, band.limits) == (
        "crocin",
        180,
        "ISO 3632-1:2011",
        (170, 200),
    )
    said = [
        text in words(page)
        for text in ("Category I: at least 200<", "Category II: at least 170<", "at least 175")
    ]
    assert said == [True, True, False]


@pytest.mark.parametrize("reported", ["not found", "< 0.1", "NaN"])
def test_value_that_is_no_number_is_told_but_not_drawn(client, reported):
    lot = LotFactory(code="TAL-2025", lab={"crocin": reported})
    limit_of_crocin(lot, edition="ISO 3632-1:2011", category="I", value=200)

    page = client.get(page_of(lot))

    assert [row.value for row in page.context["measured"]] == [reported]
    assert page.context["bands"] == []


def test_lot_is_found_however_its_number_is_typed(client):
    lot = LotFactory(code="TAL-2025")

    answer = client.get(f"/en/lots/{lot.organisation.slug}/tal-2025/")

    assert (answer.status_code, answer.context["lot"]) == (200, lot)


def test_lot_page_leads_to_the_order_of_its_product(client, words):
    lot = LotFactory(code="TAL-2025")

    page = words(client.get(page_of(lot)))

    assert f'<a class="button" href="{lot.product.get_absolute_url()}#offer">Order this product' in page
    assert "reserved on the lot in stock that keeps shortest" in page


def test_lot_that_is_sold_out_says_that_others_fill_the_order(client, words):
    lot = LotFactory(code="TAL-2025", sold=12_000)

    assert "This lot is sold out: an order is filled from the other lots." in words(client.get(page_of(lot)))


def test_lot_of_a_product_that_cannot_be_ordered_leads_to_its_page(client, words):
    product = ProductFactory(lots=[], prices_valid_until=timezone.localdate() - timedelta(days=1))
    lot = LotFactory(product=product, code="TAL-2025")

    page = words(client.get(page_of(lot)))

    assert ("Order this product" in page, "See the product" in page) == (False, True)


def test_lot_page_tells_what_was_said_before_a_correction(client, words, seller):
    lot = LotFactory(product=ProductFactory(organisation=seller.organisation, lots=[]), code="TAL-2025")
    change_lot(lot, lab={"crocin": "150"}, actor=seller.user)

    page = client.get(page_of(lot))

    (correction,) = page.context["corrections"]
    assert [(one.label, one.was, one.now) for one in correction.changed] == [("Crocin", "238", "150")]
    assert 'was <bdi class="amount">238</bdi>, now' in words(page)
    assert '<a href="#corrections">Corrected on' in words(page)


def test_first_analysis_of_a_lot_corrects_nothing(client, seller):
    product = ProductFactory(organisation=seller.organisation, lots=[])
    lot = LotFactory(product=product, code="TAL-2025", lab={})
    change_lot(lot, lab={"crocin": "150"}, actor=seller.user)

    assert client.get(page_of(lot)).context["corrections"] == []


def test_report_that_the_disk_lost_is_replaced_by_its_seller(client):
    lot = LotFactory(code="TAL-2025", report=ContentFile(b"%PDF-1.7", name="x.pdf"))
    lot.report.storage.delete(lot.report.name)

    changed = change_lot(
        lot,
        actor=MembershipFactory(organisation=lot.organisation).user,
        report=ContentFile(a_pdf(), name="y.pdf"),
    )

    assert b"".join(client.get(f"{page_of(changed)}report/").streaming_content) == a_pdf()
