"""A transfer to the seller's own account. Nobody tells us: a person records what the bank has booked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moussem.organisations.rules import bank_pause_ends
from moussem.trade.payment.models import Instalment, PaymentAttempt, Refund
from moussem.trade.payment.plans import spaced_reference
from moussem.trade.payment.providers.protocol import Seen, SeenRefund
from moussem.trade.payment.states import AttemptState, RefundState


class Wire:
    """Bank details, a reference and a QR code; the state is what we were told."""

    code = "wire"
    label = _("Bank transfer to the seller")
    explanation = _("Your bank sends the money straight to the seller’s account. It takes one to five days.")
    source = ""

    def offers(self, instalment: Instalment) -> bool:
        """Whether the seller has an account that was not changed in the last two days.

        Who breaks into a seller's desk changes the account first; the pause leaves time to notice.
        """
        seller = instalment.plan.order.seller
        return bool(seller and seller.iban) and bank_pause_ends(seller) is None

    def create(self, attempt: PaymentAttempt) -> Seen:
        """The bank details; the payer is still to order the transfer."""
        return Seen(AttemptState.ACTION, attempt.currency, instructions=self._details(attempt.instalment))

    def refresh(self, attempt: PaymentAttempt) -> Seen:
        """What is written down already."""
        return Seen(
            attempt.state,
            attempt.currency,
            amount=attempt.received,
            external_id=attempt.external_id,
        )

    def cancel(self, attempt: PaymentAttempt) -> Seen:
        """Given up, since nobody but the payer knows of it."""
        return Seen(AttemptState.CANCELLED, attempt.currency)

    def refund(self, refund: Refund) -> SeenRefund:
        """The seller sends it back by hand, once the buyer has said where to."""
        if refund.external_id:
            return SeenRefund(RefundState.DONE, refund.external_id)
        return SeenRefund(RefundState.REQUESTED if refund.account else RefundState.DETAILS_WANTED)

    def _details(self, instalment: Instalment) -> dict[str, Any]:
        seller = instalment.plan.order.seller
        rows = [
            ("holder", seller.name),
            ("iban", seller.iban),
            ("bic", seller.bic),
            ("bank", seller.bank_name),
            ("reference", spaced_reference(instalment.reference)),
        ]
        return {"rows": [[key, value] for key, value in rows if value]}
