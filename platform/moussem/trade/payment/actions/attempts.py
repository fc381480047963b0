from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from moussem.core.dates import today_here
from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.log import history_of, record
from moussem.core.money import format_money
from moussem.core.moves import standing
from moussem.core.outbox import post
from moussem.people.models import User
from moussem.trade.payment.actions.looking import abandon, take_in
from moussem.trade.payment.errors import (
    AlreadyPaid,
    AnnouncedBefore,
    AnotherWayOpened,
    AttemptNotOpen,
    InstalmentCancelled,
    MayNotPay,
    MethodNotOffered,
    PaymentUnderWay,
    ProviderRefused,
    ProviderUnreachable,
)
from moussem.trade.payment.models import Instalment, PaymentAttempt
from moussem.trade.payment.providers import Seen, provider_of
from moussem.trade.payment.rules import may_pay, pays_old_account
from moussem.trade.payment.states import (
    AWAITED_ATTEMPTS,
    BEGUN_ATTEMPTS,
    BLOCKING_ATTEMPTS,
    OPEN_INSTALMENTS,
    UNFINISHED_ATTEMPTS,
    AttemptState,
    InstalmentState,
)

_A = AttemptState
# Stripe forgets an idempotency key after a day: an older try is never sent again.
KEY_LASTS = timedelta(hours=23)
# How often other tabs that keep opening other ways are followed.
LOOKS = 3
MOST_ANNOUNCED = 2


def start_attempt(instalment: Instalment, provider_code: str, *, actor: User) -> PaymentAttempt:
    """One try to pay what is outstanding; a double click or a reload gets the same one.

    Another way of paying that was begun is given up first, so that two tabs cannot pay twice.
    """
    require(may_pay(actor, instalment), MayNotPay, organisation=instalment.plan.order.buyer)
    _require_payable(instalment)
    provider = provider_of(provider_code)
    require(
        provider is not None and provider.offers(instalment),
        MethodNotOffered,
        reference=instalment.reference,
    )
    attempt = None
    for _look in range(LOOKS):
        for other in instalment.attempts.filter(state__in=UNFINISHED_ATTEMPTS):
            if not _goes_on(other, instalment, provider_code) and _may_still_pay(other):
                _leave(other, actor=actor)
        if (attempt := _open(instalment, provider_code, actor=actor)) is not None:
            break
    require(attempt, AnotherWayOpened, reference=instalment.reference)
    if attempt.external_id or attempt.state != _A.CREATED:
        return attempt
    asked_at = timezone.now()
    try:
        seen = provider.create(attempt)
    except (ProviderUnreachable, ProviderRefused) as refusal:
        abandon(attempt, refusal.code)
        raise
    return take_in(attempt, seen, asked_at=asked_at, actor=actor)


def _leave(attempt: PaymentAttempt, *, actor: User) -> None:
    """Give up a try for another way; a service that is away, or knows it no more, must not keep its payer.

    It is given up there as soon as that answers; money that came all the same is held for a person.
    """
    try:
        give_up(attempt, actor=actor)
    except (ProviderUnreachable, ProviderRefused):
        with transaction.atomic():
            take_in(attempt, Seen(_A.CANCELLED, attempt.currency), asked_at=timezone.now(), actor=actor)
            post("payment.give_up", key=f"payment-give-up-later:{attempt.pk}", attempt=attempt.pk)


def _goes_on(attempt: PaymentAttempt, instalment: Instalment, provider_code: str) -> bool:
    fresh = attempt.external_id or timezone.now() - attempt.created_at < KEY_LASTS
    same = attempt.provider == provider_code and attempt.amount == instalment.outstanding
    left = pays_old_account(attempt, instalment.plan.order.seller)
    return bool(fresh and same and attempt.state != _A.FAILED and not left)


def _may_still_pay(attempt: PaymentAttempt) -> bool:
    return attempt.state != _A.FAILED or bool(attempt.external_id)


