"""Where a transfer is sent back to: no account that cannot be, and no page without a way on."""

import pytest
from django.urls import reverse

from moussem.core.models import LogEntry, OutboxMessage
from moussem.trade.payment.actions import give_refund_details, record_wire, refund_order, send_refund
from moussem.trade.payment.errors import AccountNotValid, AccountUnreadable, BicNotValid
from moussem.trade.payment.models import Refund
from moussem.trade.payment.states import RefundState
from tests.factories.payment import IBAN, instalments
from tests.factories.trade import owner_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
_R = RefundState


@pytest.fixture
def refund():
    """A transfer to be sent back, whose account is asked for."""
    deposit = instalments()[0]
    order = deposit.plan.order
    day = order.date_placed.date()
    record_wire(deposit, deposit.amount, "EUR", "R-1", day, actor=owner_of(order.seller))
    return send_refund(refund_order(order, actor=None, reason="refused")[0])


def payer_of(refund):
    return refund.attempt.instalment.plan.order.user


@pytest.mark.parametrize(
    ("account", "bic", "refusal"),
    [
        ("-", "DEUTDEFF", AccountUnreadable),
        ("DE88370400440532013000", "COBADEFFXXX", AccountNotValid),
        ("12", "CHASUS33", AccountUnreadable),
        ("000123456789", "CHASE", BicNotValid),
        ("000123456789", "", AccountNotValid),
    ],
)
def test_account_that_cannot_be_is_not_kept_with_or_without_a_bic(refund, account, bic, refusal):
    lines = LogEntry.objects.count()

    with pytest.raises(refusal):
        give_refund_details(refund, holder="M", account=account, bic=bic, actor=payer_of(refund))

    refund.refresh_from_db()
    assert (refund.state, refund.account, refund.bic) == (_R.DETAILS_WANTED, "", "")
    assert LogEntry.objects.count() == lines


def test_request_without_an_account_asks_for_it_again_and_then_tells_the_seller(client, refund):
    Refund.objects.update(state=_R.REQUESTED, account="")
    reference = refund.attempt.instalment.reference
    client.force_login(payer_of(refund))
    name = f"account-{refund.pk}"
    page = client.get(reverse("payment:pay", args=[reference])).content.decode()
    address = reverse("payment:refund_account", args=[reference, refund.pk])

    client.post(address, {f"{name}-holder": "M", f"{name}-account": IBAN, f"{name}-bic": ""})

    refund.refresh_from_db()
    assert (f"{name}-account" in page, refund.state, refund.account) == (True, _R.REQUESTED, IBAN)
    told = OutboxMessage.objects.filter(kind="mail").last().payload["to"]
    assert told == owner_of(refund.attempt.instalment.plan.order.seller).email
