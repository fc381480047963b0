from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from moussem.core.dates import today_here
from moussem.core.forms import AsShown, Compared, LineField
from moussem.core.money import format_money
from moussem.core.number_fields import PriceField
from moussem.core.templatetags.figures import number_text
from moussem.organisations.bank import compact
from moussem.trade.payment.models import Instalment, Refund

MOST_BOOKED = Decimal("9999999999.99")


class FigureBox(forms.CheckboxInput):
    """A box that confirms one figure: what it sends is good for no other."""

    def __init__(self, mark: str) -> None:
        super().__init__(check_test=lambda sent: sent == mark)
        self.mark = mark

    def format_value(self, value: Any) -> str:
        """What is sent, ticked already or not."""
        return self.mark

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """What was sent, whichever figure it was for."""
        return str(data.get(name, ""))


class WireForm(forms.Form):
    """What the seller's bank has booked."""

    amount = PriceField(
        label=_("Amount received"),
        max_digits=14,
        decimal_places=2,
        error_messages={"required": _("Write the amount that your bank booked.")},
    )
    currency = forms.ChoiceField(label=_("Currency"))
    bank_reference = LineField(
        label=_("Number of the entry on the bank statement"),
        max_length=80,
        error_messages={"required": _("Write the number of the entry: with it no transfer counts twice.")},
        help_text=_("Each entry counts once: entering it again changes nothing."),
    )
    booked_on = forms.DateField(
        label=_("Booked on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day that your bank booked it.")},
    )
    # Shown once an amount was asked about.
    is_meant = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, instalment: Instalment, **kwargs: Any) -> None:
        first = {
            "amount": instalment.outstanding,
            "currency": instalment.currency,
            "booked_on": today_here(),
        }
        super().__init__(*args, initial=first, **kwargs)
        # Nothing that the columns of the instalment could not add up, nor what was booked before the order.
        most = max(MOST_BOOKED - instalment.paid, instalment.outstanding)
        self.fields["amount"].validators.append(MaxValueValidator(most))
        first_day = timezone.localdate(instalment.plan.order.date_placed) - timedelta(days=1)
        self.fields["booked_on"].validators.append(MinValueValidator(first_day, _too_early(instalment)))
        self.fields["currency"].choices = [(code, code) for code in settings.CURRENCIES]
        self.fields["amount"].currency = self["currency"].value()

    def clean(self) -> dict[str, Any]:
        """Whether the amount is the one that was asked about and confirmed."""
        typed = super().clean() or self.cleaned_data
        amount, sent = typed.get("amount"), typed["is_meant"]
        typed["is_meant"] = amount is not None and sent == _figure(amount)
        if typed["is_meant"]:
            self.ask()
        return typed

    def ask(self) -> None:
        """Show the box that confirms this amount, and no other."""
        amount, currency = self.cleaned_data["amount"], self.cleaned_data.get("currency", "")
        said = format_money(amount, currency, get_language() or "en") if currency else number_text(amount)
        # The label of the bound field: it was read before the amount was asked about.
        self["is_meant"].label = gettext("Yes, %(amount)s arrived") % {"amount": said}
        self.fields["is_meant"].widget = FigureBox(_figure(amount))


def _figure(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _too_early(instalment: Instalment) -> str:
    day = date_format(timezone.localdate(instalment.plan.order.date_placed))
    return gettext(
        "The order was placed on %(day)s: no transfer for it was booked before. Check the date."
    ) % {"day": day}


class TakeBackForm(forms.Form):
    """Why an entry was a mistake."""

    reason = LineField(
        label=_("What was wrong?"),
        max_length=200,
        error_messages={"required": _("Write what was wrong: the buyer reads it.")},
        help_text=_("The buyer reads this sentence, and it stays in the log."),
    )


class RefundAccountForm(AsShown, forms.Form):
    """Where a transfer is to be sent back to; an account that was named before is offered."""

    holder = LineField(
        label=_("Account holder"),
        max_length=120,
        error_messages={"required": _("Write whose account it is.")},
    )
    account = forms.CharField(
        label=_("IBAN or account number"),
        max_length=60,
        error_messages={"required": _("Write the IBAN or the number of the account.")},
    )
    bic = forms.CharField(
        label="BIC", max_length=11, required=False, help_text=_("Needed for an account without an IBAN.")
    )

    def __init__(self, *args: Any, refund: Refund, known: Refund | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refund = refund
        if shown := refund if refund.account else known:
            self.initial |= {name: getattr(shown, name) for name in ("holder", "account", "bic")}
        self.carry_what_is_shown()

    def judge(self, compared: list[Compared]) -> None:
        """What was only offered is nobody's word; whoever types what stands takes nothing away."""
        kept = {name: compact(getattr(self.refund, name)) for name in ("account", "bic")}
        told = [one for one in compared if kept.get(one.name) != compact(one.typed or "")]
        super().judge(told if self.refund.account else [])


class RefundSentForm(forms.Form):
    """That the seller's bank has sent a transfer back."""

    bank_reference = LineField(
        label=_("Number of the transfer at your bank"),
        max_length=80,
        error_messages={"required": _("Write the number of the transfer: the buyer finds it by it.")},
    )
