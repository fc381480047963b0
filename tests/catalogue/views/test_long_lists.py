"""Every public list of the catalogue holds one page of rows, be there none or a thousand."""

import copy

import pytest

from catalogue.models import Certificate, Lot, Product
from catalogue.presenting import MOST_PROOFS
from catalogue.queries.lots import MOST_LOTS
from moussem.organisations.models import Organisation
from tests.factories.catalogue import (
    CertificateFactory,
    FamilyFactory,
    LotFactory,
    ProductFactory,
    SellerFactory,
    souss_massa,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
THOUSAND = 1_000


def copies(row, count, **changed):
    """The row ``count`` times, but for its key and what is changed: ``name="S-%s"`` is numbered."""
    made = []
    for number in range(count):
        one = copy.copy(row)
        one.pk, one._state = None, copy.copy(row._state)
        for name, value in changed.items():
            setattr(one, name, value % number)
        made.append(one)
    return type(row).objects.bulk_create(made)


def sold_by(seller, count):
    if count:
        product = ProductFactory(organisation=seller)
        copies(product, count - 1, seller_code="P-%s")
        assert Product.objects.listed().count() == count
    return seller


@pytest.mark.parametrize(("rows", "shown", "queries"), [(0, 0, 0), (1, 1, 0), (3, 3, 0), (THOUSAND, 24, 1)])
def test_products_of_a_producer_come_by_pages(client, rows, shown, queries, django_assert_num_queries):
    seller = sold_by(SellerFactory(), rows)
    address = f"/en/organisations/{seller.slug}/"
    asked = {0: 2, 1: 3, 3: 3, THOUSAND: 6}[rows]

    with django_assert_num_queries(asked):
        page = client.get(address)

    text = page.content.decode()
    assert text.count('class="card__title"') == shown
    assert ("?products=2" in text) == bool(queries)
    if queries:
        assert client.get(address + "?products=42").content.decode().count('class="card__title"') == 16


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (THOUSAND, 12)])
def test_producers_of_a_region_come_by_pages(client, rows, shown):
    souss_massa()
    if rows:
        product = ProductFactory()
        sellers = copies(product.organisation, rows - 1, slug="s-%s", registration_number="R-%s")
        made = copies(product, rows - 1, seller_code="P-%s")
        for one, seller in zip(made, sellers, strict=True):
            one.organisation = seller
        Product.objects.bulk_update(made, ["organisation"])
        assert Organisation.objects.count() == rows

    page = client.get("/en/regions/MA-09/")

    assert len(page.context["producers"].object_list) == shown
    assert ("?makers=2" in page.content.decode()) == (rows == THOUSAND)


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (THOUSAND, 20)])
@pytest.mark.parametrize("place", ["products/", "families/saffron/", "departments/x_%s/", "regions/MA-09/"])
def test_products_of_a_place_come_by_pages(client, rows, shown, place):
    souss_massa()
    family = FamilyFactory()
    sold_by(SellerFactory(), rows)

    page = client.get("/en/" + place.replace("%s", str(family.department_id)), follow=True)

    assert len(page.context["products"]) == shown


@pytest.mark.parametrize("rows", [0, 1, THOUSAND])
def test_lots_and_certificates_of_a_product_are_bounded(client, rows):
    product = ProductFactory(lots=[])
    if rows:
        copies(LotFactory(product=product), rows - 1, code="L-%s")
        copies(
            CertificateFactory(organisation=product.organisation, covers_all=True), rows - 1, number="C-%s"
        )
    assert (Lot.objects.count(), Certificate.objects.count()) == (rows, rows)

    page = client.get(product.get_absolute_url())

    assert len(page.context["lots"]) == min(rows, MOST_LOTS)
    assert len(page.context["certificates"]) == min(rows, MOST_PROOFS)
    assert ("Only the lots in stock" in page.content.decode()) == (rows == THOUSAND)
