import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse

from moussem.core.log import history_of
from moussem.organisations.states import Role
from moussem.trade.dashboard.gate import READ
from moussem.trade.order.models import Order
from moussem.trade.order.states import OrderState
from tests.factories.people import UserFactory
from tests.factories.trade import accepted_order, buyer, member_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def patterns(found):
    for one in found:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from patterns(one.url_patterns)


def shown(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def staff(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def open_pages(order):
    product = order.lines.get().product
    return [
        reverse("dashboard:index"),
        reverse("dashboard:order-list"),
        reverse("dashboard:order-list") + "?status=placed&order_number=P-",
        reverse("dashboard:order-detail", args=[order.number]),
        reverse("dashboard:catalogue-product-list"),
        reverse("dashboard:catalogue-product-list") + "?title=Saffron",
        reverse("dashboard:catalogue-product", args=[product.pk]),
    ]


def test_staff_sees_orders_and_products(client, staff):
    order = accepted_order()

    for address in open_pages(order):
        assert client.get(address).status_code == 200
    text = shown(client.get(reverse("dashboard:order-detail", args=[order.number])))
    assert order.buyer.name in text and "Accepted by the seller" in text and "Agadir Al Massira" in text


def test_amounts_of_different_currencies_are_not_added_up(client, staff):
    placed_order()
    placed_order(currency="MAD")

    under_way = client.get(reverse("dashboard:index")).context["under_way"]

    assert [(one["currency"], one["count"]) for one in under_way] == [("EUR", 1), ("MAD", 1)]


def test_others_are_kept_out_and_strangers_sign_in_with_us(client):
    order = placed_order()
    pages = open_pages(order)
    people = [UserFactory(), seller().user, buyer().user, member_of(order.seller, Role.OWNER).user]

    assert client.get(pages[0])["Location"].startswith(reverse("account_login"))
    for user in people:
        client.force_login(user)
        assert {client.get(address).status_code for address in pages} == {403}


def test_every_other_page_of_oscar_is_not_found(staff):
    urls, _label, _namespace = apps.get_app_config("dashboard").urls
    client = Client()
    client.force_login(staff)

    closed = [one for one in patterns(urls) if one.name not in READ]

    assert {"order-line-detail", "order-shipping-address", "offer-list", "page-list"} <= {
        p.name for p in closed
    }
    for address in ("offers/", "vouchers/", "ranges/", "pages/", "comms/", "partners/", "reports/", "users/"):
        assert client.get(reverse("dashboard:index") + address).status_code == 404
        assert client.post(reverse("dashboard:index") + address).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"order_action": "change_order_status", "new_status": "shipped"},
        {"order_action": "create_order_payment_event", "amount": "1"},
        {"order_action": "save_note", "line_action": "change_line_statuses", "selected_line": "1"},
        {"line_action": "change_line_statuses"},
        {},
    ],
)
def test_staff_cannot_move_an_order_here(client, staff, sent):
    order = placed_order()

    response = client.post(reverse("dashboard:order-detail", args=[order.number]), sent)

    assert response.status_code == 405
    assert Order.objects.get().status == OrderState.PLACED
    assert list(history_of(order)) == []


def test_lists_and_products_take_nothing(client, staff):
    order = placed_order()

    for address in (open_pages(order)[1], open_pages(order)[6]):
        sent = {"action": "change_order_statuses", "selected_order": order.pk, "title": "x"}
        assert client.post(address, sent).status_code == 405
    assert client.get(reverse("dashboard:order-list"), {"response_format": "csv"}).status_code == 404


def test_a_note_is_kept_and_logged(client, staff):
    order = placed_order()
    address = reverse("dashboard:order-detail", args=[order.number])

    client.post(address, {"order_action": "save_note", "message": "Called <b>them</b>"})

    note = order.notes.get()
    assert (note.message, note.user) == ("Called <b>them</b>", staff)
    assert "Called &lt;b&gt;them&lt;/b&gt;" in shown(client.get(address))
    assert [line.verb for line in history_of(staff)] == ["dashboard.sent"]
