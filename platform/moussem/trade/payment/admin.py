from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.validators import DecimalValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moussem.core.admin import ReadOnly
from moussem.core.errors import Refusal
from moussem.core.forms import TextField
from moussem.core.money import format_money, unit_of
from moussem.core.number_fields import PriceField
from moussem.core.shown import signed, word_of
from moussem.trade.payment.actions import (
    accept_held,
    give_excess_back,
    note_discrepancy,
    reject_held,
)
from moussem.trade.payment.errors import CountedFarFromRate
from moussem.trade.payment.forms import FigureBox
from moussem.trade.payment.models import (
    Discrepancy,
    Instalment,
    PaymentAttempt,
    PaymentPlan,
    ProviderEvent,
    Refund,
)
from moussem.trade.payment.phrases import finding_sentence
from moussem.trade.payment.states import AttemptState


@admin.register(PaymentPlan)
class PaymentPlanAdmin(ReadOnly):
    list_display = ("order", "total", "currency")
    search_fields = ("order__number",)


@admin.register(Instalment)
class InstalmentAdmin(ReadOnly):
    list_display = ("reference", "state", "amount", "paid", "charges", "currency", "due_on")
    list_filter = ("state", "currency", "trigger")
    search_fields = ("reference", "plan__order__number")


@admin.register(PaymentAttempt)
class PaymentAttemptAdmin(ReadOnly):
    list_display = ("instalment", "provider", "state", "amount", "received", "currency", "created_at")
    list_filter = ("state", "provider")
    list_select_related = ("instalment",)
    search_fields = ("external_id", "key", "instalment__reference")
    # What the payer must do next may hold a secret of the provider.
    exclude = ("instructions",)


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnly):
    list_display = ("event_id", "kind", "received_at", "processed_at", "outcome")
    list_filter = ("provider", "kind")
    search_fields = ("event_id",)


@admin.register(Refund)
class RefundAdmin(ReadOnly):
    list_display = ("attempt", "money", "state", "reason", "requested_at")
    list_filter = ("state",)
    list_select_related = ("attempt",)

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def money(self, refund: Refund) -> str:
        """How much, in the currency in which it came."""
        return f"{refund.amount:f} {refund.attempt.currency}"


class DecisionForm(forms.ModelForm):
    """What staff decide about money that does not fit, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("note", gettext_lazy("Only close it, with an explanation")),
            ("accept", gettext_lazy("Count the held money")),
            ("reject", gettext_lazy("Give the held money back")),
            ("excess", gettext_lazy("Give back what was paid too much")),
        ],
    )
    counted_as = PriceField(
        label=gettext_lazy("Counted as, in the instalment’s currency"), required=False, min_value=0
    )
    # Shown once a figure was asked about, and from then on.
    rate_is_meant = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = TextField(label=gettext_lazy("Reason"), widget=forms.Textarea)

    class Meta:
        model = Discrepancy
        fields: tuple[str, ...] = ()

    actor: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if attempt := self.instance.attempt:
            places = -int(unit_of(attempt.instalment.currency).as_tuple().exponent)
            most = PaymentAttempt._meta.get_field("received").max_digits
            self.fields["counted_as"].currency = attempt.instalment.currency
            self.fields["counted_as"].decimal_places = places
            self.fields["counted_as"].validators.append(DecimalValidator(most, places))
        if (confirmed := self._confirmed(self.data.get("rate_is_meant", ""))) is not None:
            self._ask_about(confirmed)

    @property
    def _place(self) -> str:
        return f"rate:{self.instance.pk}"

    def _confirmed(self, mark: str) -> Decimal | None:
        """The figure that a ticked box stands for; none where the box is not ours."""
        word = word_of(mark, place=self._place)
        return Decimal(word) if word else None

    def _ask_about(self, figure: Decimal) -> None:
        currency = self.instance.attempt.instalment.currency
        counted = format_money(figure, currency, get_language() or "en")
        # The label of the bound field: it was read before the figure was asked about.
        self["rate_is_meant"].label = _("Yes, it counts as %(counted)s") % {"counted": counted}
        box = FigureBox(signed(f"{figure.normalize():f}", place=self._place))
        self.fields["rate_is_meant"].widget = box

    def clean(self) -> dict[str, Any]:
        """Decide; a refusal stands in the form and nothing is changed."""
        typed = super().clean() or self.cleaned_data
        if self.errors:
            return typed
        reason = {"reason": typed["reason"], "actor": self.actor}
        try:
            match typed["decision"]:
                case "accept":
                    confirmed = self._confirmed(typed["rate_is_meant"])
                    accept_held(self.instance, counted_as=typed["counted_as"], confirmed=confirmed, **reason)
                case "reject":
                    reject_held(self.instance, **reason)
                case "excess":
                    give_excess_back(self.instance, **reason)
                case _:
                    note_discrepancy(self.instance, **reason)
        except Refusal as refusal:
            self.add_error(None, refusal.message)
            if isinstance(refusal, CountedFarFromRate):
                self._ask_about(typed["counted_as"])
        return typed


def _with_currency(discrepancy: Discrepancy, kept: str) -> str:
    """What a finding says; findings of before kept some amounts without their currency."""
    bare = kept.replace(".", "", 1).isdigit()
    return (
        f"{kept} {discrepancy.attempt.currency}" if bare and discrepancy.attempt else finding_sentence(kept)
    )


@admin.register(Discrepancy)
class DiscrepancyAdmin(ReadOnly):
    list_display = ("attempt", "was_expected", "was_found", "found_at", "resolved_at", "resolved_by")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter),)
    list_select_related = ("attempt", "resolved_by")
    readonly_fields = (
        "attempt",
        "held",
        "was_expected",
        "was_found",
        "remark",
        "found_at",
        "resolution",
        "resolved_by",
    )
    form = DecisionForm

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    @admin.display(description=gettext_lazy("expected"), ordering="expected")
    def was_expected(self, discrepancy: Discrepancy) -> str:
        """What should have come."""
        return _with_currency(discrepancy, discrepancy.expected)

    @admin.display(description=gettext_lazy("found"), ordering="found")
    def was_found(self, discrepancy: Discrepancy) -> str:
        """What came instead."""
        return _with_currency(discrepancy, discrepancy.found)

    @admin.display(description=gettext_lazy("note"))
    def remark(self, discrepancy: Discrepancy) -> str:
        """What to think of."""
        return finding_sentence(discrepancy.note)

    @admin.display(boolean=True, description=gettext_lazy("money held"))
    def held(self, discrepancy: Discrepancy) -> bool:
        """Whether the money still waits for a decision."""
        attempt = discrepancy.attempt
        return attempt is not None and attempt.state == AttemptState.QUARANTINED

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"actor": request.user})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: the form has called the action."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("Decided. The log keeps who and why."))
        return redirect("admin:payment_discrepancy_changelist")
