"""A purchase placed below is told to both sides of its orders."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from moussem.trade.fulfilment.actions import mails
from moussem.trade.order.events import purchase_placed
from moussem.trade.order.models import Order


@receiver(purchase_placed, dispatch_uid="fulfilment.purchase_placed")
def tell_of_new_orders(orders: Sequence[Order], **facts: Any) -> None:
    """The buyer gets the numbers and the pro-forma, each seller is asked for an answer."""
    with transaction.atomic():
        mails.tell_both(orders, "placed")
