"""What is said to a seller after a deed: only what did happen to the money of the order.

``states`` are those of its instalments afterwards.
"""

from django.utils.translation import gettext as _

from moussem.trade.payment.states import InstalmentState

_I = InstalmentState


def accepted(states: set[str]) -> str:
    """An order is accepted."""
    if _I.DUE in states:
        return _("Order accepted. The buyer was told and is asked for the first payment.")
    if _I.ANNOUNCED in states:
        return _("Order accepted. The buyer was told; the first payment is announced already.")
    if states == {_I.SETTLED}:
        return _("Order accepted. The buyer was told; everything is paid already.")
    return _("Order accepted. The buyer was told; the first payment has arrived already.")


def goods_ready(states: set[str]) -> str:
    """The goods of an order are packed."""
    if _I.DUE in states:
        return _("The goods are ready. The buyer was told and is asked for the balance.")
    if states == {_I.SETTLED}:
        return _("The goods are ready. The buyer was told; everything is paid, so they may leave.")
    return _("The goods are ready. The buyer was told; the payment is announced already.")


def cancelled(*, gives_back: bool) -> str:
    """An order that had been accepted is cancelled."""
    if gives_back:
        return _("Order cancelled. The buyer was told, and what was paid goes back.")
    return _("Order cancelled. The buyer was told.")
