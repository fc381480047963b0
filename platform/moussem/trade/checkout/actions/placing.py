"""Turns a basket and its answers into orders, or into a request to whoever may approve them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from oscar.apps.order.models import ShippingAddress

from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.log import record, record_each
from moussem.core.money import format_money
from moussem.organisations.models import Organisation
from moussem.organisations.rules import is_verified
from moussem.organisations.states import Role
from moussem.people.models import User
from moussem.trade.basket.actions import freeze_basket
from moussem.trade.basket.models import Basket
from moussem.trade.basket.queries import view_to_order
from moussem.trade.checkout import errors
from moussem.trade.checkout.actions import approval_mails
from moussem.trade.checkout.queries import (
    Reckoning,
    Seen,
    buying_membership,
    left_of_limit,
    left_of_trust,
    reckoning_of,
    sample_underway,
)
from moussem.trade.documents.actions import issue_proformas
from moussem.trade.order.actions import create_orders, keep_lots, next_purchase_number
from moussem.trade.order.models import ApprovalRequest, Purchase
from moussem.trade.order.states import ApprovalState
from moussem.trade.payment.actions import order_mails, plan_each
from moussem.trade.shipping.actions import address_country

MOST = Decimal("9999999999.99")


@transaction.atomic
def place_purchase(
    basket: Basket, *, answers: Mapping[str, Any], seen: Seen, actor: User, key: UUID
) -> Purchase | ApprovalRequest:
    """The purchase of a basket, or a request for approval above the actor's limit; the same one per key.

    Everything is checked again at this moment: the buyer, the prices, the rules, all that was seen.
    """
    basket = lock(basket)
    if (earlier := _placed_earlier(basket, key, actor)) is not None:
        return earlier
    require(basket.is_open and basket.owner_id == actor.pk, errors.CheckoutClosed)
    membership = buying_membership(actor, answers["buyer"])
    require(membership, errors.NotABuyer)
    if membership.role == Role.PURCHASER:
        # Two baskets sent at once must not both fit under one limit.
        # The organisation first, as where roles change: neither waits for the other for ever.
        lock(membership.organisation)
        lock(membership)
    reckoning = checked_reckoning(basket, answers, seen, membership.organisation)
    limit = left_of_limit(membership, reckoning.view.currency)
    if limit is not None and reckoning.total > limit:
        return _ask_for_approval(basket, reckoning, answers, membership.organisation, actor=actor, key=key)
    return place_reckoning(reckoning, buyer=membership.organisation, placed_by=actor, actor=actor, key=key)


def checked_reckoning(
    basket: Basket, answers: Mapping[str, Any], seen: Seen, buyer: Organisation
) -> Reckoning:
    """What would be ordered now, if it may be and is what was seen."""
    reckoning = reckoning_of(view_to_order(basket), answers)
    now, currency = reckoning.seen, reckoning.view.currency
    # The same figure in another currency is another price.
    if (now.total, now.currency) != (seen.total, seen.currency):
        was = _said(seen.total, seen.currency)
        raise errors.TotalChanged(was=was, now=_said(now.total, now.currency))
    require(now == seen, errors.ReviewChanged)
    require(reckoning.total <= MOST, errors.TotalTooLarge, most=_said(MOST, currency))
    samples = {line.product.pk for line in reckoning.view.lines if line.is_sample}
    if samples or not is_verified(buyer):
        # Two baskets sent at once must not both take the last of what is allowed.
        lock(buyer)
    if not is_verified(buyer):
        trust = left_of_trust(buyer, currency)
        require(
            reckoning.total < trust,
            errors.UnverifiedBuyer if trust else errors.TrustUsedUp,
            organisation=buyer.name,
            limit=_said(trust, currency),
        )
    if samples and (earlier := sample_underway(buyer, samples)) is not None:
        raise errors.SampleUnderway(title=earlier.label, number=earlier.order.number)
    return reckoning


def place_reckoning(
    reckoning: Reckoning, *, buyer: Organisation, placed_by: User, actor: User, key: UUID
) -> Purchase:
    """The purchase with its orders, plans and pro-forma invoices; runs in the caller's transaction."""
    basket, answers = reckoning.view.basket, reckoning.answers
    taken = keep_lots(reckoning.drafts)
    purchase = Purchase.objects.create(
        number=next_purchase_number(),
        key=key,
        buyer=buyer,
        placed_by=placed_by,
        currency=reckoning.view.currency,
        total=reckoning.total,
    )
    orders = create_orders(
        purchase,
        reckoning.drafts,
        taken=taken,
        basket=basket,
        address=_address(reckoning),
        buyer_reference=answers.delivery.get("reference", ""),
        note=answers.delivery.get("note", ""),
    )
    prefetch_related_objects(orders, "lines")
    plan_each(orders, full=answers.pays_in_full, actor=actor)
    prefetch_related_objects(orders, "payment_plan__instalments")
    issue_proformas(orders, actor=actor)
    record_each("order.placed", [(order, {"purchase": purchase.number}) for order in orders], actor=actor)
    order_mails.tell_both(orders, "placed")
    basket.submit()
    return purchase


def _placed_earlier(basket: Basket, key: UUID, actor: User) -> Purchase | ApprovalRequest | None:
    purchase = Purchase.objects.filter(key=key, placed_by=actor).first()
    if purchase is not None or basket.status != Basket.FROZEN:
        return purchase
    pending = ApprovalRequest.objects.filter(basket=basket, requested_by=actor, state=ApprovalState.PENDING)
    return pending.first()


def _ask_for_approval(
    basket: Basket,
    reckoning: Reckoning,
    answers: Mapping[str, Any],
    buyer: Organisation,
    *,
    actor: User,
    key: UUID,
) -> ApprovalRequest:
    request = ApprovalRequest.objects.create(
        buyer=buyer,
        requested_by=actor,
        basket=basket,
        checkout={**answers, "key": str(key)},
        currency=reckoning.view.currency,
        total=reckoning.total,
    )
    freeze_basket(basket)
    record("approval.requested", request, actor=actor, total=str(request.total), currency=request.currency)
    approval_mails.tell_approvers(request)
    return request


def _address(reckoning: Reckoning) -> ShippingAddress:
    delivery = reckoning.answers.delivery
    return ShippingAddress.objects.create(
        first_name=delivery["contact"],
        line1=delivery["line1"],
        line2=delivery.get("line2", ""),
        line4=delivery["city"],
        state=delivery.get("state", ""),
        postcode=delivery.get("postcode", ""),
        country=address_country(reckoning.country),
        phone_number=delivery.get("phone", ""),
        notes=delivery.get("instructions", ""),
    )


def _said(amount: Decimal, currency: str) -> str:
    return format_money(amount, currency, get_language() or "en")
