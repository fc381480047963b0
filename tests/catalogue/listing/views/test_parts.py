from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import Certificate, LabField, Lot, ProductImage, ProductText
from catalogue.states import Proof, TextOrigin
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.catalogue import (
    CertificateFactory,
    CertificateTypeFactory,
    LotFactory,
    ProductFactory,
    limit_of_crocin,
)
from tests.factories.people import UserFactory
from tests.factories.trade import placed_order
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(name, *args):
    return reverse(f"listing:{name}", args=args)


def test_machine_draft_is_approved_by_a_press(desk, product):
    ProductText.objects.filter(product=product, language="ar").update(origin=TextOrigin.MACHINE)

    shown = desk.get(page("product", product.pk))
    assert "approve" in shown.content.decode()
    desk.post(page("approve_text", product.pk, "ar"), {"shown": standing(shown, "ar")})

    assert product.texts.get(language="ar").origin == TextOrigin.APPROVED


def standing(shown, language):
    """What the page carries of the text that it shows in a language."""
    return next(one["standing"] for one in shown.context["texts_by_language"] if one["code"] == language)


@pytest.mark.parametrize("carried", [True, False])
def test_machine_draft_that_was_written_anew_meanwhile_is_not_approved_unread(desk, product, carried):
    text = ProductText.objects.filter(product=product, language="ar")
    text.update(origin=TextOrigin.MACHINE)
    shown = standing(desk.get(page("product", product.pk)), "ar") if carried else ""
    text.update(description="شيء آخر")

    answer = desk.post(page("approve_text", product.pk, "ar"), {"shown": shown}, follow=True)

    assert text.get().origin == TextOrigin.MACHINE
    assert (
        "شيء آخر" in answer.content.decode() and "This is not what you were shown" in answer.content.decode()
    )


def test_text_is_written_in_the_language_of_the_address(desk, product):
    send(desk, page("text", product.pk, "fr"), {"title": "Safran pur", "description": ""})

    assert product.texts.get(language="fr").title == "Safran pur"
    assert desk.get(page("text", product.pk, "xx")).status_code == 404


NO_THIRD_STEP = {"quantity_2": "", "price_2": ""}


def test_ladder_page_asks_before_a_price_rises(desk, product):
    typed = {"quantity_0": "500", "price_0": "3", "quantity_1": "600", "price_1": "4", **NO_THIRD_STEP}

    refused = send(desk, page("ladder", product.pk, "EUR"), typed)
    send(desk, page("ladder", product.pk, "EUR"), {**typed, "rise_is_meant": "on"})

    assert "confirm below if you mean it" in refused.content.decode()
    assert product.tiers.filter(currency="EUR").count() == 2
    assert desk.get(page("ladder", product.pk, "XXX")).status_code == 404


def test_ladder_page_asks_before_a_price_moves_by_more_than_half(desk, product):
    typed = {"quantity_0": "500", "price_0": "33", "quantity_1": "", "price_1": "", **NO_THIRD_STEP}

    refused = send(desk, page("ladder", product.pk, "EUR"), typed).content.decode()
    send(desk, page("ladder", product.pk, "EUR"), {**typed, "jump_is_meant": "on"})

    assert 'type="checkbox" name="jump_is_meant"' in refused
    assert [str(tier.unit_price) for tier in product.tiers.filter(currency="EUR")] == ["33.0000"]


def test_currency_is_given_up_by_a_press(desk, product):
    shown = desk.get(page("ladder", product.pk, "USD")).context["standing"]
    desk.post(page("remove_ladder", product.pk, "USD"), {"shown": shown})

    assert set(product.tiers.values_list("currency", flat=True)) == {"EUR", "MAD"}


