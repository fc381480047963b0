import html
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from moussem.trade.documents.actions import issue_proformas
from moussem.trade.documents.models import Document
from moussem.trade.order.models import LotReservation, Order, Purchase
from tests.factories.people import UserFactory
from tests.factories.trade import accepted_order

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def rows(client):
    order = accepted_order()
    issue_proformas([order])
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return [order, order.purchase, LotReservation.objects.get(), Document.objects.first()]


def page(row, name="change"):
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[row.pk])


def test_staff_reads_every_row_with_its_log(client, rows):
    for row in rows:
        assert client.get(page(row)).status_code == 200
        meta = row._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        assert client.get(address, {"q": "P-2026"}).status_code == 200
    assert "moved.accepted" in client.get(page(rows[0])).content.decode()


def test_staff_changes_and_deletes_nothing(client, rows):
    before = [list(model.objects.values()) for model in (Order, Purchase, LotReservation, Document)]

    for row in rows:
        assert client.post(page(row), {"status": "delivered"}).status_code == 403
        assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 403

    assert [list(model.objects.values()) for model in (Order, Purchase, LotReservation, Document)] == before


def test_dates_of_a_list_are_those_of_the_clocks_of_morocco(client, rows):
    # Half past eleven in the last night of two months: an hour later by the zones of an older database.
    late = {datetime(2026, month, 30 + (month == 10), 23, 30, tzinfo=UTC) for month in (10, 11)}
    for order, at in zip([rows[0], accepted_order()], sorted(late), strict=True):
        Order.objects.filter(pk=order.pk).update(date_placed=at)
    address = reverse("admin:order_order_changelist")

    def dates_of(query):
        nav = client.get(address + query).content.decode().partition('<nav class="toplinks">')[2]
        return re.findall(r'<a href="([^"]+)">([^<]+)</a>', nav.partition("</nav>")[0])

    months = dates_of("?date_placed__year=2026")
    days = [dates_of(html.unescape(link))[0] for link, _title in months]
    assert [title for _link, title in months] == ["October 2026", "November 2026"]
    assert [title for _link, title in days] == ["October 31", "November 30"]
    shown = [client.get(address + html.unescape(link)).context["cl"].result_count for link, _title in days]
    assert shown == [1, 1]
