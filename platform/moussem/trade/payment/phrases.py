"""Sentences that several pages of payment use."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.trade.order.states import RefusalReason
from moussem.trade.payment.states import CAME_TOO_LATE, PAID_TOO_MUCH

ACCOUNT_LABELS: dict[str, str | Promise] = {
    "holder": _("Account holder"),
    "iban": "IBAN",
    "bic": "BIC",
    "bank": _("Bank"),
    "account": _("Account number"),
    "routing": _("Routing number"),
    "sort_code": _("Sort code"),
    "reference": pgettext_lazy("bank transfer", "Reference to write on the transfer"),
}

# Findings are kept in the words of this file and shown in those of the officer who reads them.
_FINDINGS: dict[str, Promise] = {
    "not known there": pgettext_lazy("finding about a payment", "not known there"),
    "no question": pgettext_lazy("finding about a payment", "no question"),
    "nothing: given up": pgettext_lazy("finding about a payment", "nothing: given up"),
    "nothing: withdrawn": pgettext_lazy("finding about a payment", "nothing: withdrawn"),
    "refunded": pgettext_lazy("finding about a payment", "refunded"),
    "returned": pgettext_lazy("finding about a payment", "returned"),
    "failed": pgettext_lazy("finding about a payment", "failed"),
    "Given back twice?": pgettext_lazy("finding about a payment", "Given back twice?"),
    "Recorded twice?": pgettext_lazy("finding about a payment", "Recorded twice?"),
}

_TRY_AGAIN = _(
    "The bank refused the payment. Nothing was charged, and the order and its goods are kept for you. "
    "Try again, use another card, or pay by bank transfer."
)
# Stripe's codes: https://docs.stripe.com/declines/codes
_FAILURES: dict[str, Promise] = {
    "insufficient_funds": _(
        "The account does not hold enough. Nothing was charged, and the order is kept. "
        "Use another card, or pay by bank transfer."
    ),
    "expired_card": _(
        "The card has expired. Nothing was charged, and the order is kept. Use another card, "
        "or pay by bank transfer."
    ),
    "incorrect_cvc": _(
        "The security code of the card is wrong. Nothing was charged, and the order is kept. "
        "Type it again, or use another card."
    ),
    "authentication_required": _(
        "The bank wanted you to confirm the payment, and that did not happen. Nothing was charged, "
        "and the order is kept. Try again and confirm it with your bank."
    ),
    "debit_not_authorized": _(
        "Your bank did not allow the debit. Nothing was charged, and the order is kept. "
        "Ask your bank, use a card, or pay by bank transfer."
    ),
    "provider_unreachable": _(
        "The payment service did not answer. Nothing was charged, and the order is kept. "
        "Try again in a few minutes, or pay by bank transfer."
    ),
}
_SAME = {"payment_intent_authentication_failure": "authentication_required", "invalid_cvc": "incorrect_cvc"}


def finding_sentence(kept: str) -> str:
    """What a finding says, to an officer; amounts and numbers of a provider as they are."""
    return str(_FINDINGS.get(kept, kept))


def failure_sentence(code: str) -> str | Promise:
    """Why a payment failed, what was kept, and what to do."""
    return _FAILURES.get(_SAME.get(code, code), _TRY_AGAIN)


# Why money goes back: the codes that orders end with. A seller's or an officer's own words stand as they are.
_REFUND_REASONS: dict[str, str | Promise] = {
    **{str(code): label for code, label in RefusalReason.choices},
    "refused": _("The seller refused the order."),
    "cancelled": _("The seller cancelled the order after accepting it."),
    "withdrawn": _("The buyer withdrew the order."),
    "unanswered": _("The seller did not answer in time."),
    "unpaid": _("The first payment did not arrive in time."),
    CAME_TOO_LATE: _("The money arrived when the order was over already."),
    PAID_TOO_MUCH: _("More arrived than was asked."),
}


def refund_reason(reason: str) -> str | Promise:
    """Why money is given back, in the reader's language where we know the reason."""
    return _REFUND_REASONS.get(reason, reason)


DEMO_BUTTONS: dict[str, tuple[str | Promise, str]] = {
    "succeed": (_("Let the payment succeed"), "button"),
    "ask": (_("Ask me to confirm with my bank"), "button button--secondary"),
    "announce": (_("Announce it: the bank pays later"), "button button--secondary"),
    "confirm": (_("Confirm the payment"), "button"),
    "decline": (_("Let the bank refuse it"), "button button--secondary"),
    "arrive": (_("Let the announced money arrive"), "button"),
    "bounce": (_("Let the announced money fail"), "button button--secondary"),
    "return": (_("Let the bank take the money back"), "button button--danger"),
}
