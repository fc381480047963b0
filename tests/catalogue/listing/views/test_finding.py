"""Long lists of the seller's own: searched, narrowed, and ticked without losing a tick."""

import pytest
from django.urls import reverse

from catalogue.models import Certificate
from tests.factories.catalogue import CertificateFactory, CertificateTypeFactory, LotFactory, ProductFactory
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
INDEX = reverse("listing:index")


@pytest.fixture
def shelf(seller):
    """Three products of the seller, one of them a draft, and one of somebody else."""
    organisation = seller.organisation
    saffron = ProductFactory(organisation=organisation, title="Saffron threads", lots=[])
    honey = ProductFactory(organisation=organisation, title="Thyme honey", lots=[], seller_code="M-7")
    draft = ProductFactory(organisation=organisation, title="Saffron powder", lots=[], listed=False)
    LotFactory(product=honey, code="MIEL-2025")
    ProductFactory(title="Saffron of another")
    return {"saffron": saffron, "honey": honey, "draft": draft}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"saffron", "honey", "draft"}),
        ("?find=SAFFRON", {"saffron", "draft"}),
        ("?find=powder+saffron", {"draft"}),
        ("?find=m-7", {"honey"}),
        ("?find=miel", {"honey"}),
        ("?find=nothing", set()),
        ("?show=drafts", {"draft"}),
        ("?show=listed&find=saffron", {"saffron"}),
        ("?show=else", {"saffron", "honey", "draft"}),
    ],
)
def test_own_products_are_found_by_name_code_and_lot(desk, shelf, query, found):
    products = desk.get(INDEX + query).context["products"]

    assert {product.pk for product in products} == {shelf[name].pk for name in found}


def test_lot_that_was_searched_for_is_a_link(desk, shelf):
    lot = shelf["honey"].lots.get()

    page = desk.get(f"{INDEX}?find=MIEL-2025").content.decode()

    assert reverse("listing:lot", args=[shelf["honey"].pk, lot.pk]) in page


def test_search_without_a_hit_leads_back_to_all_products(desk, shelf):
    page = desk.get(f"{INDEX}?find=nothing").content.decode()

    assert "No product of yours fits" in page
    assert "Show all my products" in page


@pytest.fixture
def many(seller):
    """More products than a form shows at once."""
    return [
        ProductFactory(organisation=seller.organisation, title=title, lots=[])
        for title in [*["Olive oil"] * 20, "Argan oil", *["Olive oil"] * 18, "Walnut oil"]
    ]


def ticks(form, name="products"):
    """What may be ticked, and what is."""
    boxes = form[name].subwidgets
    return (
        [int(str(box.data["value"])) for box in boxes],
        {int(str(box.data["value"])) for box in boxes if box.data["selected"]},
    )


def test_search_in_a_certificate_form_keeps_the_ticks_and_what_was_typed(desk, many):
    chosen, wanted = many[0], many[39]
    typed = {"number": "BIO-1", "products": [chosen.pk], "find": "products", "find_products": "walnut"}

    form = desk.post(reverse("listing:add_certificate"), typed).context["form"]

    assert ticks(form) == ([chosen.pk, wanted.pk], {chosen.pk})
    assert (form["number"].value(), form.errors) == ("BIO-1", {})
    assert Certificate.objects.count() == 0


def test_long_list_shows_some_and_says_how_many_there_are(desk, many):
    page = desk.get(reverse("listing:add_certificate"))

    assert len(ticks(page.context["form"])[0]) == 30
    assert "There are 40 to choose from." in page.content.decode()


def test_short_list_is_shown_whole_without_a_search(desk, shelf):
    page = desk.get(reverse("listing:add_certificate"))

    assert len(ticks(page.context["form"])[0]) == 3
    assert "to choose from" not in page.content.decode()


def test_tick_that_no_search_shows_is_kept_when_the_form_is_sent(desk, seller, many):
    certificate = CertificateFactory(organisation=seller.organisation)
    certificate.products.set(many[:2])
    address = reverse("listing:certificate", args=[certificate.pk])

    shown, ticked = ticks(desk.get(address).context["form"])
    send(desk, address, products=[*ticked, many[20].pk], find_products="argan")

    assert ticked == {many[0].pk, many[1].pk} and ticked <= set(shown)
    assert set(certificate.products.all()) == {many[0], many[1], many[20]}


def test_refused_certificate_form_still_shows_the_ticks(desk, many):
    typed = {"type": CertificateTypeFactory().pk, "number": "", "products": [many[3].pk]}

    form = desk.post(reverse("listing:add_certificate"), typed).context["form"]

    assert set(form.errors) == {"number", "valid_from"}
    assert ticks(form)[1] == {many[3].pk}
