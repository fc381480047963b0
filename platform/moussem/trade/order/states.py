from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderState(models.TextChoices):
    """Where an order to one seller stands."""

    PLACED = "placed", pgettext_lazy("order", "waiting for the seller")
    ACCEPTED = "accepted", pgettext_lazy("order", "accepted")
    READY = "ready", pgettext_lazy("order", "ready to ship")
    SHIPPED = "shipped", pgettext_lazy("order", "shipped")
    DELIVERED = "delivered", pgettext_lazy("order", "delivered")
    REFUSED = "refused", pgettext_lazy("order", "refused by the seller")
    CANCELLED = "cancelled", pgettext_lazy("order", "cancelled")


ORDER_MOVES = {
    OrderState.PLACED: {OrderState.ACCEPTED, OrderState.REFUSED, OrderState.CANCELLED},
    OrderState.ACCEPTED: {OrderState.READY, OrderState.CANCELLED},
    OrderState.READY: {OrderState.SHIPPED, OrderState.CANCELLED},
    OrderState.SHIPPED: {OrderState.DELIVERED},
}
ORDER_STANDS = {
    OrderState.PLACED: _("The seller has not answered this order yet."),
    OrderState.ACCEPTED: _("This order is accepted already; its goods are still to be packed."),
    OrderState.READY: _("This order is packed already; its goods are ready to leave."),
    OrderState.SHIPPED: _("The goods of this order have left already."),
    OrderState.DELIVERED: _("This order was delivered already."),
    OrderState.REFUSED: _("The seller refused this order."),
    OrderState.CANCELLED: _("This order was cancelled."),
}
# The seller has said yes, and the goods have not left: it may still have to cancel.
PROMISED_STATES = (OrderState.ACCEPTED, OrderState.READY)
# Nothing is packed: its lots may still change, and what is unpaid lapses.
UNPACKED_STATES = (OrderState.PLACED, OrderState.ACCEPTED)
# The goods are still here, and kept from other buyers.
HOLDING_STATES = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.READY)
OPEN_STATES = (*HOLDING_STATES, OrderState.SHIPPED)
# The goods are not here any more: a payment that is taken back now has nothing to hold.
LEFT_STATES = (OrderState.SHIPPED, OrderState.DELIVERED)
# What is unpaid is still to be paid, whatever has arrived.
PAYABLE_STATES = (*OPEN_STATES, OrderState.DELIVERED)


class RefusalReason(models.TextChoices):
    """Why sellers refuse, in words that every reader gets in their language."""

    SOLD_OUT = "sold_out", pgettext_lazy("refusal", "The harvest is sold out")
    QUALITY = "quality", pgettext_lazy("refusal", "The lot did not pass our checks")
    TIME = "time", pgettext_lazy("refusal", "We cannot deliver in time")
    DESTINATION = "destination", pgettext_lazy("refusal", "We cannot ship to this country")
    PRICE = "price", pgettext_lazy("refusal", "We can no longer hold this price")
    OTHER = "other", pgettext_lazy("refusal", "Another reason")


class ApprovalState(models.TextChoices):
    """Where a request for approval stands."""

    PENDING = "pending", pgettext_lazy("approval", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("approval", "approved")
    DECLINED = "declined", pgettext_lazy("approval", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrawn")


APPROVAL_MOVES = {
    ApprovalState.PENDING: {ApprovalState.APPROVED, ApprovalState.DECLINED, ApprovalState.WITHDRAWN},
}
APPROVAL_STANDS = {
    ApprovalState.PENDING: _("This request still waits for its answer."),
    ApprovalState.APPROVED: _("This request was approved already, by %(person)s; the order is placed."),
    ApprovalState.DECLINED: _("This request was declined already, by %(person)s."),
    ApprovalState.WITHDRAWN: _("This request was taken back already, by %(person)s."),
}
