from decimal import Decimal

import pytest
from django.urls import reverse

from moussem.organisations.states import Role
from moussem.trade.documents.actions import issue_proformas
from moussem.trade.fulfilment.actions import add_photos
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState
from moussem.trade.payment.actions import announce_wire, start_attempt, withdraw_wire
from moussem.trade.payment.models import Instalment, PaymentAttempt
from tests.factories.people import UserFactory
from tests.factories.trade import (
    accepted_order,
    buyer,
    member_of,
    owner_of,
    placed_order,
    ready_order,
    seller,
    shipped_order,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page(name, number):
    return reverse(f"orders:{name}", args=[number])


def shown(response):
    return " ".join(response.content.decode().split())


def status_of(order):
    return Order.objects.values_list("status", flat=True).get(pk=order.pk)


@pytest.fixture
def side(client):
    """A buyer's owner, signed in."""
    membership = buyer()
    client.force_login(membership.user)
    return membership


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_purchases_asks_the_same_number_of_questions(
    client, side, rows, django_assert_num_queries
):
    for _ in range(rows):
        placed_order(buyer_side=side)

    with django_assert_num_queries(12):
        client.get(reverse("orders:purchases"))


def test_what_is_to_be_paid_is_the_whole_whatever_the_list_is_narrowed_to(client, side):
    for _ in range(2):
        accepted_order(buyer_side=side)
    placed_order(buyer_side=side)

    pages = [client.get(reverse("orders:purchases"), {"state": state}) for state in ("", "placed", "ready")]

    assert [len(page.context["due"]) for page in pages] == [2, 2, 2]
    (sums,) = {str(page.context["due_sums"]) for page in pages}
    assert len(pages[1].context["page"]) == 1 and "EUR" in sums


def test_a_purchase_shows_each_order_and_what_to_pay_now(client, side):
    first = accepted_order(buyer_side=side)
    second = placed_order(buyer_side=side, purchase=first.purchase)
    issue_proformas([second])

    response = client.get(page("purchase", first.purchase.number))

    assert response.context["orders"] == [first, second]
    due = first.payment_plan.instalments.first()
    assert [one["instalment"] for one in response.context["to_pay"]] == [due]
    assert f"OC-{first.seller_id:04d}" in shown(response) and f"PF-{second.seller_id:04d}" in shown(response)


def test_without_purchases_the_page_says_what_to_do(client, side):
    assert "You have not ordered yet" in shown(client.get(reverse("orders:purchases")))


def test_the_order_page_tells_what_comes_next(client, side):
    order = placed_order(buyer_side=side)

    response = client.get(page("order", order.number))

    moments = [(one["title"], one.get("state", "done")) for one in response.context["timeline"]]
    assert moments == [
        ("Order placed", "done"),
        ("The seller answers", "current"),
        ("Payment of €508.65", "coming"),
        ("The goods are packed", "coming"),
        ("Payment of €1,186.85", "coming"),
        ("The goods leave", "coming"),
        ("The buyer confirms the arrival", "coming"),
    ]


def test_order_names_its_lots_with_harvest_and_link(client, side):
    order = placed_order(buyer_side=side)
    lot = order.lines.get().reservations.get().lot

    text = shown(client.get(page("order", order.number)))

    assert f'href="{reverse("catalogue:lot", args=[order.seller.slug, lot.code])}"' in text
    assert f"harvest of {lot.harvest_year}" in text
    assert "Change lots" not in text


def test_withdrawing_from_the_page(client, side, unchanged):
    order = placed_order(buyer_side=side)
    assert "Withdraw the order" in shown(client.get(page("withdraw", order.number)))

    with unchanged():
        assert "Write why, so that the other side can act on it." in shown(
            client.post(page("withdraw", order.number), {"reason": ""})
        )
    first = client.post(page("withdraw", order.number), {"reason": "Twice"}, follow=True)
    second = client.post(page("withdraw", order.number), {"reason": "Twice"}, follow=True)

    assert status_of(order) == OrderState.CANCELLED
    assert "Order withdrawn" in shown(first)
    assert "can no longer be withdrawn" in shown(second)
    assert client.get(page("withdraw", order.number)).url == page("order", order.number)


def test_confirming_the_arrival_from_the_page_and_pressing_twice(client, side):
    order = shipped_order(buyer_side=side)
    assert "AWB 1" in shown(client.get(page("order", order.number)))

    first = client.post(page("delivered", order.number), follow=True)
    second = client.post(page("delivered", order.number), follow=True)

    assert status_of(order) == OrderState.DELIVERED
    assert "Thank you" in shown(first)
    assert "This order was delivered already. Nothing was changed" in shown(second)


def test_a_viewer_reads_but_is_offered_nothing(client, side):
    order = placed_order(buyer_side=side)
    shipped = shipped_order(buyer_side=side)
    client.force_login(member_of(side.organisation, Role.VIEWER).user)

    assert "Withdraw the order…" not in shown(client.get(page("order", order.number)))
    assert "The goods have arrived" not in shown(client.get(page("order", shipped.number)))
    assert client.post(page("delivered", shipped.number)).status_code == 404
    assert status_of(shipped) == OrderState.SHIPPED


def test_pictures_are_shown_once_the_goods_are_ready(client, side, jpeg):
    from django.core.files.base import ContentFile

    order = accepted_order(buyer_side=side)
    photo = ContentFile(jpeg(), name="secret.webp")
    add_photos(order, actor=owner_of(order.seller), photos=[photo])
    ready = ready_order(buyer_side=side)

    assert "secret.webp" not in shown(client.get(page("order", order.number)))
    assert reverse("orders:photo", args=[ready.number, ready.photos.get().pk]) in shown(
        client.get(page("order", ready.number))
    )


def test_a_refusal_is_read_in_the_buyers_language_with_the_sellers_words(client, side):
    from moussem.trade.fulfilment.actions import refuse_order

    order = placed_order(buyer_side=side)
    refuse_order(order, actor=owner_of(order.seller), code="sold_out", reason="<b>سوري</b>")

    text = shown(client.get(page("order", order.number)))

    assert "The harvest is sold out" in text and "&lt;b&gt;سوري&lt;/b&gt;" in text


def test_every_state_has_its_page_in_every_language(client, side):
    orders = [make(buyer_side=side) for make in (placed_order, accepted_order, ready_order, shipped_order)]

    for language in ("en", "fr", "ar"):
        for order in orders:
            assert client.get(f"/{language}/orders/{order.number}/").status_code == 200


def test_others_find_nothing_and_change_nothing(client, unchanged):
    order = shipped_order()
    gets = [page("purchase", order.purchase.number), page("order", order.number)]
    others = [seller().user, buyer().user, UserFactory(), owner_of(order.seller)]

    for user in others:
        client.force_login(user)
        with unchanged():
            assert {client.get(address).status_code for address in gets} == {404}
            assert client.get(page("withdraw", order.number)).status_code == 404
            assert client.post(page("withdraw", order.number), {"reason": "x"}).status_code == 404
            assert client.post(page("delivered", order.number)).status_code == 404


def test_strangers_are_sent_to_sign_in(client):
    order = placed_order()

    for address in (reverse("orders:purchases"), page("order", order.number)):
        assert client.get(address)["Location"].startswith(reverse("account_login"))


def test_withdrawn_wire_reads_as_withdrawn_and_nobody_is_told_that_it_failed(client, mailed):
    order = accepted_order()
    payer = owner_of(order.buyer)
    deposit = Instalment.objects.filter(plan__order=order).order_by("sequence").first()
    attempt = start_attempt(deposit, "wire", actor=payer)
    announce_wire(PaymentAttempt.objects.get(pk=attempt.pk), actor=payer)
    before = mailed()

    withdraw_wire(PaymentAttempt.objects.get(pk=attempt.pk), actor=payer)

    client.force_login(payer)
    page = client.get(reverse("orders:order", args=[order.number])).content.decode()
    assert "The buyer took back the announcement of" in page
    assert "did not arrive" not in page
    assert mailed() == before


def test_what_is_to_be_paid_stands_first_with_its_sum_on_the_button(client, side):
    due = accepted_order(buyer_side=side)
    newer = placed_order(buyer_side=side)

    response = client.get(reverse("orders:purchases"))

    assert list(response.context["page"]) == [due.purchase, newer.purchase]
    assert 'Pay <bdi class="amount">€508.65</bdi>' in shown(response)
    assert response.context["due_sums"] == [{"currency": "EUR", "amount": Decimal("508.65")}]


def test_progress_counts_the_five_steps_and_leaves_out_what_came_to_nothing(client, side):
    orders = [shipped_order(buyer_side=side), placed_order(buyer_side=side), placed_order(buyer_side=side)]
    Order.objects.filter(pk=orders[2].pk).update(status=OrderState.CANCELLED)

    text = shown(client.get(reverse("orders:purchases")))

    assert [text.count(f"Step {number} of 5") for number in range(1, 6)] == [1, 0, 0, 1, 0]


def test_an_order_asks_for_its_payment_once(client, side):
    order = accepted_order(buyer_side=side)
    due, later = order.payment_plan.instalments.all()

    text = client.get(page("order", order.number)).content.decode()

    ways = [text.count(f'href="{reverse("payment:pay", args=[one.reference])}"') for one in (due, later)]
    assert (ways, text.count("Pay early")) == ([1, 1], 1)


def test_a_picture_opened_by_itself_allows_the_page_that_the_browser_makes_of_it(client, side):
    order = ready_order(buyer_side=side)

    answer = client.get(reverse("orders:photo", args=[order.number, order.photos.get().pk]))

    policy = answer["Content-Security-Policy"]
    assert ("style-src 'unsafe-inline'" in policy, "default-src 'none'" in policy) == (True, True)
