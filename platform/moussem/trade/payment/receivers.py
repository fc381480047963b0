"""What mails about orders say of their payments."""

from collections.abc import Sequence
from typing import Any

from moussem.core.templatetags.figures import amount_text
from moussem.trade.order.mails import Facts, tells_buyers
from moussem.trade.order.models import Order
from moussem.trade.payment.queries import first_due_of


def asked_of(orders: Sequence[Order]) -> Facts:
    """What is to be paid now of each order."""
    due = first_due_of(orders)

    def asked(order: Order) -> dict[str, Any] | None:
        one = due.get(order.pk)
        return one and {"amount": amount_text(one.outstanding, one.currency), "due_on": one.due_on}

    return asked


tells_buyers("asked", asked_of)