def test_prices_that_a_colleague_changed_meanwhile_are_not_removed_unseen(desk, product):
    shown = desk.get(page("ladder", product.pk, "USD")).context["standing"]
    product.tiers.filter(currency="USD", min_quantity=10_000).update(unit_price=1)
    before = [*product.tiers.values_list("pk", flat=True)]

    answer = desk.post(page("remove_ladder", product.pk, "USD"), {"shown": shown}, follow=True)

    assert [*product.tiers.values_list("pk", flat=True)] == before
    assert "This is not what you were shown" in answer.content.decode()


def test_packaging_is_saved_level_by_level(desk, product):
    typed = {"unit_holds": "50", "unit_gross_weight_kg": "0,07", "carton_holds": "40"}
    product.packagings.all().delete()

    refused = send(desk, page("packaging", product.pk), typed)
    send(desk, page("packaging", product.pk), {**typed, "carton_gross_weight_kg": "3,2"})

    assert "Write it: carriage is reckoned from these figures." in refused.content.decode()
    assert list(product.packagings.order_by("pk").values_list("level", "gross_weight_kg")) == [
        ("unit", Decimal("0.07")),
        ("carton", Decimal("3.2")),
    ]


def test_lot_page_keeps_what_is_promised(desk, product):
    lot = product.lots.get()
    Lot.objects.filter(pk=lot.pk).update(reserved=Decimal(300))

    answer = send(desk, page("lot", product.pk, lot.pk), {"harvest_year": "2025", "quantity": "10"})

    assert "300 g of this lot are reserved or sold" in answer.content.decode()
    assert Lot.objects.get().quantity == Decimal(12_000)


def test_lot_page_asks_before_a_lot_is_corrected_that_an_order_holds(desk, seller, product):
    lot = product.lots.get()
    placed_order(seller_side=seller, wanted=[(product, Decimal(500))])
    typed = {"harvest_year": "2025", "quantity": "12000", "lab_crocin": "150"}

    asked = send(desk, page("lot", product.pk, lot.pk), typed)
    assert "Orders with goods of this lot, those already sent among them: 1." in asked.content.decode()
    assert Lot.objects.get().lab == {"crocin": "238"}

    send(desk, page("lot", product.pk, lot.pk), {**typed, "correction_is_meant": "on"})
    assert Lot.objects.get().lab == {"crocin": "150"}


@pytest.mark.parametrize("value", ["240.0", "9.10", "9.125"])
def test_value_that_is_shown_shorter_than_it_was_typed_is_no_correction(desk, seller, product, value):
    lot = product.lots.get()
    Lot.objects.update(lab={"crocin": value})
    placed_order(seller_side=seller, wanted=[(product, Decimal(500))])

    answer = send(desk, page("lot", product.pk, lot.pk), quantity="13000")

    assert (answer.status_code, [*history_of(lot)]) == (302, [])
    assert [*Lot.objects.values_list("quantity", "lab")] == [(Decimal(13_000), {"crocin": value})]
    assert LogEntry.objects.get(verb="lot.changed").facts["before"].keys() == {"quantity"}


def test_value_that_holds_a_lot_down_is_named_in_the_language_of_the_page(desk, product):
    lot = product.lots.get()
    product.product_class.lab_fields.update(name_fr="Pouvoir colorant")
    limit_of_crocin(lot, edition="ISO 3632-1:2011", category="I", value=240)

    with override("fr"):
        answer = desk.get(page("lot", product.pk, lot.pk)).content.decode()

    assert "<bdi>Pouvoir colorant</bdi>" in answer
    assert "colouring strength" not in answer


@pytest.mark.parametrize("code", ["../x", "..", ".hidden"])
def test_lot_number_with_a_path_in_it_is_refused(desk, product, code):
    typed = {"code": code, "harvest_year": "2026", "quantity": "1"}

    assert desk.post(page("add_lot", product.pk), typed).status_code == 200
    assert product.lots.count() == 1


def measuring(product, **units):
    """The product's family measures these, each in its unit."""
    for code, unit in units.items():
        LabField.objects.create(family=product.product_class, code=code, name_en=code, unit=unit)


