import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalogue.models import (
    AttributeOption,
    AttributeOptionGroup,
    ProductAttribute,
    ProductAttributeValue,
    ProductText,
    ProtectedName,
)
from catalogue.states import Proof, TextOrigin
from tests.factories.catalogue import CertificateFactory, FamilyFactory, LotFactory, ProductFactory
from tests.factories.organisations import MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TODAY = timezone.localdate


def address(product, language="en"):
    return f"/{language}/products/{product.slug}_{product.pk}/"


def structured(page):
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page.content.decode(), re.S)
    return json.loads(found[1])


def answer(product):
    """An answer of each kind that the family may ask for."""
    for number, kind in enumerate(("text", "integer", "boolean", "multi_option")):
        question = ProductAttribute.objects.create(
            product_class=product.product_class,
            name=f"Question {kind}",
            code=f"q{number}",
            type=kind,
            unit="m",
        )
        value = ProductAttributeValue(product=product, attribute=question)
        if kind != "multi_option":
            setattr(value, f"value_{kind}", {"text": "By hand", "integer": 1500, "boolean": True}[kind])
        value.save()
        if kind == "multi_option":
            group = AttributeOptionGroup.objects.create(name="Places")
            value.value_multi_option.add(
                *[AttributeOption.objects.create(group=group, option=option) for option in ("Shade", "Sun")]
            )


def test_answers_to_the_family_are_shown_in_words(client, words):
    product = ProductFactory()
    answer(product)

    page = client.get(address(product))

    assert [(a.label, a.text, a.number) for a in page.context["answers"]] == [
        ("Question text", "By hand", None),
        ("Question integer", "", 1500),
        ("Question boolean", "yes", None),
        ("Question multi_option", "Shade, Sun", None),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_product_page_costs_fifteen_queries_at_most(client, rows, django_assert_max_num_queries):
    product = ProductFactory(lots=[(2020 + n, 100) for n in range(rows)])
    answer(product)
    ProductFactory.create_batch(rows, organisation=product.organisation)
    for _n in range(rows):
        CertificateFactory(organisation=product.organisation, products=[product])
    client.force_login(MembershipFactory(organisation__buyer=True).user)

    with django_assert_max_num_queries(15):
        assert client.get(address(product)).status_code == 200


def test_draft_is_a_404_but_for_its_seller(client, words):
    draft = ProductFactory(listed=False)

    assert client.get(address(draft)).status_code == 404
    client.force_login(MembershipFactory().user)
    assert client.get(address(draft)).status_code == 404
    client.force_login(MembershipFactory(organisation=draft.organisation).user)
    assert "Only you can see this page" in words(client.get(address(draft)))


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 18, "9" * 40, "٣"])
def test_product_that_does_not_exist_is_a_404(client, pk):
    assert client.get(f"/en/products/x_{pk}/").status_code == 404


def test_other_slug_leads_to_the_one_address(client):
    product = ProductFactory()

    page = client.get(f"/en/products/old-name_{product.pk}/?quantity=600")

    assert (page.status_code, page.url) == (301, f"{address(product)}?quantity=600")


def test_expired_certificates_are_nowhere(client, words):
    product = ProductFactory()
    mine = {"organisation": product.organisation, "products": [product]}
    CertificateFactory(number="IN-FORCE", proof=Proof.VERIFIED, **mine)
    CertificateFactory(number="EXPIRED", valid_until=TODAY() - timedelta(days=1), **mine)
    CertificateFactory(number="TO-COME", valid_from=TODAY() + timedelta(days=1), **mine)
    CertificateFactory(number="WITHDRAWN", withdrawn_at=timezone.now(), **mine)
    CertificateFactory(number="HOUSE", organisation=product.organisation, covers_all=True)
    CertificateFactory(number="NAMES-NOTHING", organisation=product.organisation)
    CertificateFactory(number="OTHER")

    text = words(client.get(address(product)))

    numbers = ("IN-FORCE", "HOUSE", "NAMES-NOTHING", "EXPIRED", "TO-COME", "WITHDRAWN", "OTHER")
    assert [number in text for number in numbers] == [True, True] + [False] * 5


def test_machine_draft_is_marked_and_the_original_can_be_read(client, words):
    product = ProductFactory(texts=False)
    ProductText.objects.create(product=product, language="fr", title="Fils rouges", description="Cueillis.")
    ProductText.objects.create(
        product=product, language="en", title="Red threads", origin=TextOrigin.MACHINE, description="Picked."
    )

    text = words(client.get(address(product)))

    assert "Machine draft, translated from French" in text
    assert 'lang="fr" dir="auto"><p><strong>Fils rouges</strong>' in text
    assert "Machine draft" not in words(client.get(address(product, "fr")))


def test_ladder_of_another_currency_is_not_shown(client, words):
    product = ProductFactory(ladder=[("500", "3.30")])
    client.post("/en/basket/currency/", {"currency": "USD"})

    page = client.get(address(product))

    assert ("$3.63" in words(page), "3.30" in words(page)) == (True, False)
    assert structured(page)["offers"]["priceCurrency"] == "USD"


def test_lapsed_prices_are_said_and_not_offered(client, words):
    product = ProductFactory(prices_valid_until=TODAY() - timedelta(days=1))

    page = client.get(address(product))

    assert "do not bind any more" in words(page)
    assert ("offers" in structured(page), "Add to basket" in words(page)) == (False, False)


def test_one_button_is_named_for_what_it_does_and_comes_again_only_in_the_bar(client, words):
    page = words(client.get(address(ProductFactory(ladder=[("500", "3.30"), ("2500", "2.90")]))))

    assert page.count("Put into the basket") == 2
    assert page.count('<button class="button" type="submit" form="buying">') == 1
    assert (page.count('id="buying"'), page.count('href="#offer"')) == (1, 0)
    assert page.count('<strong><bdi class="amount">€3.30</bdi></strong> per g') == 1


