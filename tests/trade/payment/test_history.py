import pytest
from django.urls import reverse

from moussem.core.dates import today_here
from moussem.trade.payment.actions import record_wire, refund_order, send_refund
from moussem.trade.payment.models import Instalment
from tests.factories.trade import accepted_order, buyer, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
QUERIES = 18


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


def test_money_that_waits_for_an_account_is_not_filed_as_closed(history):
    order = accepted_order(buyer_side=buyer(), seller_side=seller())
    deposit = order.payment_plan.instalments.get(sequence=1)
    record_wire(deposit, deposit.amount, "EUR", "R-1", today_here(), actor=owner_of(order.seller))
    (refund,) = refund_order(order, actor=None, reason="cancelled")
    send_refund(refund)

    page = history(owner_of(order.buyer))

    assert (page.context["goes_back"], page.context["over"]) == ([deposit], [])
    assert "bank details wanted" in page.content.decode()


def test_due_sum_of_two_sellers_says_that_the_button_pays_the_first(history):
    side = buyer()
    for _seller in range(2):
        accepted_order(buyer_side=side)

    page = history(side.user)

    (due,) = page.context["due"]
    assert (due.count, due.amount) == (2, sum(one.amount for one in page.context["to_pay"]))
    text = page.content.decode()
    assert "Pay the first, " in text
    assert "2 payments, each to its own seller." in text


@pytest.mark.parametrize("orders", [1, 3])
def test_list_leads_with_the_goods_however_many_there_are(history, orders, django_assert_num_queries):
    side = buyer()
    placed = [placed_order(buyer_side=side) for _order in range(orders)]
    text = history(side.user).content.decode()
    titles = [line.product.label for order in placed for line in order.lines.all()]

    assert [text.count(f"<bdi>{title}</bdi></a>") for title in titles] == [2] * orders
    with django_assert_num_queries(QUERIES):
        history(side.user)
