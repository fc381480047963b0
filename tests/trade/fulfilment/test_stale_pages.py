"""Pages left open too long say what happened since; money is said to go back only where some came."""

import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.core.models import OutboxMessage
from moussem.trade.fulfilment.actions import cancel_order
from moussem.trade.payment.actions import record_wire
from tests.factories.trade import accepted_order, buyer, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BACK = "what you have paid goes back to you"


@pytest.mark.parametrize(
    ("side", "name", "back"),
    [("buyer", "orders:withdraw", "orders:order"), ("seller", "desk:refuse", "desk:order")],
)
def test_a_stale_link_leads_back_with_what_happened(client, side, name, back):
    order = accepted_order(seller_side=seller(), buyer_side=buyer())
    client.force_login(owner_of(getattr(order, side)))

    page = client.get(reverse(name, args=[order.number]), follow=True)

    assert page.redirect_chain == [(reverse(back, args=[order.number]), 302)]
    said = [str(one) for one in page.context["messages"]]
    assert said == ["This order is accepted already; its goods are still to be packed."]


@pytest.mark.parametrize("paid", [0, 1, 100])
def test_money_goes_back_only_where_some_came(client, paid):
    order = accepted_order(seller_side=seller(), buyer_side=buyer())
    owner, deposit = owner_of(order.seller), order.payment_plan.instalments.first()
    if paid:
        record_wire(deposit, deposit.amount * paid / 100, "EUR", "R-1", today_here(), actor=owner)
    cancel_order(order, actor=owner, code="sold_out")
    client.force_login(owner_of(order.buyer))

    page = client.get(reverse("orders:order", args=[order.number])).content.decode()

    mail = OutboxMessage.objects.get(key__startswith="order-buyer-cancelled:").payload["body"]
    assert (BACK in page, BACK in mail) == (bool(paid), bool(paid))


def test_withdrawing_what_was_not_paid_promises_no_money(client):
    order = placed_order(seller_side=seller(), buyer_side=buyer())
    client.force_login(owner_of(order.buyer))
    address = reverse("orders:withdraw", args=[order.number])

    asked = client.get(address).content.decode()
    done = client.post(address, {"reason": "Too late."}, follow=True)

    assert BACK not in asked
    assert [str(one) for one in done.context["messages"]] == ["Order withdrawn. The seller was told."]
