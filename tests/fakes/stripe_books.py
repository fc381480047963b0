"""What the fake Stripe remembers, and how each thing in it may change."""

import time
from itertools import count

CANCELLABLE = ("requires_payment_method", "requires_confirmation", "requires_action", "processing")


class Problem(Exception):
    """A request that Stripe would refuse."""

    def __init__(self, code, status=400):
        super().__init__(code)
        self.code, self.status = code, status


class Books:
    """Payments, customers with their balance, refunds, disputes and events."""

    def __init__(self):
        self.numbers = count(1)
        self.payments, self.customers, self.refunds, self.charges = {}, {}, {}, {}
        self.disputes, self.events, self.entries = [], [], []

    def answer(self, verb, path, given):
        match (verb, path.split("/")):
            case "POST", ["payment_intents"]:
                return self.new_payment(given)
            case "GET", ["payment_intents", number]:
                return self.shown(number)
            case "POST", ["payment_intents", number, "cancel"]:
                return self.cancel(number)
            case "POST", ["payment_intents", number, "apply_customer_balance"]:
                return self.apply(number, int(given["amount"]))
            case "POST", ["customers"]:
                return self.new_customer(given)
            case "GET", ["customers", number, "cash_balance"]:
                available = self.customers[number]["balance"]
                return {"object": "cash_balance", "customer": number, "available": available or None}
            case "GET", ["customers", number, "cash_balance_transactions"]:
                return listed([one for one in self.entries if one["customer"] == number])
            case "POST", ["refunds"]:
                return self.new_refund(given)
            case "GET", ["refunds"]:
                return listed([one for one in self.refunds.values() if about(one, given)])
            case "GET", ["disputes"]:
                return listed([one for one in self.disputes if about(one, given)])
            case "GET", ["events"]:
                since = int(given["created"]["gte"])
                return listed([one for one in reversed(self.events) if one["created"] >= since])
        raise Problem("resource_missing", 404)

    def number(self, prefix):
        return f"{prefix}_{next(self.numbers):08d}"

    def new_payment(self, given):
        number = self.number("pi")
        payment = {
            "id": number,
            "object": "payment_intent",
            "amount": int(given["amount"]),
            "amount_received": 0,
            "currency": given["currency"],
            "client_secret": f"{number}_secret",
            "customer": given.get("customer"),
            "metadata": given.get("metadata", {}),
            "status": "requires_payment_method",
            "last_payment_error": None,
            "latest_charge": None,
            "next_action": None,
        }
        if given.get("confirm") == "true":
            payment["status"] = "requires_action"
            payment["next_action"] = transfer(payment["amount"], payment["currency"])
        self.payments[number] = payment
        self.tell("payment_intent.created", number)
        return self.shown(number)

    def shown(self, number):
        if number not in self.payments:
            raise Problem("resource_missing", 404)
        payment = dict(self.payments[number])
        payment["latest_charge"] = self.charges.get(payment["latest_charge"])
        return payment

    def cancel(self, number):
        payment = self.payments[number]
        if payment["status"] not in CANCELLABLE[:3]:
            raise Problem("payment_intent_unexpected_state")
        payment.update(status="canceled", next_action=None)
        self.tell("payment_intent.canceled", number)
        return self.shown(number)

    def settle(self, number, *, amount=None, currency=None):
        """The money is here; a test may let another amount arrive than was asked."""
        payment, charge = self.payments[number], self.number("ch")
        got = payment["amount"] if amount is None else amount
        payment.update(
            status="succeeded",
            amount_received=got,
            latest_charge=charge,
            currency=currency or payment["currency"],
            next_action=None,
            last_payment_error=None,
        )
        self.charges[charge] = {"id": charge, "object": "charge", "payment_intent": number, "disputed": False}
        return self.tell("payment_intent.succeeded", number)

    def process(self, number):
        """A debit was announced to the bank."""
        self.payments[number].update(status="processing", last_payment_error=None, next_action=None)
        return self.tell("payment_intent.processing", number)

    def ask(self, number):
        """The bank wants the payer to confirm."""
        self.payments[number].update(status="requires_action", next_action={"type": "use_stripe_sdk"})
        return self.tell("payment_intent.requires_action", number)

    def decline(self, number, code="card_declined", decline_code=None):
        """The bank says no."""
        error = {"type": "card_error", "code": code, "message": code}
        if decline_code:
            error["decline_code"] = decline_code
        self.payments[number].update(status="requires_payment_method", last_payment_error=error)
        return self.tell("payment_intent.payment_failed", number)

    def dispute(self, number, status="lost"):
        """The payer's bank takes the money back; a lost SEPA dispute cannot be won."""
        charge = self.charges[self.payments[number]["latest_charge"]]
        charge["disputed"] = True
        dispute = {"id": self.number("dp"), "object": "dispute", "payment_intent": number, "status": status}
        self.disputes.append(dispute)
        return self.event("charge.dispute.created", dispute)

    def new_customer(self, given):
        number = self.number("cus")
        self.customers[number] = {"id": number, "object": "customer", "given": given, "balance": {}}
        return {"id": number, "object": "customer"}

    def fund(self, customer, amount, currency="eur", reference=None):
        """A transfer reached the customer's virtual account."""
        balance = self.customers[customer]["balance"]
        balance[currency] = balance.get(currency, 0) + amount
        told = {"type": "eu_bank_transfer", "reference": reference}
        self.entry(customer, "funded", amount, currency, funded={"bank_transfer": told})
        return self.event(
            "customer_cash_balance_transaction.created", self.entries[0] | {"customer": customer}
        )

    def entry(self, customer, kind, amount, currency, **more):
        entry = {"id": self.number("ccsbtxn"), "object": "customer_cash_balance_transaction", "type": kind}
        self.entries.insert(
            0, {**entry, "customer": customer, "net_amount": amount, "currency": currency, **more}
        )

    def apply(self, number, amount):
        payment = self.payments[number]
        balance = self.customers[payment["customer"]]["balance"]
        told = payment["next_action"]["display_bank_transfer_instructions"]
        if amount > min(balance.get(payment["currency"], 0), told["amount_remaining"]):
            raise Problem("balance_insufficient")
        balance[payment["currency"]] -= amount
        told["amount_remaining"] -= amount
        applied = {"payment_intent": number}
        self.entry(
            payment["customer"],
            "applied_to_payment",
            -amount,
            payment["currency"],
            applied_to_payment=applied,
        )
        if told["amount_remaining"] == 0:
            self.settle(number)
        return self.shown(number)

    def new_refund(self, given):
        payment = self.payments[given["payment_intent"]]
        amount = int(given.get("amount") or payment["amount_received"])
        number = self.number("re")
        self.refunds[number] = {
            "id": number,
            "object": "refund",
            "payment_intent": payment["id"],
            "amount": amount,
            "status": "pending",
            "metadata": given.get("metadata", {}),
        }
        return dict(self.refunds[number])

    def finish_refund(self, number, status="succeeded"):
        """The refund reached the payer, or did not."""
        self.refunds[number]["status"] = status
        return self.event("refund.updated", self.refunds[number])

    def tell(self, kind, number):
        return self.event(kind, self.payments[number])

    def event(self, kind, thing):
        """An event with the object as it is now, kept for whoever lists events."""
        event = {
            "id": self.number("evt"),
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "data": {"object": dict(thing)},
        }
        self.events.append(event)
        return event


def transfer(amount, currency):
    """Where a transfer is to be sent."""
    iban = {
        "account_holder_name": "Moussem",
        "bic": "CITIFRPPXXX",
        "country": "FR",
        "iban": "FR7630006000011234567890189",
    }
    return {
        "type": "display_bank_transfer_instructions",
        "display_bank_transfer_instructions": {
            "amount_remaining": amount,
            "currency": currency,
            "reference": None,
            "type": "eu_bank_transfer",
            "financial_addresses": [{"type": "iban", "iban": iban}],
        },
    }


def listed(things):
    return {"object": "list", "data": things, "has_more": False, "url": "/v1/list"}


def about(thing, given):
    return "payment_intent" not in given or thing["payment_intent"] == given["payment_intent"]