def test_values_that_no_laboratory_finds_are_refused_beside_their_fields(desk, product):
    measuring(product, ph="pH", water="% mass", lead="mg/kg")
    typed = {"code": "T-26", "harvest_year": "2026", "quantity": "10", "analysed_on": "2999-01-01"}
    values = {"lab_ph": "14.5", "lab_water": "101", "lab_lead": "-1"}

    form = desk.post(page("add_lot", product.pk), {**typed, **values}).context["form"]

    assert dict(form.errors) == {
        "analysed_on": ["This day is still to come. Write the day on the report."],
        "lab_ph": ["Write a value from 0 to 14: no other is possible here."],
        "lab_water": ["Write a value from 0 to 100: no other is possible here."],
        "lab_lead": ["Write zero or more: less is not possible here."],
    }
    assert Lot.objects.filter(code="T-26").exists() is False


def test_ends_of_a_scale_are_possible_and_a_ph_is_asked_without_a_unit(desk, product):
    measuring(product, ph="pH", water="% mass")
    typed = {"code": "T-26", "harvest_year": "2026", "quantity": "10", "lab_ph": "14", "lab_water": "0"}

    form = desk.get(page("add_lot", product.pk)).context["form"]
    desk.post(page("add_lot", product.pk), typed)

    assert [form.fields[name].label for name in ("lab_ph", "lab_water")] == ["ph", "water (% mass)"]
    assert Lot.objects.get(code="T-26").lab == {"ph": "14", "water": "0"}


def test_lot_number_used_before_is_told_beside_its_field(desk, product):
    LotFactory(product=ProductFactory(organisation=product.organisation, lots=[]), code="T-26")
    typed = {"code": "T-26", "harvest_year": "2026", "quantity": "10"}

    forms = [desk.post(page(name, product.pk), typed).context["form"] for name in ("add_lot", "proofs")]

    told = "You have a lot numbered T-26 already. Nothing was added; choose another number."
    assert [dict(form.errors) for form in forms] == [{"code": [told]}] * 2


def test_photos_are_added_put_first_and_removed(desk, product, photo):
    for _n in range(2):
        desk.post(page("photos", product.pk), {"photo": photo()})
    first, second = product.images.all()

    desk.post(page("first_photo", product.pk, second.pk))
    desk.post(page("remove_photo", product.pk, first.pk))

    assert list(product.images.all()) == [second]


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", b"", b"GIF89a"])
def test_photo_that_is_none_is_refused_in_the_form(desk, product, content):
    upload = SimpleUploadedFile("photo.jpg", content, "image/jpeg")

    answer = desk.post(page("photos", product.pk), {"photo": upload})

    assert answer.status_code == 200
    assert ProductImage.objects.count() == 0


def test_certificate_is_added_bound_and_withdrawn(desk, seller, product, paper):
    typed = {
        "type": CertificateTypeFactory().pk,
        "number": "BIO-7",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "evidence": paper(),
    }

    desk.post(page("add_certificate"), typed)
    certificate = Certificate.objects.get()
    send(desk, page("certificate", certificate.pk), {"products": [product.pk]})
    assert list(certificate.products.all()) == [product]
    desk.post(page("withdraw_certificate", certificate.pk))

    assert Certificate.objects.get().withdrawn_at is not None
    desk.post(page("restore_certificate", certificate.pk))
    assert Certificate.objects.get().withdrawn_at is None


def test_certificate_added_from_a_product_covers_it_and_leads_back(desk, product):
    address = f"{page('add_certificate')}?product={product.pk}"
    typed = {"type": CertificateTypeFactory().pk, "number": "BIO-7", "valid_from": "2026-01-01"}

    offered = desk.get(address).context["form"]["products"].initial
    answer = desk.post(address, {**typed, "products": offered})

    assert answer["Location"] == page("product", product.pk)
    assert list(Certificate.objects.get().products.all()) == [product]


