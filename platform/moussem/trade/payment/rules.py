"""Who may pay, who may record what a bank has booked, who decides about money that does not fit."""

from moussem.organisations.rules import may_buy_for, may_manage
from moussem.organisations.states import SELLERS
from moussem.trade.payment.states import CORRECTABLE_ATTEMPTS, RefundState


def may_pay(user, instalment) -> bool:
    """Whether this person pays for the buyer."""
    return may_buy_for(user, instalment.plan.order.buyer)


def may_direct_refund(user, instalment) -> bool:
    """Whether this person says where the buyer's money is sent back to: an owner, never a purchaser alone."""
    return may_manage(user, instalment.plan.order.buyer)


def is_sent_by_hand(refund) -> bool:
    """Whether a bank sends a refund on the word of the seller, and no provider does."""
    return bool(refund.attempt.provider == "wire")


def may_record_wire(user, instalment) -> bool:
    """Whether this person says what arrived on the seller's account: its owner, or staff."""
    return may_decide(user) or _owns(user, instalment.plan.order.seller)


def may_correct_wire(user, attempt) -> bool:
    """Whether this person takes back an entry: recorded by hand, and nothing paid beside it given back.

    What came too much was reckoned with this entry: without it, money that was due has gone back.
    """
    by_hand = attempt.provider == "wire" and attempt.external_id and attempt.state in CORRECTABLE_ATTEMPTS
    others = attempt.instalment.attempts.prefetch_related("refunds")
    going_back = any(refund.state != RefundState.FAILED for other in others for refund in other.refunds.all())
    return bool(by_hand) and not going_back and may_record_wire(user, attempt.instalment)


def may_decide(user) -> bool:
    """Whether this person settles discrepancies."""
    return user is not None and user.is_active and user.is_staff


def _owns(user, seller) -> bool:
    return seller is not None and seller.kind in SELLERS and may_manage(user, seller)
