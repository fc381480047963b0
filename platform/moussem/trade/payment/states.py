from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Trigger(models.TextChoices):
    """What makes an instalment due."""

    PLACING = "placing", pgettext_lazy("instalment due", "when the order is placed")
    ACCEPTANCE = "acceptance", pgettext_lazy("instalment due", "when the seller accepts")
    RELEASE = "release", pgettext_lazy("instalment due", "before the goods are released")

    @property
    def reached(self) -> list["Trigger"]:
        """The moments of an order up to this one."""
        moments = list(Trigger)
        return moments[: moments.index(self) + 1]


class InstalmentState(models.TextChoices):
    """Where an instalment stands. While it is asked for it is settled exactly when enough is kept."""

    PLANNED = "planned", pgettext_lazy("instalment", "not due yet")
    DUE = "due", pgettext_lazy("instalment", "due")
    ANNOUNCED = "announced", pgettext_lazy("instalment", "payment announced")
    SETTLED = "settled", pgettext_lazy("instalment", "paid")
    REFUNDING = "refunding", pgettext_lazy("instalment", "refund under way")
    REFUNDED = "refunded", pgettext_lazy("instalment", "refunded")
    CANCELLED = "cancelled", pgettext_lazy("instalment", "cancelled")


_I = InstalmentState
OPEN_INSTALMENTS = (_I.PLANNED, _I.DUE, _I.ANNOUNCED)
# Nothing has been announced or paid.
UNPAID_INSTALMENTS = (_I.PLANNED, _I.DUE)
# Nobody is asked to pay these today.
COMING_INSTALMENTS = (_I.PLANNED, _I.ANNOUNCED)
# The order came to nothing: whatever is here goes back.
ENDED_INSTALMENTS = (_I.REFUNDING, _I.REFUNDED, _I.CANCELLED)
INSTALMENT_MOVES = {
    # A planned instalment can be paid early; DUE may fall back from ANNOUNCED when a payment fails.
    _I.PLANNED: {_I.DUE, _I.ANNOUNCED, _I.SETTLED, _I.CANCELLED},
    _I.DUE: {_I.ANNOUNCED, _I.SETTLED, _I.CANCELLED},
    _I.ANNOUNCED: {_I.DUE, _I.PLANNED, _I.SETTLED, _I.CANCELLED},
    # Late failure (a SEPA debit returned weeks later) makes it due again, or planned when it was paid early.
    _I.SETTLED: {_I.REFUNDING, _I.DUE, _I.PLANNED},
    # Cancelled when all that was to go back had been recorded by mistake.
    _I.REFUNDING: {_I.REFUNDED, _I.SETTLED, _I.CANCELLED},
    # Money may still arrive for what was given back or cancelled: it goes back too.
    _I.REFUNDED: {_I.REFUNDING},
    _I.CANCELLED: {_I.SETTLED},
}


class AttemptState(models.TextChoices):
    """Where one try to pay stands; it only moves forward."""

    CREATED = "created", pgettext_lazy("payment", "started")
    ACTION = "action", pgettext_lazy("payment", "waiting for the payer")
    PROCESSING = "processing", pgettext_lazy("payment", "announced")
    SUCCEEDED = "succeeded", pgettext_lazy("payment", "received")
    FAILED = "failed", pgettext_lazy("payment", "failed")
    CANCELLED = "cancelled", pgettext_lazy("payment", "given up")
    RETURNED = "returned", pgettext_lazy("payment", "returned by the bank")
    QUARANTINED = "quarantined", pgettext_lazy("payment", "held for a check")
    RETRACTED = "retracted", pgettext_lazy("payment", "recorded by mistake")


