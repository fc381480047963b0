import pytest
from django.urls import reverse

from moussem.trade.payment.models import Instalment
from tests.factories.trade import accepted_order, buyer, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def history(client):
    """The page of payments as somebody reads it."""

    def read(user):
        client.force_login(user)
        return client.get(reverse("payment:history"))

    return read


def test_history_begins_with_what_is_due_then_what_comes_and_folds_what_is_over(history):
    side = buyer()
    accepted, placed = accepted_order(buyer_side=side), placed_order(buyer_side=side)
    deposit, balance = accepted.payment_plan.instalments.order_by("sequence")
    later = list(placed.payment_plan.instalments.order_by("sequence"))
    Instalment.objects.filter(pk=later[1].pk).update(state="cancelled")

    response = history(side.user)

    assert response.context["to_pay"] == [deposit]
    assert set(response.context["coming"]) == {balance, later[0]}
    assert response.context["over"] == [later[1]]


def test_each_side_reads_the_name_of_the_other_alone(history):
    order = accepted_order(buyer_side=buyer(), seller_side=seller())

    bought, sold = (history(owner_of(side)) for side in (order.buyer, order.seller))

    shown = [(page.context["shows_seller"], page.context["shows_buyer"]) for page in (bought, sold)]
    assert shown == [(True, False), (False, True)]
