"""What becomes of a purchase that waits for the organisation's owner."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from moussem.core.errors import MoveNotAllowed, NotYours, require
from moussem.core.locks import lock
from moussem.core.moves import can_move, move
from moussem.core.text import has_words
from moussem.organisations.rules import may_approve_for, may_buy_for
from moussem.people.models import User
from moussem.trade.basket.actions import thaw_basket
from moussem.trade.basket.models import Basket
from moussem.trade.checkout import errors
from moussem.trade.checkout.actions import approval_mails
from moussem.trade.checkout.actions.placing import checked_reckoning, place_reckoning
from moussem.trade.checkout.queries import Seen
from moussem.trade.order.models import ApprovalRequest, Purchase
from moussem.trade.order.states import APPROVAL_STANDS, ApprovalState


@transaction.atomic
def approve_purchase(approval: ApprovalRequest, *, seen: Seen, actor: User) -> Purchase:
    """The purchase placed as the owner has just seen it, at today's prices."""
    require(may_approve_for(actor, approval.buyer), NotYours)
    approval = _pending(approval)
    require_requester(approval)
    reckoning = checked_reckoning(lock(approval.basket), approval.checkout, seen, approval.buyer)
    purchase = place_reckoning(
        reckoning,
        buyer=approval.buyer,
        placed_by=approval.requested_by,
        actor=actor,
        key=UUID(approval.checkout["key"]),
    )
    approval.purchase = purchase
    _decide(approval, ApprovalState.APPROVED, actor=actor, also=("purchase",))
    approval_mails.tell_requester(approval)
    return purchase


def require_requester(approval: ApprovalRequest) -> None:
    """Refuse what was asked by somebody who no longer orders for the buyer: it would bear their name."""
    who, buyer = approval.requested_by, approval.buyer
    require(may_buy_for(who, buyer), errors.RequesterGone, who=str(who), organisation=buyer.label)


@transaction.atomic
def decline_purchase(approval: ApprovalRequest, *, reason: str, actor: User) -> Basket:
    """The request declined with a reason; the purchaser has the basket back."""
    require(may_approve_for(actor, approval.buyer), NotYours)
    require(has_words(reason), errors.DeclineReasonMissing)
    approval = _pending(approval)
    approval.reason = reason.strip()
    _decide(approval, ApprovalState.DECLINED, actor=actor, also=("reason",), reason=approval.reason)
    approval_mails.tell_requester(approval)
    return thaw_basket(lock(approval.basket))


@transaction.atomic
def withdraw_request(approval: ApprovalRequest, *, actor: User) -> Basket:
    """The request taken back by whoever made it, who has the basket back."""
    require(approval.requested_by_id == actor.pk, NotYours)
    approval = _pending(approval)
    _decide(approval, ApprovalState.WITHDRAWN, actor=actor)
    return thaw_basket(lock(approval.basket))


def _pending(approval: ApprovalRequest) -> ApprovalRequest:
    approval = lock(approval)
    if not can_move(approval, ApprovalState.APPROVED):
        stands = APPROVAL_STANDS[ApprovalState(approval.state)] % {"person": approval.decided_by}
        raise MoveNotAllowed(happened=stands)
    return approval


def _decide(
    approval: ApprovalRequest,
    state: ApprovalState,
    *,
    actor: User,
    also: tuple[str, ...] = (),
    reason: str = "",
) -> None:
    approval.decided_by, approval.decided_at = actor, timezone.now()
    move(approval, state, actor=actor, reason=reason, also=("decided_by", "decided_at", *also))
