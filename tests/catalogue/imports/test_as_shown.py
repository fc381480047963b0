"""What a list writes is what its person saw: an option once, and nothing over what nobody was shown."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.imports.actions import ask_to_write
from catalogue.imports.actions import work as working
from catalogue.imports.models import ProductList
from catalogue.imports.states import ImportState
from catalogue.models import Family, PriceTier, Product, ProductAttributeValue, ProductText
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import HEADERS, ROWS, desk, page, try_out
from tests.factories.catalogue import ProductFactory

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_option_named_twice_in_two_languages_is_chosen_once(desk, seller):
    asked = Family.objects.get(slug="saffron").attributes.filter(type="option").first()
    asked.type = "multi_option"
    asked.save()
    tried = try_out(
        desk, text([HEADERS, [*ROWS[0][:-1], "Filaments entiers / Whole threads / filaments entiers"]])
    )

    desk.post(page("write", tried.pk))

    tried.refresh_from_db()
    chosen = ProductAttributeValue.objects.get().value_multi_option.values_list("option", flat=True)
    assert (tried.state, list(chosen)) == (ImportState.IMPORTED, ["Whole threads"])


@pytest.mark.parametrize(
    ("column", "other"), {1: "Safran", 3: "kg", 4: "600", 5: "3,31", 7: "poudre"}.items()
)
def test_new_product_with_another_cell_is_not_what_was_shown(desk, column, other):
    cells = [other if place == column else cell for place, cell in enumerate(ROWS[0])]

    one, another = (try_out(desk, text([HEADERS, row])) for row in (ROWS[0], cells))

    assert (one.counts, one.counts["new"]) == (another.counts, 1)
    assert one.digest != another.digest


def test_price_changed_between_the_last_look_and_the_lock_is_not_written_over(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1", listed=True)
    price = PriceTier.objects.filter(product=product, currency="EUR").order_by("min_quantity")
    price.update(unit_price=Decimal(10))
    price.exclude(pk=price.first().pk).delete()
    tried = try_out(desk, text([["Réf", "Prix EUR"], ["S-1", "11,00"]]))
    ProductList.objects.filter(pk=tried.pk).update(state=ImportState.CHECKED)
    writing = ask_to_write(ProductList.objects.get(pk=tried.pk), actor=seller.user)
    price.update(unit_price=Decimal(90))

    assert working._write(ProductList.objects.get(pk=writing.pk), actor=seller.user) is False
    assert price.get().unit_price == 90

    working.do_asked(writing.pk, writing.asked_at, actor=seller.user)
    tried.refresh_from_db()
    assert (tried.state, price.get().unit_price) == (ImportState.CHECKED, 90)
    assert (tried.changes[0][3], tried.counts["jumps"]) == ([["500", "90"]], 1)


def undone_with(desk, seller, count):
    """How many queries it takes to undo a list that wrote a text and an answer of so many products."""
    desk.post(page("write", try_out(desk, many(count, HEADERS)).pk))
    Product.objects.update(is_public=True)
    ProductText.objects.filter(language="ar").delete()
    tried = try_out(desk, many(count, [*HEADERS, "Description (arabe)"]))
    desk.post(page("write", tried.pk))
    with CaptureQueriesContext(connection) as asked:
        desk.post(page("undo", tried.pk))
    tried.refresh_from_db()
    assert tried.state == ImportState.RECEIVED
    assert list(ProductText.objects.filter(language="ar")) == []
    return len(asked)


def many(count, headers):
    """A list of so many products, with an Arabic story where it has a column for one."""
    more = ["زعفران"] * (len(headers) - len(HEADERS))
    return text([headers, *([f"Q{count}-{n}", *ROWS[0][1:], *more] for n in range(count))])


def test_undoing_takes_the_same_queries_for_two_and_twelve_products(desk, seller):
    assert undone_with(desk, seller, 2) == undone_with(desk, seller, 12)


def test_option_that_is_gone_is_not_put_back_and_named(desk, seller):
    desk.post(page("write", try_out(desk, text([HEADERS, ROWS[0]])).pk))
    tried = try_out(desk, text([["Réf", "Forme"], ["S-1", "poudre"]]))
    found = ProductAttributeValue.objects.get().value_option
    desk.post(page("write", tried.pk))
    found.delete()

    answer = desk.post(page("undo", tried.pk), follow=True)

    tried.refresh_from_db()
    assert (tried.state, list(ProductAttributeValue.objects.all())) == (ImportState.RECEIVED, [])
    assert "Safran en filaments: Form (what was chosen is offered no more)" in answer.content.decode()
    connection.check_constraints()
