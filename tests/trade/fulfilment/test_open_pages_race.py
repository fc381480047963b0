"""What a colleague writes of an order while a page is being sent, on a database with row locks."""

from django.urls import reverse

from moussem.trade.order.models import Order, PackedItem
from tests.factories.trade import ready_order, seller, shipped_order
from tests.races import on_postgresql, while_it_waits
from tests.sent_forms import as_shown

pytestmark = on_postgresql


def test_packing_list_corrected_at_the_same_moment_is_told_and_stays(client):
    side = seller()
    order = ready_order(seller_side=side)
    client.force_login(side.user)
    address, key = reverse("desk:ready", args=[order.number]), f"line-{order.lines.get().pk}"
    form = as_shown(client.get(address), {f"{key}-cartons": "2"}, correct="1")

    with while_it_waits(order, lambda: client.post(address, form)) as answer:
        PackedItem.objects.update(marks="TZ")

    told = {name: tuple(one) for name, one in answer.result().context["form"].otherwise.items()}
    assert told == {f"{key}-marks": ("TZ", "empty")}
    assert [*PackedItem.objects.values_list("cartons", "marks")] == [(1, "TZ")]


def test_carrier_corrected_at_the_same_moment_is_told_and_stays(client):
    side = seller()
    order = shipped_order(seller_side=side)
    client.force_login(side.user)
    shown = {"initial-carrier": "DHL", "initial-reference": "AWB 1", "correct": "1"}
    sent = {**shown, "carrier": "UPS", "reference": "AWB 1"}
    address = reverse("desk:ship", args=[order.number])

    with while_it_waits(order, lambda: client.post(address, sent)) as answer:
        Order.objects.filter(pk=order.pk).update(tracking_reference="AWB 2")

    told = answer.result().context["ship_form"].otherwise
    assert {name: tuple(one) for name, one in told.items()} == {"reference": ("AWB 2", "AWB 1")}
    assert Order.objects.values_list("carrier", "tracking_reference").get() == ("DHL", "AWB 2")
