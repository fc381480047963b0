from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.actions.reference import load_families
from catalogue.models import Family, Product, ProtectedName
from moussem.core.dates import today_here
from moussem.core.models import LogEntry
from tests.catalogue.test_reference_actions import CAPERS
from tests.factories.catalogue import CertificateFactory, FamilyFactory, ProductFactory, taroudant
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.regions import ProvinceFactory
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(name, *args):
    return reverse(f"listing:{name}", args=args)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_questions_for_one_row_and_three(desk, seller, rows, django_assert_num_queries):
    ProductFactory.create_batch(rows, organisation=seller.organisation)
    ProductFactory()

    with django_assert_num_queries(8):
        answer = desk.get(page("index"))

    assert len(answer.context["products"]) == rows


def test_empty_list_says_what_to_do_next(desk):
    answer = desk.get(page("index"))

    assert "Add your first product" in answer.content.decode()


def test_visitor_is_sent_to_sign_in_and_a_buyer_is_told_kindly(client):
    assert client.get(page("index")).status_code == 302

    client.force_login(MembershipFactory(organisation__buyer=True).user)

    assert client.get(page("index")).status_code == 403


@pytest.fixture
def capers(seller):
    """A family that exists as data only."""
    load_families(CAPERS)
    ProvinceFactory(code="MA-TAO")
    return Family.objects.get(slug="capers-of-taounate")


TERMS = {
    "origin_province": "MA-TAO",
    "unit": "kg",
    "order_multiple": "10",
    "lead_time_days": "14",
    "allergens": ["sulphites"],
    "ladder-currency": "EUR",
    "ladder-quantity_0": "300",
    "ladder-price_0": "7,30",
    "ladder-quantity_1": "1 500",
    "ladder-price_1": "6,90",
}


def test_capers_of_taounate_reach_the_shelf_without_a_line_of_code(desk, capers):
    desk.post(page("start"), {"family": capers.pk, "language": "fr", "title": "Câpres fines"})
    product = Product.objects.get()
    fine = capers.attributes.get().option_group.options.get(option_fr="Fines")
    send(desk, page("terms", product.pk), {**TERMS, "question_calibre": fine.pk})
    lot = {"code": "CAP-26", "harvest_year": "2026", "quantity": "4000", "lab_salt": "9,5"}
    desk.post(page("proofs", product.pk), lot)

    product.refresh_from_db()
    assert product.attribute_values.get().value == fine
    assert product.lots.get().lab == {"salt": "9.5"}
    assert (product.moq, product.origin_region_id) == (Decimal(300), "MA-03")
    assert [tier.unit_price for tier in product.tiers.all()] == [Decimal("7.3"), Decimal("6.9")]


def test_form_asks_what_the_family_asks(desk, capers, seller):
    product = ProductFactory(organisation=seller.organisation, product_class=capers)

    form = desk.get(page("details", product.pk)).content.decode()

    assert [word in form for word in ("Calibre", "Capote", "0910.20")] == [True, True, True]
    answer = send(desk, page("details", product.pk), {**TERMS, "unit": "g"})
    assert list(answer.context["form"].errors) == ["question_calibre"]


def test_complete_product_is_listed_by_a_press(desk, seller):
    product = ProductFactory(organisation=seller.organisation, listed=False)

    assert "List this product" in desk.get(page("product", product.pk)).content.decode()
    desk.post(page("list", product.pk))

    product.refresh_from_db()
    assert product.is_public


def test_incomplete_product_is_not_listed_and_says_why(desk, seller):
    product = ProductFactory(organisation=seller.organisation, listed=False, lots=[], ladder=[])

    shown = desk.get(page("product", product.pk)).content.decode()
    answer = desk.post(page("list", product.pk), follow=True)

    product.refresh_from_db()
    assert not product.is_public
    assert "Write at least one price." in shown
    assert "Still needed: Write at least one price." in answer.content.decode()


def test_terms_ask_for_the_customs_code_before_the_last_step(desk, seller):
    product = ProductFactory(organisation=seller.organisation, listed=False, hs_code=None, ladder=[], lots=[])
    typed = {"origin_province": "MA-TAR", "unit": "g", "order_multiple": "50", "lead_time_days": "9"}
    ladder = {"ladder-currency": "EUR", "ladder-quantity_0": "100", "ladder-price_0": "3"}

    shown = send(desk, page("terms", product.pk), typed | ladder).content.decode()

    assert "Choose its customs code." in shown
    assert not product.tiers.exists()


def test_terms_keep_everything_typed_when_the_ladder_is_refused(desk, seller):
    product = ProductFactory(organisation=seller.organisation, listed=False, ladder=[], lots=[])
    typed = {
        "origin_province": "MA-TAR",
        "hs_code": "091020",
        "unit": "g",
        "order_multiple": "50",
        "lead_time_days": "9",
        "ladder-currency": "EUR",
        "ladder-quantity_0": "100",
        "ladder-price_0": "3",
        "ladder-quantity_1": "200",
        "ladder-price_1": "4",
    }

    answer = send(desk, page("terms", product.pk), typed)

    product.refresh_from_db()
    assert (product.lead_time_days, product.tiers.count()) == (14, 0)
    assert "A larger quantity costs more per unit here." in answer.content.decode()
    assert 'type="checkbox" name="ladder-rise_is_meant"' in answer.content.decode()
    assert send(desk, page("terms", product.pk), {**typed, "ladder-rise_is_meant": "on"}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin_province": "MA-XXX"},
        {"order_multiple": "0"},
        {"order_multiple": "1,234"},
        {"lead_time_days": "-1"},
        {"other_hs_code": "12"},
        {"harvest_months": ["13"]},
        {"shelf_life_months": "=1+1"},
        {"unit": "stone"},
    ],
)
def test_wrong_details_change_nothing(desk, seller, wrong):
    product = ProductFactory(organisation=seller.organisation, lots=[], ladder=[])
    good = {"origin_province": "MA-TAR", "unit": "g", "order_multiple": "50", "lead_time_days": "9"}

    answer = send(desk, page("details", product.pk), {**good, **wrong})

    product.refresh_from_db()
    assert answer.status_code == 200
    assert (product.lead_time_days, product.order_multiple) == (14, Decimal(100))
    assert LogEntry.objects.count() == 0


