"""A bank transfer to a virtual account that Stripe opens for the buyer.

Stripe would spend a customer's balance on any open payment, so reconciliation is manual: money goes to
the payment whose reference the transfer carries, or to the only one that is open.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from moussem.organisations.models import Organisation
from moussem.trade.payment.models import Instalment, PaymentAttempt, ProviderCustomer, Refund
from moussem.trade.payment.plans import spaced_reference
from moussem.trade.payment.providers.protocol import Seen, SeenRefund
from moussem.trade.payment.providers.stripe_api import (
    EXPANDED,
    PAGE,
    cancel_intent,
    description,
    from_minor,
    is_set_up,
    reaching,
    refund_intent,
    seen_of,
    to_minor,
)
from moussem.trade.payment.states import OPEN_ATTEMPTS, AttemptState

# Countries in which Stripe opens euro accounts: https://docs.stripe.com/payments/bank-transfers
EURO_ACCOUNTS = ("BE", "DE", "ES", "FR", "IE", "NL")
KINDS = {"EUR": "eu_bank_transfer", "USD": "us_bank_transfer", "GBP": "gb_bank_transfer"}
# What is printed of each kind of account, under our own names.
PRINTED = {
    "account_holder_name": "holder",
    "iban": "iban",
    "bic": "bic",
    "swift_code": "bic",
    "account_number": "account",
    "routing_number": "routing",
    "sort_code": "sort_code",
    "bank_name": "bank",
}


class StripeTransfer:
    """One PaymentIntent per attempt, paid from the buyer's balance at Stripe."""

    code = "stripe_transfer"
    label = _("Bank transfer, confirmed automatically")
    explanation = _("Your bank sends the money to an account opened for you; this page sees it arrive.")
    source = "stripe"

    def offers(self, instalment: Instalment) -> bool:
        """Where the site has Stripe's keys, in the currencies of Stripe's virtual accounts."""
        return is_set_up() and instalment.currency in KINDS

    def create(self, attempt: PaymentAttempt) -> Seen:
        """A PaymentIntent that waits for the transfer, with the account to send it to."""
        buyer = attempt.instalment.plan.order.buyer
        with reaching() as api:
            intent = api.v1.payment_intents.create(
                {
                    "amount": to_minor(attempt.amount, attempt.currency),
                    "currency": attempt.currency.lower(),
                    "customer": self._customer(api, attempt.instalment.plan.order),
                    "payment_method_types": ["customer_balance"],
                    "payment_method_data": {"type": "customer_balance"},
                    "payment_method_options": {
                        "customer_balance": {
                            "funding_type": "bank_transfer",
                            "bank_transfer": _transfer(attempt.currency, buyer),
                        }
                    },
                    "confirm": True,
                    **EXPANDED,
                    **description(attempt),
                },
                {"idempotency_key": str(attempt.key)},
            )
            return self._seen(attempt, intent.to_dict())

    def refresh(self, attempt: PaymentAttempt) -> Seen:
        """The PaymentIntent as it is now, after money that is meant for it was put to it."""
        if not attempt.external_id:
            return Seen(attempt.state, attempt.currency)
        with reaching() as api:
            intent = api.v1.payment_intents.retrieve(attempt.external_id, EXPANDED).to_dict()
            doubt = ""
            if intent["status"] == "requires_action":
                amount, doubt = self._meant_for(api, attempt, intent)
                if amount:
                    left = _remaining(intent)
                    intent = api.v1.payment_intents.apply_customer_balance(
                        intent["id"],
                        {"amount": amount, "currency": intent["currency"], **EXPANDED},
                        {"idempotency_key": f"{attempt.key}-{left}-{amount}"},
                    ).to_dict()
            return self._seen(attempt, intent, doubt)

    def cancel(self, attempt: PaymentAttempt) -> Seen:
        """Give the PaymentIntent up; what was put to it goes back to the buyer's balance."""
        if not attempt.external_id:
            return Seen(AttemptState.CANCELLED, attempt.currency)
        cancel_intent(attempt)
        return self.refresh(attempt)

    def refund(self, refund: Refund) -> SeenRefund:
        """Back to the account it came from; Stripe asks the buyer when it does not know it."""
        return refund_intent(refund)

    def _customer(self, api: Any, order: Any) -> str:
        known = ProviderCustomer.objects.filter(provider="stripe", organisation=order.buyer).first()
        if known is None:
            customer = api.v1.customers.create(
                {
                    "name": order.buyer.name,
                    "email": order.user.email,
                    "metadata": {"organisation": str(order.buyer_id)},
                    "cash_balance": {"settings": {"reconciliation_mode": "manual"}},
                },
                {"idempotency_key": f"customer-{order.buyer.slug}"},
            )
            known, _new = ProviderCustomer.objects.get_or_create(
                provider="stripe", organisation=order.buyer, defaults={"external_id": customer.id}
            )
        return known.external_id

    def _meant_for(self, api: Any, attempt: PaymentAttempt, intent: dict[str, Any]) -> tuple[int, str]:
        """How much of the customer's balance is for this payment, and what cannot be told."""
        customer, currency = intent["customer"], intent["currency"]
        balance = api.v1.customers.cash_balance.retrieve(customer).to_dict()
        available = (balance.get("available") or {}).get(currency, 0)
        if not available:
            return 0, ""
        entries = api.v1.customers.cash_balance_transactions.list(customer, {"limit": PAGE}).to_dict()["data"]
        ours = sum(_funds(entry, attempt, intent) for entry in entries)
        if ours <= 0 and not _is_alone(attempt):
            return 0, f"{available} {currency} without a reference"
        return min(available, _remaining(intent), *([ours] if ours > 0 else [])), ""

    def _seen(self, attempt: PaymentAttempt, intent: dict[str, Any], doubt: str = "") -> Seen:
        seen = seen_of(intent, _instructions(attempt, intent))
        missing = _remaining(intent) if intent["status"] == "requires_action" else 0
        got = Decimal(intent["amount"] - missing) if missing else Decimal(0)
        if not got:
            return Seen(**{**vars(seen), "doubt": seen.doubt or doubt})
        # A part has arrived: nobody should pay a second time.
        part = from_minor(int(got), seen.currency)
        return Seen(**{**vars(seen), "state": AttemptState.PROCESSING, "amount": part, "doubt": doubt})


