from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from moussem.trade.checkout.upcoming import what_comes
from moussem.trade.payment.models import Instalment
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.checkout import buying_member, placed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def purchase_of(member, sellers, plan="deposit"):
    products = [ProductFactory(organisation=SellerFactory()) for _ in range(sellers)]
    return placed(filled_basket(*products, owner=member.user), member, plan=plan)


@pytest.mark.parametrize(("plan", "payments"), [("deposit", [2, 4]), ("full", [1])])
def test_payments_stand_where_they_fall_due_between_placing_and_leaving(plan, payments):
    purchase = purchase_of(buying_member(), 2, plan)

    with override("en"):
        moments = what_comes(purchase, Instalment.objects.filter(plan__order__purchase=purchase))

    assert [place for place, one in enumerate(moments) if "Payment of" in one["title"]] == payments
    assert [one.get("state", "done") for one in moments[:3]] == ["done", "current", "coming"]


def test_pages_say_within_how_many_days_an_answer_comes(client, monkeypatch):
    member = buying_member()
    purchase = purchase_of(member, 1)
    monkeypatch.setattr("moussem.trade.checkout.views.placing.ANSWER_WITHIN", timedelta(days=2))
    monkeypatch.setattr("moussem.trade.checkout.upcoming.ANSWER_WITHIN", timedelta(days=1))
    client.force_login(member.user)

    text = client.get(reverse("checkout:placed", args=[purchase.number])).content.decode()

    assert "You read the answer within 2 days." in text
    assert "Each cooperative answers within 1 day<" in text


@pytest.mark.parametrize("sellers", [1, 2])
def test_placed_page_has_one_row_for_each_order_and_one_way_to_pay(client, sellers):
    member = buying_member()
    purchase = purchase_of(member, sellers)
    client.force_login(member.user)

    response = client.get(reverse("checkout:placed", args=[purchase.number]))

    text = response.content.decode()
    first = Instalment.objects.filter(plan__order__purchase=purchase, sequence=1)
    to_pay = [reverse("payment:pay", args=[one.reference]) for one in first]
    assert text.count('class="placed-row"') == sellers
    assert [link in text for link in to_pay] == ([True] if sellers == 1 else [False, False])
    assert ("See the payments" in text) is (sellers > 1)