def _require_payable(instalment: Instalment) -> None:
    reference = instalment.reference
    cancelled = instalment.state == InstalmentState.CANCELLED
    require(not cancelled, InstalmentCancelled, reference=reference)
    require(instalment.state in OPEN_INSTALMENTS, AlreadyPaid, reference=reference)
    under_way = instalment.attempts.filter(state__in=BLOCKING_ATTEMPTS).first()
    if under_way:
        amount = format_money(under_way.amount, under_way.currency, get_language() or "en")
        raise PaymentUnderWay(amount=amount, reference=reference)


@transaction.atomic
def _open(instalment: Instalment, provider_code: str, *, actor: User) -> PaymentAttempt | None:
    """The try to go on with, or a new one; None when another way was opened since we looked."""
    instalment = lock(instalment)
    _require_payable(instalment)
    begun = list(instalment.attempts.filter(state__in=BEGUN_ATTEMPTS))
    for attempt in begun:
        if _goes_on(attempt, instalment, provider_code):
            return attempt
    if begun:
        return None
    attempt = PaymentAttempt.objects.create(
        instalment=instalment,
        provider=provider_code,
        key=uuid4(),
        currency=instalment.currency,
        amount=instalment.outstanding,
        started_by=actor,
    )
    record("payment.started", attempt, actor=actor, provider=provider_code, amount=str(attempt.amount))
    return attempt


def give_up(attempt: PaymentAttempt, *, actor: User | None) -> PaymentAttempt:
    """Stop a payment that has not been made; one that is already on its way stays so."""
    provider = provider_of(attempt.provider)
    require(provider, MethodNotOffered, reference=attempt.instalment.reference)
    asked_at = timezone.now()
    return take_in(attempt, provider.cancel(attempt), asked_at=asked_at, actor=actor)


def announce_wire(attempt: PaymentAttempt, *, actor: User) -> PaymentAttempt:
    """The payer has ordered the transfer: it is waited for, and nobody pays a second time."""
    instalment = attempt.instalment
    require(may_pay(actor, instalment), MayNotPay, organisation=instalment.plan.order.buyer)
    waiting = attempt.provider == "wire" and attempt.state == _A.ACTION
    announced = history_of(instalment).filter(verb="moved.announced").count()
    # Words alone must not keep goods from other buyers again and again.
    require(announced < MOST_ANNOUNCED, AnnouncedBefore, reference=instalment.reference)
    require(waiting, AttemptNotOpen, happened=standing(attempt))
    seen = Seen(_A.PROCESSING, attempt.currency)
    return take_in(attempt, seen, asked_at=timezone.now(), actor=actor)


def withdraw_wire(attempt: PaymentAttempt, *, actor: User) -> PaymentAttempt:
    """The payer did not order the transfer after all; the instalment can be paid in another way."""
    instalment = attempt.instalment
    require(may_pay(actor, instalment), MayNotPay, organisation=instalment.plan.order.buyer)
    waiting = attempt.provider == "wire" and attempt.state in AWAITED_ATTEMPTS
    require(waiting, AttemptNotOpen, happened=standing(attempt))
    return give_up(attempt, actor=actor)


@transaction.atomic
def let_wire_lapse(attempt: PaymentAttempt) -> bool:
    """An announced transfer that never came is no longer waited for; False when it came meanwhile.

    Its payer is told and has some days to pay in another way before the order is cancelled.
    """
    instalment = lock(attempt.instalment)
    attempt = lock(attempt)
    if attempt.state != _A.PROCESSING or attempt.received:
        return False
    take_in(attempt, Seen(_A.CANCELLED, attempt.currency), asked_at=timezone.now(), actor=None)
    instalment = lock(instalment)
    if instalment.state == InstalmentState.DUE:
        instalment.due_on = max(instalment.due_on, today_here() + timedelta(days=settings.PAYMENT_DAYS_AGAIN))
        instalment.save(update_fields=["due_on"])
        record("payment.wire_lapsed", instalment, actor=None, due_on=instalment.due_on.isoformat())
    return True