def _transfer(currency: str, buyer: Organisation) -> dict[str, Any]:
    kind = KINDS[currency]
    if kind != "eu_bank_transfer":
        return {"type": kind}
    country = buyer.country_id if buyer.country_id in EURO_ACCOUNTS else settings.STRIPE_EURO_COUNTRY
    return {"type": kind, kind: {"country": country}}


def _is_alone(attempt: PaymentAttempt) -> bool:
    buyer = attempt.instalment.plan.order.buyer_id
    open_ = PaymentAttempt.objects.filter(
        provider=attempt.provider, state__in=OPEN_ATTEMPTS, instalment__plan__order__buyer=buyer
    )
    return not open_.exclude(pk=attempt.pk).exists()


def _funds(entry: dict[str, Any], attempt: PaymentAttempt, intent: dict[str, Any]) -> int:
    """What an entry of the balance adds to, or has already taken from, the money meant for this payment."""
    if entry["currency"] != intent["currency"]:
        return 0
    net = int(entry["net_amount"])
    if entry["type"] == "applied_to_payment":
        return net if entry["applied_to_payment"]["payment_intent"] == intent["id"] else 0
    if entry["type"] != "funded":
        return 0
    written = _joined(entry["funded"]["bank_transfer"].get("reference"))
    told = _joined(_told(intent).get("reference"))
    meant = attempt.instalment.reference in written or bool(told and told in written)
    return net if meant else 0


def _joined(text: str | None) -> str:
    return "".join((text or "").split()).upper()


def _told(intent: dict[str, Any]) -> dict[str, Any]:
    """Where Stripe says the money is to be sent."""
    return (intent.get("next_action") or {}).get("display_bank_transfer_instructions") or {}


def _remaining(intent: dict[str, Any]) -> int:
    left = _told(intent).get("amount_remaining")
    return int(intent["amount"] if left is None else left)


def _instructions(attempt: PaymentAttempt, intent: dict[str, Any]) -> dict[str, Any]:
    told = _told(intent)
    if not told:
        return {}
    rows: dict[str, str] = {}
    for address in told.get("financial_addresses") or []:
        account = address.get(address["type"]) or {}
        for key, name in PRINTED.items():
            if account.get(key):
                rows.setdefault(name, account[key])
    rows["reference"] = told.get("reference") or spaced_reference(attempt.instalment.reference)
    return {"rows": [[name, value] for name, value in rows.items()]}