_A = AttemptState
# The payer has something to do.
BEGUN_ATTEMPTS = (_A.CREATED, _A.ACTION)
# A transfer that may still arrive, ordered or not.
AWAITED_ATTEMPTS = (_A.ACTION, _A.PROCESSING)
# May still bring money without a new try. A failed one is closed at the provider before the next begins.
OPEN_ATTEMPTS = (*BEGUN_ATTEMPTS, _A.PROCESSING, _A.QUARANTINED)
# Money is on its way or held: nobody may pay a second time.
BLOCKING_ATTEMPTS = (_A.PROCESSING, _A.QUARANTINED)
# Begun and perhaps not over: given up at the provider before another one begins.
UNFINISHED_ATTEMPTS = (*BEGUN_ATTEMPTS, _A.FAILED)
ATTEMPT_MOVES = {
    # A return can be the first thing we hear of a payment, when the notice of its success was lost.
    _A.CREATED: {
        _A.ACTION,
        _A.PROCESSING,
        _A.SUCCEEDED,
        _A.FAILED,
        _A.CANCELLED,
        _A.RETURNED,
        _A.QUARANTINED,
    },
    _A.ACTION: {_A.PROCESSING, _A.SUCCEEDED, _A.FAILED, _A.CANCELLED, _A.RETURNED, _A.QUARANTINED},
    _A.PROCESSING: {_A.SUCCEEDED, _A.FAILED, _A.CANCELLED, _A.RETURNED, _A.QUARANTINED},
    # A declined payer may try again on the provider's page.
    _A.FAILED: {_A.ACTION, _A.PROCESSING, _A.SUCCEEDED, _A.CANCELLED, _A.RETURNED, _A.QUARANTINED},
    _A.SUCCEEDED: {_A.RETURNED, _A.RETRACTED},
    # Money that arrives for what was given up is held until a person has looked.
    _A.CANCELLED: {_A.QUARANTINED},
    _A.QUARANTINED: {_A.SUCCEEDED, _A.CANCELLED, _A.RETURNED, _A.RETRACTED},
}


ATTEMPT_STANDS = {
    _A.CREATED: _("This payment has only been started."),
    _A.ACTION: _("This payment waits for the payer."),
    _A.PROCESSING: _("This payment is announced already; the bank has yet to confirm it."),
    _A.SUCCEEDED: _("This payment was received already."),
    _A.FAILED: _("This payment has failed."),
    _A.CANCELLED: _("This payment was given up already."),
    _A.RETURNED: _("The bank has sent this payment back."),
    _A.QUARANTINED: _("This payment is held until one of our officers has looked at it."),
    _A.RETRACTED: _("This payment was recorded by mistake and taken back."),
}
# Recorded by the seller's own hand, so that the same hand may correct it.
CORRECTABLE_ATTEMPTS = (_A.SUCCEEDED, _A.QUARANTINED)
# Why money is given back that nobody waited for any more; phrases.py says it to its reader.
CAME_TOO_LATE = "too_late"
PAID_TOO_MUCH = "paid_too_much"
# In the log: what came too much pays another instalment of the same order.
COUNTED_TOWARDS = "counted towards another instalment"
# In the log: why what was paid is due again when the seller had recorded it by mistake.
CORRECTED = "corrected by the seller"
# In the log: why an announced instalment is due again when a part of it has come.
PART_CAME = "a part came"
# In the log: why what was paid is due again when its payer's bank took it back.
RETURNED_BY_BANK = "returned by the bank"
# In the log: why a refund is not sent, or no longer a failed one.
NOT_THERE = "the money is not there any more"
GIVEN_OTHERWISE = "given back otherwise"
# In the log: why an announced instalment is due again when nothing went wrong.
WITHDRAWN = "withdrawn by the payer"


class RefundState(models.TextChoices):
    """Where a refund stands."""

    REQUESTED = "requested", pgettext_lazy("refund", "requested")
    DETAILS_WANTED = "details", pgettext_lazy("refund", "bank details wanted")
    SENT = "sent", pgettext_lazy("refund", "sent")
    DONE = "done", pgettext_lazy("refund", "refunded")
    FAILED = "failed", pgettext_lazy("refund", "failed")
    WITHDRAWN = "withdrawn", pgettext_lazy("refund", "withdrawn")


_R = RefundState
# Nothing went back and nothing will.
UNDONE_REFUNDS = (_R.FAILED, _R.WITHDRAWN)
# Nobody has anything to do.
CLOSED_REFUNDS = (_R.DONE, _R.WITHDRAWN)
# By hand, nothing was sent yet.
UNSENT_REFUNDS = (_R.REQUESTED, _R.DETAILS_WANTED)
REFUND_MOVES = {
    # What was never received is not given back: the entry was a mistake.
    _R.REQUESTED: {_R.SENT, _R.DONE, _R.DETAILS_WANTED, _R.FAILED, _R.WITHDRAWN},
    _R.DETAILS_WANTED: {_R.REQUESTED, _R.SENT, _R.DONE, _R.FAILED, _R.WITHDRAWN},
    _R.SENT: {_R.DONE, _R.FAILED},
    # A card's bank may send the money back days after the provider had called it refunded.
    _R.DONE: {_R.FAILED},
    # Tried again, sent by transfer instead, or given back in another way meanwhile.
    _R.FAILED: {_R.REQUESTED, _R.DETAILS_WANTED, _R.WITHDRAWN},
}