def test_multiple_that_the_minimum_is_none_of_is_refused(desk, seller):
    product = ProductFactory(organisation=seller.organisation, moq=200, ladder=[("200", "3")])
    details = page("details", product.pk)

    answer = desk.post(details, as_shown(desk.get(details), order_multiple="150"))

    assert "a whole number of the multiples" in answer.content.decode()
    product.refresh_from_db()
    assert (product.order_multiple, LogEntry.objects.count()) == (Decimal(100), 0)


def test_multiple_that_a_later_price_does_not_begin_at_is_refused(desk, seller):
    product = ProductFactory(organisation=seller.organisation, moq=200, ladder=[("200", "3"), ("500", "2")])
    details = page("details", product.pk)

    answer = desk.post(details, as_shown(desk.get(details), order_multiple="200"))

    assert "A price must begin at a whole number of the multiples" in answer.content.decode()
    product.refresh_from_db()
    assert (product.order_multiple, LogEntry.objects.count()) == (Decimal(100), 0)


def test_terms_take_a_new_multiple_with_its_new_minimum(desk, seller):
    product = ProductFactory(organisation=seller.organisation, listed=False, lots=[], ladder=[("500", "3")])
    shown = as_shown(desk.get(page("terms", product.pk)), order_multiple="150")
    typed = {name: value for name, value in shown.items() if name != "ladder-quantity_0"}

    refused = desk.post(page("terms", product.pk), {**typed, "ladder-quantity_0": "500"})
    product.refresh_from_db()
    assert (product.order_multiple, product.moq) == (Decimal(100), Decimal(500))
    done = desk.post(page("terms", product.pk), {**typed, "ladder-quantity_0": "600"})

    product.refresh_from_db()
    assert "nobody could order the minimum" in refused.content.decode()
    assert (done.status_code, product.order_multiple, product.moq) == (302, Decimal(150), Decimal(600))


def test_prices_hold_until_no_past_day_unless_it_stood(desk, seller):
    past = today_here() - timedelta(days=3)
    product = ProductFactory(organisation=seller.organisation, prices_valid_until=past)
    details = page("details", product.pk)
    earlier = {"prices_valid_until": str(past - timedelta(days=1))}

    refused = desk.post(details, as_shown(desk.get(details), **earlier))
    product.refresh_from_db()
    assert "This day is past" in refused.content.decode()
    assert (product.prices_valid_until, LogEntry.objects.count()) == (past, 0)
    desk.post(details, as_shown(desk.get(details), lead_time_days="9"))

    product.refresh_from_db()
    assert (product.prices_valid_until, product.lead_time_days) == (past, 9)


def test_seller_reads_that_the_prices_have_lapsed(desk, seller):
    product = ProductFactory(organisation=seller.organisation, prices_valid_until=today_here())
    told = "these have lapsed"

    before = desk.get(page("product", product.pk)).content.decode()
    Product.objects.update(prices_valid_until=today_here() - timedelta(days=1))
    after = desk.get(page("product", product.pk)).content.decode()

    assert (before.count(told), after.count(told)) == (0, 1)


def test_protected_name_is_refused_without_its_number(desk, seller):
    name = ProtectedName.objects.create(name="Safran de Taliouine", sign="AOP")
    product = ProductFactory(organisation=seller.organisation)
    good = {"origin_province": "MA-TAR", "order_multiple": "50", "lead_time_days": "9"}

    answer = send(desk, page("details", product.pk), {**good, "protected_name": name.pk})

    assert "A protected name needs its register number." in answer.content.decode()
    assert Product.objects.get().protected_name is None


def test_step_three_binds_the_certificates(desk, seller):
    certificate = CertificateFactory(organisation=seller.organisation)
    product = ProductFactory(organisation=seller.organisation, listed=False, lots=[])
    lot = {"code": "L-1", "harvest_year": "2026", "quantity": "10", "certificates": [certificate.pk]}

    answer = desk.post(page("proofs", product.pk), lot)

    assert answer["Location"] == page("product", product.pk)
    assert list(product.certificates.all()) == [certificate]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_page_opens_in_every_language(desk, seller, language):
    FamilyFactory(), taroudant()
    certificate = CertificateFactory(organisation=seller.organisation)
    product = ProductFactory(organisation=seller.organisation)
    lot = product.lots.get()
    desk.cookies["django_language"] = language
    pages = [
        ("index",),
        ("start",),
        *((name, product.pk) for name in ("product", "terms", "proofs", "details", "packaging", "photos")),
        ("text", product.pk, "ar"),
        ("ladder", product.pk, "MAD"),
        ("add_lot", product.pk),
        ("lot", product.pk, lot.pk),
        ("certificates",),
        ("add_certificate",),
        ("certificate", certificate.pk),
    ]

    answers = {one: desk.get(page(*one).replace("/en/", f"/{language}/", 1)).status_code for one in pages}

    assert set(answers.values()) == {200}, answers


def test_officer_without_membership_sees_no_desk(client):
    client.force_login(UserFactory(is_staff=True))

    assert client.get(page("index")).status_code == 403
