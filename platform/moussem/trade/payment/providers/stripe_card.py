"""Cards, wallets and bank debits through Stripe's Payment Element."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.providers.protocol import Seen, SeenRefund
from moussem.trade.payment.providers.stripe_api import (
    EXPANDED,
    cancel_intent,
    description,
    is_set_up,
    reaching,
    refund_intent,
    seen_of,
    to_minor,
)
from moussem.trade.payment.states import AttemptState


class StripeCard:
    """One PaymentIntent per attempt; Stripe chooses the methods that fit the currency and the country."""

    code = "stripe_card"
    label = _("Card, wallet or bank debit")
    explanation = _("Paid at once with a card or a wallet; a bank debit takes up to eight days to arrive.")
    source = "stripe"

    def offers(self, instalment: Instalment) -> bool:
        """Wherever the site has Stripe's keys."""
        return is_set_up()

    def create(self, attempt: PaymentAttempt) -> Seen:
        """A PaymentIntent that waits for the payer on our page."""
        with reaching() as api:
            intent = api.v1.payment_intents.create(
                {
                    "amount": to_minor(attempt.amount, attempt.currency),
                    "currency": attempt.currency.lower(),
                    "automatic_payment_methods": {"enabled": True},
                    **EXPANDED,
                    **description(attempt),
                },
                {"idempotency_key": str(attempt.key)},
            )
            return self._seen(intent.to_dict())

    def refresh(self, attempt: PaymentAttempt) -> Seen:
        """The PaymentIntent as it is now."""
        if not attempt.external_id:
            return Seen(attempt.state, attempt.currency)
        with reaching() as api:
            return self._seen(api.v1.payment_intents.retrieve(attempt.external_id, EXPANDED).to_dict())

    def cancel(self, attempt: PaymentAttempt) -> Seen:
        """Give the PaymentIntent up; one that never reached Stripe is given up here."""
        if not attempt.external_id:
            return Seen(AttemptState.CANCELLED, attempt.currency)
        cancel_intent(attempt)
        return self.refresh(attempt)

    def refund(self, refund: Refund) -> SeenRefund:
        """Back to the card or the account it came from."""
        return refund_intent(refund)

    def _seen(self, intent: dict[str, Any]) -> Seen:
        seen = seen_of(intent)
        open_ = seen.state in (AttemptState.ACTION, AttemptState.FAILED)
        secret = {"client_secret": intent["client_secret"]} if open_ else {}
        return Seen(**{**vars(seen), "instructions": secret})
