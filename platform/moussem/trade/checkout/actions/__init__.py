"""What a buyer does at checkout. Other rooms import from here."""

from moussem.trade.checkout.actions.approvals import (
    approve_purchase,
    decline_purchase,
    require_requester,
    withdraw_request,
)
from moussem.trade.checkout.actions.drafts import begin_draft, keep_step
from moussem.trade.checkout.actions.placing import place_purchase

__all__ = [
    "approve_purchase",
    "begin_draft",
    "decline_purchase",
    "keep_step",
    "place_purchase",
    "require_requester",
    "withdraw_request",
]
