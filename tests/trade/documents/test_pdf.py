import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from moussem.trade.documents.actions import issue_confirmation, issue_proformas
from moussem.trade.documents.models import Document
from moussem.trade.documents.pdf import draw, printable
from moussem.trade.documents.sheet import sheet_of
from moussem.trade.payment.qr import drawn, transfer_code
from tests.factories.catalogue import ProductFactory
from tests.factories.trade import placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOSTILE = [
    '#panic("no") $x$ *bold* _under_ `raw` = Title',
    '"; #read("/etc/passwd")',
    "\u202eevil\u202c 100",
    "A" * 10_000,
    "word " * 2_000,
    "<script>alert(1)</script> {{ 7*7 }}",
]


def words_of(document, language):
    reader = PdfReader(io.BytesIO(draw(sheet_of(document, language))))
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split()), len(reader.pages)


def test_the_english_paper_says_what_was_ordered_and_how_to_pay():
    order = placed_order()
    document = issue_proformas([order])[0]

    text, pages = words_of(document, "en")

    first = document.content["instalments"][0]
    assert pages == 1
    for expected in ("Pro-forma invoice", document.number, order.number, "FCA Agadir Al Massira"):
        assert expected in text
    assert "€1,695.50" in text and "€508.65" in text and "€1,186.85" in text
    assert first["reference"] in text.replace(" ", "")
    assert order.seller.iban in text.replace(" ", "")


@pytest.mark.parametrize(
    ("unit", "quantity", "language", "written"),
    [
        ("unit", "2501", "en", ("2,501 pieces", "/piece")),
        ("unit", "1", "en", ("1 piece", "/piece")),
        ("pair", "12", "fr", ("12 paires", "/paire")),
        ("kg", "12.5", "fr", ("12,5 kg", "/kg")),
    ],
)
def test_unit_is_written_by_its_quantity_in_the_language_of_the_paper(unit, quantity, language, written):
    document = issue_confirmation(placed_order())
    document.content["lines"][0].update(unit=unit, quantity=quantity)

    line = sheet_of(document, language)["lines"][0]

    assert (line["quantity"], line["unit_price"][line["unit_price"].index("/") :]) == written


def test_the_french_paper_writes_amounts_and_dates_in_french():
    document = issue_confirmation(placed_order(currency="MAD"))

    text, _pages = words_of(document, "fr")

    assert "17 865,50 MAD" in text.replace("\u202f", " ").replace("\xa0", " ")
    assert str(document.issued_at.year) in text and "," in text


def test_arabic_names_are_printed_and_shaped():
    side = seller(name_ar="تعاونية الزعفران")
    document = issue_proformas([placed_order(seller_side=side)])[0]

    pdf = draw(sheet_of(document, "fr"))

    fonts = {
        font.get_object()["/BaseFont"]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any("NotoSansArabic" in font for font in fonts)


def test_twelve_lines_take_two_pages_with_the_total_on_the_last():
    side = seller()
    title = (
        "Saffron threads of Taliouine, hand-picked at dawn, "
        "dried over charcoal and packed in sealed tins of one hundred grams "
    )
    wanted = [
        (ProductFactory(organisation=side.organisation, title=f"{title}{n}"), Decimal(500)) for n in range(12)
    ]
    document = issue_proformas([placed_order(seller_side=side, wanted=wanted, currency="USD")])[0]

    text, pages = words_of(document, "en")

    assert pages == 2
    assert text.count("hand-picked at dawn") == 12
    assert "$21,825.50" in text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_as_it_is_written(text):
    document = issue_proformas([placed_order()])[0]
    content = document.content
    content["seller"]["name"] = content["lines"][0]["title"] = text
    content["buyer"]["address"] = [text]
    content["named_place"] = text
    Document.objects.filter(pk=document.pk).update(content=content)
    document.refresh_from_db()

    printed, _pages = words_of(document, "en")

    squeezed = "".join(printed.split())
    assert "".join(printable(text).split())[:40] in squeezed


def test_what_has_no_place_on_paper_is_taken_out():
    sheet = {"a": ["x\x00y\x1bz", "\u202eevil\u202c", 3, None], "b": {"c": "line\none", "d": "\ud800?"}}

    assert printable(sheet) == {"a": ["xyz", "evil", 3, None], "b": {"c": "line\none", "d": "??"}}


def test_the_paper_and_the_page_of_payment_draw_the_same_code():
    document = issue_proformas([placed_order()])[0]
    bank, first = document.content["bank"], document.content["instalments"][0]

    code = transfer_code(
        holder=document.content["seller"]["name"],
        iban=bank["iban"],
        bic=bank["bic"],
        amount=Decimal(first["amount"]),
        currency="EUR",
        reference=first["reference"],
    )

    assert sheet_of(document, "en")["bank"]["qr"] == drawn(code).decode()
