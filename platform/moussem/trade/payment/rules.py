"""Who may pay, who may record what a bank has booked, who decides about money that does not fit."""

from moussem.organisations.rules import bank_pause_ends, may_buy_for, may_manage
from moussem.organisations.states import SELLERS
from moussem.trade.payment.states import BEGUN_ATTEMPTS, CORRECTABLE_ATTEMPTS, UNSENT_REFUNDS, RefundState


def may_pay(user, instalment) -> bool:
    """Whether this person pays for the buyer."""
    return may_buy_for(user, instalment.plan.order.buyer)


def pays_old_account(attempt, seller) -> bool:
    """Whether a transfer that nobody has ordered yet names an account that its seller has left.

    While a new account is being checked the old one stands.
    """
    begun = attempt.provider == "wire" and attempt.state in BEGUN_ATTEMPTS
    if not begun or not seller or not seller.iban or bank_pause_ends(seller):
        return False
    told = dict(attempt.instructions.get("rows", ()))
    return bool(told) and (told.get("iban"), told.get("bic", "")) != (seller.iban, seller.bic)


def may_direct_refund(user, instalment) -> bool:
    """Whether this person says where the buyer's money is sent back to: an owner, never a purchaser alone."""
    return may_manage(user, instalment.plan.order.buyer)


def is_sent_by_hand(refund) -> bool:
    """Whether a bank sends a refund on the word of the seller, and no provider does."""
    return bool(refund.by_wire or refund.attempt.provider == "wire")


def may_record_wire(user, instalment) -> bool:
    """Whether this person says what arrived on the seller's account: its owner, or staff."""
    return may_decide(user) or _owns(user, instalment.plan.order.seller)


def is_unsent(refund) -> bool:
    """Whether a refund by hand can still be withdrawn: the seller has not said that it was sent."""
    return is_sent_by_hand(refund) and refund.state in UNSENT_REFUNDS and not refund.external_id


def may_withdraw_refund(refund) -> bool:
    """Whether nothing was sent of a refund as far as anybody knows, so that it need not be."""
    return refund.state == RefundState.FAILED or (refund.state in UNSENT_REFUNDS and not refund.external_id)


def may_correct_wire(user, attempt, refunds) -> bool:
    """Whether this person takes back an entry recorded by hand: no refund reckoned with it was sent."""
    return is_correctable(attempt, refunds) and may_record_wire(user, attempt.instalment)


def is_correctable(attempt, refunds) -> bool:
    """Whether an entry recorded by hand can be taken back by whoever may record one."""
    by_hand = attempt.provider == "wire" and attempt.external_id and attempt.state in CORRECTABLE_ATTEMPTS
    return bool(by_hand) and all(is_unsent(refund) for refund in refunds)


def may_decide(user) -> bool:
    """Whether this person settles discrepancies."""
    return user is not None and user.is_active and user.is_staff


def _owns(user, seller) -> bool:
    return seller is not None and seller.kind in SELLERS and may_manage(user, seller)
