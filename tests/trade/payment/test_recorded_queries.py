"""The payment page of a seller costs the same however many entries its bank has booked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moussem.trade.payment.actions import make_due, record_wire
from tests.factories.payment import instalments
from tests.factories.trade import owner_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def queries_with(client, entries):
    deposit = instalments("1000.00")[0]
    make_due(deposit.plan.order, "acceptance", actor=None)
    seller = owner_of(deposit.plan.order.seller)
    for number in range(entries):
        record_wire(deposit, Decimal("10.00"), "EUR", f"R-{number}", date(2026, 11, 20), actor=seller)
    client.force_login(seller)
    address = reverse("payment:pay", args=[deposit.reference])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert [bool(row["form"]) for row in answer.context["recorded"]] == [True] * entries
    return len(asked)


def test_page_takes_the_same_queries_for_one_and_ten_entries(client):
    assert queries_with(client, 1) == queries_with(client, 10)