@pytest.mark.parametrize("asked", ["", "x", "9" * 40, "stranger"])
def test_certificate_form_ignores_a_product_that_is_not_the_sellers(desk, stranger, asked):
    other = ProductFactory(organisation=stranger.organisation, title="Not mine")
    asked = other.pk if asked == "stranger" else asked

    answer = desk.get(f"{page('add_certificate')}?product={asked}")

    assert answer.status_code == 200
    assert "Not mine" not in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_certificates_asks_the_same_questions(desk, seller, rows, django_assert_num_queries):
    for _n in range(rows):
        product = ProductFactory(organisation=seller.organisation)
        CertificateFactory(organisation=seller.organisation, products=[product])

    with django_assert_num_queries(12):
        desk.get(page("certificates"))


def test_everything_a_checked_certificate_is_to_cover_is_said_on_its_page_and_waits(desk, product):
    certificate = CertificateFactory(
        organisation=product.organisation, products=[product], proof=Proof.VERIFIED
    )
    address = page("certificate", certificate.pk)

    send(desk, address, covers_all="on")
    waits = desk.get(page("certificates")).content.decode()
    ticked = desk.get(address).context["form"]["covers_all"].value()
    send(desk, address, covers_all=[], products=[])

    assert ("An officer still has to look at: everything you sell" in waits, ticked) == (True, True)
    assert "Covers nothing yet" in desk.get(page("certificates")).content.decode()


def test_paper_is_for_its_owner_and_for_officers(client, seller, stranger, paper):
    certificate = CertificateFactory(organisation=seller.organisation, evidence=paper())

    answers = []
    for user in (seller.user, UserFactory(is_staff=True), stranger.user):
        client.force_login(user)
        answers.append(client.get(page("evidence", certificate.pk)).status_code)

    assert answers == [200, 200, 404]


def test_everything_of_another_seller_does_not_exist(client, stranger, product, seller):
    certificate = CertificateFactory(organisation=seller.organisation)
    image = ProductImage.objects.create(product=product, original="x.jpg")
    lot = LotFactory(product=product)
    client.force_login(stranger.user)
    names = ("terms", "proofs", "details", "packaging", "photos", "add_lot", "list", "withdraw")
    pages = [
        *((name, product.pk) for name in names),
        ("text", product.pk, "fr"),
        ("approve_text", product.pk, "fr"),
        ("ladder", product.pk, "EUR"),
        ("remove_ladder", product.pk, "EUR"),
        ("lot", product.pk, lot.pk),
        ("remove_photo", product.pk, image.pk),
        ("first_photo", product.pk, image.pk),
        ("certificate", certificate.pk),
        ("withdraw_certificate", certificate.pk),
        ("restore_certificate", certificate.pk),
    ]

    answers = {one: client.post(page(*one)).status_code for one in pages}

    assert set(answers.values()) == {404}, answers
    assert client.get(page("product", product.pk)).status_code == 404
    assert LogEntry.objects.count() == 0


def test_lot_of_another_product_is_not_found_under_this_one(desk, seller, product):
    other = ProductFactory(organisation=seller.organisation)

    assert desk.get(page("lot", product.pk, other.lots.get().pk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("SAF-A", "Another of your products has this code already."),
        ("saf-a", "Another of your products has the code SAF-A, which reads the same."),
        (
            "S\N{CYRILLIC CAPITAL LETTER A}F-A",
            "Another of your products has the code SAF-A, which reads the same.",
        ),
    ],
)
def test_code_that_reads_like_another_of_ones_own_is_refused_at_its_field(desk, seller, typed, said):
    ProductFactory(organisation=seller.organisation, seller_code="SAF-A")
    product = ProductFactory(organisation=seller.organisation, seller_code="B-1")

    answer = send(desk, reverse("listing:details", args=[product.pk]), seller_code=typed, lead_time_days="3")

    product.refresh_from_db()
    assert answer.context["form"].errors == {"seller_code": [said]}
    assert (product.seller_code, product.lead_time_days) == ("B-1", 14)
