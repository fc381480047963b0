"""Orders placed below are told to both sides."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from moussem.trade.fulfilment.actions import mails
from moussem.trade.order.events import order_placed
from moussem.trade.order.models import Order


@receiver(order_placed, dispatch_uid="fulfilment.order_placed")
def tell_of_new_order(order: Order, **facts: Any) -> None:
    """The buyer gets the numbers and the pro-forma, the seller is asked for an answer."""
    with transaction.atomic():
        mails.tell_buyer(order, "placed")
        mails.tell_seller(order, "placed")
