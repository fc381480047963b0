"""What is kept of an instalment, and the state that follows from it. The caller holds the lock."""

from decimal import Decimal

from django.utils import timezone

from moussem.core.moves import move
from moussem.people.models import User
from moussem.trade.payment.models import Instalment, PaymentAttempt
from moussem.trade.payment.queries import kept_of
from moussem.trade.payment.states import OPEN_INSTALMENTS, AttemptState, InstalmentState

_I = InstalmentState


def reckon(instalment: Instalment) -> None:
    """Write anew what is kept, from what came and what went back: no sum is ever carried along."""
    instalment.paid = kept_of(instalment)


def trim_charges(instalment: Instalment) -> None:
    """What came after all was kept by no bank."""
    instalment.charges = min(instalment.charges, max(instalment.amount - instalment.paid, Decimal(0)))


def is_short(instalment: Instalment) -> bool:
    """Whether less is kept than was asked, but for what the banks had taken."""
    return instalment.paid < instalment.amount - instalment.charges


def settle_again(instalment: Instalment, attempt: PaymentAttempt, *, actor: User | None, reason: str) -> None:
    """Reckon after money went back, or did not: paid when it is whole, to be paid again when it is not.

    An order that ended asks for nothing, whatever is kept of it.
    """
    reckon(instalment)
    whole = instalment.state in OPEN_INSTALMENTS and instalment.paid >= instalment.amount
    if whole:
        instalment.settled_at, to = timezone.now(), _I.SETTLED
    elif instalment.state == _I.SETTLED and is_short(instalment):
        instalment.charges, instalment.settled_at, to = Decimal(0), None, unpaid_state(instalment)
    else:
        instalment.save(update_fields=["paid", "charges"])
        return
    move(
        instalment,
        to,
        actor=actor,
        reason=reason,
        also=("paid", "charges", "settled_at"),
        **amount_of(attempt),
    )


def unpaid_state(instalment: Instalment) -> str:
    """What an instalment is that nothing is on its way for."""
    return _I.DUE if instalment.due_on else _I.PLANNED


def amount_of(attempt: PaymentAttempt) -> dict[str, str]:
    """What the log tells of one payment: its own amount, which need not be that of the instalment."""
    # All of an entry may count for other instalments: nothing of it is what the payer announced.
    came = attempt.state in (AttemptState.SUCCEEDED, AttemptState.RETRACTED)
    amount = attempt.received if came else attempt.received or attempt.amount
    return {"amount": str(amount), "currency": attempt.currency}
