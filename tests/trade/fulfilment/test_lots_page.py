"""What was typed of a lot stays on the page, whatever became of the lot meanwhile."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import Lot
from moussem.trade.fulfilment.forms import LotsForm
from moussem.trade.order.models import LotReservation
from tests.factories.catalogue import LotFactory, ProductFactory
from tests.factories.trade import placed_order, seller
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def line(client):
    """A line of 500 from one lot of two, whose seller is signed in."""
    side = seller()
    client.force_login(side.user)
    product = ProductFactory(organisation=side.organisation)
    order = placed_order(seller_side=side, wanted=[(product, Decimal(500))])
    LotFactory(product=product, code="SECOND")
    return order.lines.get()


def address(line):
    return reverse("desk:lots", args=[line.order.number, line.pk])


@pytest.mark.parametrize(
    ("first", "said"),
    [("300", "has only 0 g free."), ("299", "must add up to 500.")],
)
def test_lot_that_was_taken_by_others_keeps_its_field_and_is_named(client, line, unchanged, first, said):
    held, second = line.reservations.get().lot_id, Lot.objects.get(code="SECOND")
    form = as_shown(client.get(address(line)), {f"lot-{held}": first, f"lot-{second.pk}": "200"})
    Lot.objects.filter(pk=second.pk).update(reserved=second.quantity)

    with unchanged():
        back = client.post(address(line), form)

    again, page = as_shown(back), back.content.decode()
    assert [again[f"lot-{lot}"] for lot in (held, second.pk)] == [[first], ["200"]]
    assert (said in page, ">0\xa0g</bdi>" in page) == (True, True)
    assert dict(LotReservation.objects.values_list("lot", "quantity")) == {held: Decimal(500)}


def test_lot_of_another_product_has_no_field_whoever_asks_for_it(client, line):
    other = LotFactory()

    made_up = {f"lot-{other.pk}": "499", f"lot-{'9' * 30}": "1", "lot-0": "1"}

    page = client.post(address(line), {f"lot-{line.reservations.get().lot_id}": "1", **made_up})

    assert {lot.product_id for lot, _field in page.context["form"].rows()} == {line.product_id}


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("fr", "2.000", None),
        ("ar", "2.000", None),
        ("en", "2,000", None),
        ("fr", "2,000", 2),
        ("en", "2.000", 2),
    ],
)
def test_a_quantity_in_thousands_is_never_taken_for_a_few(line, language, typed, kept):
    lot = line.reservations.get().lot
    with override(language):
        form = LotsForm(line, [lot], QueryDict(f"lot-{lot.pk}={typed}"))
        form.is_valid()

    assert form.cleaned_data.get(f"lot-{lot.pk}") == kept
    assert (f"lot-{lot.pk}" in form.errors) == (kept is None)
