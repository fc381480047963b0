"""A page that a colleague had open takes back nothing that was changed since."""

from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.models import Certificate, Lot, Packaging, PriceTier, Product, ProductText
from moussem.core.models import LogEntry
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def desk(client, seller):
    """A client signed in as the seller."""
    client.force_login(seller.user)
    return client


@pytest.fixture
def product(seller):
    return ProductFactory(organisation=seller.organisation)


def page(name, *args):
    return reverse(f"listing:{name}", args=args)


def part(product, name):
    """The page of this part of the product, and the rows it writes."""
    lot = product.lots.get()
    return {
        "text": (page("text", product.pk, "fr"), ProductText.objects.filter(product=product, language="fr")),
        "details": (page("details", product.pk), Product.objects.filter(pk=product.pk)),
        "terms": (page("terms", product.pk), Product.objects.filter(pk=product.pk)),
        "ladder": (
            page("ladder", product.pk, "EUR"),
            PriceTier.objects.filter(product=product, currency="EUR", min_quantity=10_000),
        ),
        "packaging": (
            page("packaging", product.pk),
            Packaging.objects.filter(product=product, level="carton"),
        ),
        "lot": (page("lot", product.pk, lot.pk), Lot.objects.filter(pk=lot.pk)),
    }[name]


# What this person types, the field that a colleague changes meanwhile, and what they make of it.
CHANGES = [
    ("text", {"title": "Safran pur"}, "description", "D’un collègue"),
    ("details", {"lead_time_days": "9"}, "order_multiple", Decimal(50)),
    ("details", {"lead_time_days": "9"}, "harvest_months", [10, 11]),
    ("terms", {"lead_time_days": "9"}, "national_code", "0910200000"),
    ("ladder", {"price_0": "3,25"}, "unit_price", Decimal("2.5")),
    ("packaging", {"unit_gross_weight_kg": "0,071"}, "gross_weight_kg", Decimal("9.5")),
    ("lot", {"laboratory": "Labo"}, "quantity", Decimal(9000)),
    ("lot", {"laboratory": "Labo"}, "lab", {"crocin": "201"}),
]


@pytest.mark.parametrize(("name", "typed", "field", "now"), CHANGES)
def test_page_opened_before_a_colleagues_change_keeps_it(desk, product, name, typed, field, now):
    address, rows = part(product, name)
    form = as_shown(desk.get(address), typed)
    rows.update(**{field: now})

    answer = desk.post(address, form)

    assert (answer.status_code, rows.values_list(field, flat=True).get()) == (302, now)
    assert LogEntry.objects.exists()


BOTH = [
    ("text", {"title": "Safran à moi"}, "title", "Safran d’un autre", "title"),
    ("details", {"lead_time_days": "9"}, "lead_time_days", 30, "lead_time_days"),
    ("ladder", {"price_2": "2,4"}, "unit_price", Decimal("2.5"), "price_2"),
    (
        "packaging",
        {"carton_gross_weight_kg": "8"},
        "gross_weight_kg",
        Decimal("9.5"),
        "carton_gross_weight_kg",
    ),
    ("lot", {"quantity": "8000"}, "quantity", Decimal(9000), "quantity"),
]


@pytest.mark.parametrize(("name", "typed", "field", "now", "told"), BOTH)
def test_what_both_changed_is_told_and_taken_when_sent_again(desk, product, name, typed, field, now, told):
    address, rows = part(product, name)
    form = as_shown(desk.get(address), typed)
    rows.update(**{field: now})

    refused = desk.post(address, form)
    kept = rows.values_list(field, flat=True).get()

    assert ([*refused.context["form"].errors], kept) == ([told], now)
    assert as_shown(refused)[told] == [typed[told]]
    assert desk.post(address, as_shown(refused)).status_code == 302
    assert rows.values_list(field, flat=True).get() != now


@pytest.fixture
def certificate(seller, product):
    return CertificateFactory(organisation=seller.organisation, products=[product])


def test_tick_of_a_colleague_stays_when_the_lots_are_saved(desk, seller, product, certificate):
    address, other = page("certificate", certificate.pk), ProductFactory(organisation=seller.organisation)
    form = as_shown(desk.get(address), lots=[product.lots.get().pk])
    certificate.products.add(other)

    assert desk.post(address, form).status_code == 302

    assert {*Certificate.objects.get().products.all()} == {product, other}
    assert [*certificate.lots.all()] == [product.lots.get()]


def test_search_in_the_lists_keeps_what_was_shown_at_first(desk, seller, product, certificate):
    address, other = page("certificate", certificate.pk), ProductFactory(organisation=seller.organisation)
    found = send(desk, address, products=[other.pk], lots=[product.lots.get().pk], find="products")

    assert desk.post(address, as_shown(found)).status_code == 302

    assert ([*certificate.products.all()], [*certificate.lots.all()]) == ([other], [product.lots.get()])