def test_goods_that_are_made_have_no_harvest_and_no_laboratory_that_found_nothing(client, words):
    family = FamilyFactory(units=["unit"])
    bag = ProductFactory(product_class=family, unit="unit", harvest_months=list(range(1, 13)), lots=[])
    LotFactory(product=bag, lab={})

    page = words(client.get(address(bag)))

    assert [word for word in ("Harvest", "harvest", "Laboratory", "Graded", "January") if word in page] == []
    assert ("all year round" in page, "Each lot is one series of the workshop." in page) == (True, True)


def test_harvest_without_any_analysis_says_so_once(client, words):
    honey = ProductFactory(lots=[])
    LotFactory.create_batch(2, product=honey, lab={})

    page = words(client.get(address(honey)))

    assert page.count("No analysis of these lots has been given yet.") == 1
    assert ("Graded" in page, "Harvest" in page) == (False, True)


def test_lapsed_prices_bring_no_way_to_the_form(client):
    lapsed = ProductFactory(prices_valid_until=TODAY() - timedelta(days=1))

    assert client.get(address(lapsed)).content.decode().count("buy-lead") == 0


def test_quantity_is_priced_and_packed_without_script(client):
    product = ProductFactory()

    page = client.get(address(product), {"quantity": "2 550,0"})

    priced = page.context["priced"]
    assert (priced.quantity, priced.orderable, priced.nearest) == (Decimal("2550"), False, Decimal(2600))
    assert (priced.unit_price, priced.total, priced.packed.units) == (
        Decimal("3.10"),
        Decimal("7905.00"),
        26,
    )


def test_a_quantity_is_asked_for_in_one_place(client, words):
    page = words(client.get(address(ProductFactory()), {"quantity": "2500"}))

    assert (page.count('name="quantity"'), page.count('value="2500"')) == (1, 1)
    assert ("€7,750.00" in page, 'id="packed"' in page) == (True, True)


@pytest.mark.parametrize("typed", ["", "abc", "-5", "0", "NaN", "Infinity", "1e99", "9" * 9000, "\u202e5"])
def test_strange_quantities_are_the_minimum_or_a_number(client, typed):
    page = client.get(address(ProductFactory()), {"quantity": typed})

    assert page.status_code == 200
    assert page.context["priced"].quantity == (5 if "5" in typed and "-" not in typed else 500)


def test_structured_data_cannot_break_out(client):
    product = ProductFactory(title="</script><b>x", texts=False)

    page = client.get(address(product))

    assert structured(page)["name"] == "</script><b>x"
    assert b"</script><b>x" not in page.content


def test_protected_name_stands_with_its_register_number(client, words):
    name = ProtectedName.objects.create(name="Safran de Taliouine", sign="AOP")
    product = ProductFactory(protected_name=name, register_number="AOP-001")

    text = words(client.get(address(product)))

    assert ("Safran de Taliouine" in text, "AOP-001" in text) == (True, True)


def test_lots_with_stock_come_before_those_sold_out(client):
    product = ProductFactory(lots=[])
    gone = LotFactory(product=product, harvest_year=2026, quantity=Decimal(5), sold=Decimal(5))
    old, young = (LotFactory(product=product, harvest_year=year) for year in (2024, 2025))

    page = client.get(address(product))

    assert [lot for lot, _values in page.context["lots"]] == [young, old, gone]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_page_weighs_less_than_its_budget(client, language):
    product = ProductFactory(lots=[(2000 + n, 100) for n in range(20)])

    page = client.get(address(product, language))

    assert len(page.content) < 60_000
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{address(product, language)}">' in (
        page.content.decode()
    )


@pytest.mark.parametrize(("months", "said"), [("36", "36 months"), ("1", "1 month"), ("0.4", "12 days")])
def test_shelf_life_is_said_in_whole_numbers(client, words, months, said):
    product = ProductFactory(shelf_life_months=Decimal(months))

    assert f">{said}</dd>" in words(client.get(address(product)))


def test_neighbours_are_listed_products_of_the_same_seller(client, words):
    product = ProductFactory()
    mine = ProductFactory(organisation=product.organisation)
    draft = ProductFactory(organisation=product.organisation, listed=False)
    other = ProductFactory()

    text = words(client.get(f"{address(product)}more/"))

    assert [p.get_absolute_url() in text for p in (mine, product, draft, other)] == [
        True,
        False,
        False,
        False,
    ]
    assert client.get(f"{address(draft)}more/").status_code == 404


@pytest.mark.parametrize(
    ("language", "kept", "told"),
    [
        ("ar", ("en", "fr", "ar"), "علبة محكمة الإغلاق 100 غ</bdi>\n"),
        ("ar", ("en", "fr"), 'lang="fr">boîte scellée 100 g</bdi> <span class="soft small">(الفرنسية)'),
        ("en", ("ar",), "علبة محكمة الإغلاق 100 غ</bdi> <span"),
    ],
)
def test_packaging_is_told_in_the_readers_language_or_says_which_it_is(client, language, kept, told):
    product = ProductFactory()
    product.texts.exclude(language__in=kept).update(packaging="")

    page = client.get(address(product).replace("/en/", f"/{language}/")).content.decode()

    assert told in page


def test_machine_draft_of_the_packaging_says_so(client):
    product = ProductFactory()
    product.texts.filter(language="en").update(origin=TextOrigin.MACHINE)

    page = client.get(address(product)).content.decode()

    assert 'sealed tin 100 g</bdi> <span class="soft small">(machine draft)' in page
