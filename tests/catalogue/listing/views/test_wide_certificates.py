"""A certificate covers more products than a page has fields, and is saved all the same."""

import copy
import re

import pytest
from django.conf import settings
from django.urls import reverse

from catalogue.models import Product
from tests.factories.catalogue import CertificateFactory, CertificateTypeFactory, ProductFactory
from tests.sent_forms import as_shown, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MANY = 1_200


@pytest.fixture
def many(seller):
    """Products of the seller, a hundred of them of honey."""
    first = ProductFactory(organisation=seller.organisation, texts=False, lots=[], ladder=[], packed=False)
    made = []
    for number in range(MANY):
        one = copy.copy(first)
        one.pk, one._state = None, copy.copy(first._state)
        one.title = f"{'Honey' if number % 12 == 0 else 'Saffron'} {number}"
        one.slug, one.seller_code = f"product-{number}", f"C-{number}"
        made.append(one)
    first.delete()
    return Product.objects.bulk_create(made)


@pytest.fixture
def wide(seller, many):
    """A certificate of all but the last of them, and its page."""
    certificate = CertificateFactory(organisation=seller.organisation, products=many[:-1])
    return certificate, reverse("listing:certificate", args=[certificate.pk])


def covered(certificate):
    return {*certificate.products.values_list("pk", flat=True)}


def pressed(desk, address, form, **press):
    """The form that comes back after a press on one of its lists."""
    return as_shown(desk.post(address, {**form, **press}))


def test_certificate_of_a_thousand_products_is_saved_as_it_is_shown(desk, wide, many):
    certificate, address = wide
    form = as_shown(desk.get(address))
    sent = sum(len(value) for value in form.values())

    answer = desk.post(address, form)

    assert (sent < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, answer.status_code) == (True, 302)
    assert covered(certificate) == {product.pk for product in many[:-1]}


def test_rows_without_a_box_are_unticked_by_a_search(desk, wide, many):
    certificate, address = wide
    honey = {product.pk for product in many if product.title.startswith("Honey")}
    form = as_shown(desk.get(address))

    left = pressed(desk, address, {**form, "find_products": "honey"}, untick="products")
    back = pressed(desk, address, {**left, "find_products": "honey 12"}, find="products")

    assert desk.post(address, {**back, "products": [*back["products"], str(many[12].pk)]}).status_code == 302
    assert covered(certificate) == {one.pk for one in many[:-1]} - honey | {many[12].pk}


def test_all_that_a_search_finds_are_ticked_by_one_press(desk, many):
    address = reverse("listing:add_certificate")
    typed = {"type": CertificateTypeFactory().pk, "number": "BIO-1", "valid_from": "2026-01-01"}
    form = as_shown(desk.get(address), typed, find_products="honey")

    answer = desk.post(address, pressed(desk, address, form, tick="products"))

    assert answer.status_code == 302
    (certificate,) = Product.objects.filter(title="Honey 0").get().certificates.all()
    assert covered(certificate) == {one.pk for one in many if one.title.startswith("Honey")}


def test_tick_of_a_colleague_that_has_no_box_is_told_and_stays(desk, wide, many):
    certificate, address = wide
    form = as_shown(desk.get(address), covers_all="on")
    certificate.products.add(many[-1])

    back = desk.post(address, form)

    assert [*back.context["form"].otherwise] == ["products"]
    assert desk.post(address, as_shown(back, covers_all=[])).status_code == 302
    assert covered(certificate) == {one.pk for one in many}


def test_what_a_colleague_changed_in_a_long_list_is_told_by_name(desk, wide, many):
    certificate, address = wide
    form = as_shown(desk.get(address), covers_all="on")
    certificate.products.add(many[-1])
    certificate.products.remove(*many[600:612])

    said = desk.post(address, form).content.decode()

    (went,) = re.findall(r"Taken out since you opened the page: <bdi>(.*?)</bdi>", said)
    assert f"Added since you opened the page: <bdi>{many[-1].title}</bdi>" in said
    assert {*went.split(", ")} <= {*(one.title for one in many[600:612]), "2 more"}
    assert (len(went.split(", ")), went.endswith(", 2 more")) == (11, True)


def test_product_without_a_box_that_was_deleted_meanwhile_is_left_out(desk, wide, many):
    certificate, address = wide
    form = as_shown(desk.get(address))
    many[600].delete()

    back = desk.post(address, form)

    told = "Taken out since you opened the page: <bdi>1 that is deleted</bdi>"
    assert told in back.content.decode()
    assert desk.post(address, as_shown(back)).status_code == 302
    assert covered(certificate) == {one.pk for one in many[:-1]} - {many[600].pk, None}


@pytest.mark.parametrize("made_up", ["9" * 30, "1,,x,-3", "²,٣", ",".join(["7"] * 9000), "4" * 18])
def test_made_up_rows_of_one_field_break_nothing(desk, wide, made_up):
    certificate, address = wide
    before = covered(certificate)
    form = as_shown(
        desk.get(address), {"initial-products": made_up, "products_beside": made_up, "products": []}
    )

    back = desk.post(address, form)

    assert (back.status_code, covered(certificate)) == (200, before)


def test_search_in_a_long_list_stands_beside_what_is_ticked(desk, wide):
    page = desk.get(wide[1]).content.decode()

    assert "Also ticked, without a box here (search to see them): <bdi data-beside-count>1139</bdi>" in page
    assert send(desk, wide[1], find_products="honey", find="products").status_code == 200
