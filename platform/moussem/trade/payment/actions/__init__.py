"""What changes payments. Other rooms import from here."""

from moussem.trade.payment.actions.plans import cancel_plan, make_due, plan_payments
from moussem.trade.payment.actions.refunds import refund_order

__all__ = ["cancel_plan", "make_due", "plan_payments", "refund_order"]
