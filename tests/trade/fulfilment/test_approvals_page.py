import pytest
from django.urls import reverse

from moussem.organisations.states import Role
from moussem.trade.basket.models import Basket
from moussem.trade.order.models import ApprovalRequest
from moussem.trade.order.states import ApprovalState
from tests.factories.trade import buyer, member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def asked(side, state=ApprovalState.PENDING, reason=""):
    person = member_of(side.organisation, Role.PURCHASER).user
    return ApprovalRequest.objects.create(
        buyer=side.organisation,
        requested_by=person,
        basket=Basket.objects.create(owner=person),
        checkout={},
        currency="EUR",
        total="2500.00",
        state=state,
        reason=reason,
    )


def test_an_owner_sees_what_waits_and_what_was_decided(client):
    side = buyer()
    waiting, declined = asked(side), asked(side, ApprovalState.DECLINED, "Too <b>dear</b>")
    asked(buyer())
    client.force_login(side.user)

    response = client.get(reverse("orders:approvals"))

    assert response.context["waiting"] == [waiting]
    assert response.context["decided"] == [declined]
    text = response.content.decode()
    assert reverse("checkout:request", args=[waiting.pk]) in text
    assert "Too &lt;b&gt;dear&lt;/b&gt;" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    side = buyer()
    for _ in range(rows):
        asked(side)
        asked(side, ApprovalState.WITHDRAWN)
    client.force_login(side.user)

    with django_assert_num_queries(6):
        client.get(reverse("orders:approvals"))


def test_a_long_list_goes_on_over_pages_with_what_waits_first(client):
    side = buyer()
    declined = [asked(side, ApprovalState.DECLINED, "No") for _ in range(3)]
    for _ in range(21):
        asked(side)
    client.force_login(side.user)

    first = client.get(reverse("orders:approvals"))
    second = client.get(reverse("orders:approvals"), {"page": 2})

    assert (len(first.context["waiting"]), first.context["decided"]) == (20, [])
    assert (len(second.context["waiting"]), second.context["decided"]) == (1, declined[::-1])


def test_nothing_waiting_says_so_and_strangers_sign_in(client):
    address = reverse("orders:approvals")
    assert client.get(address)["Location"].startswith(reverse("account_login"))

    client.force_login(buyer().user)

    assert "Nothing waits for approval" in client.get(address).content.decode()
