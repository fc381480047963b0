from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from phonenumber_field.formfields import PhoneNumberField

from moussem.core.errors import Refusal
from moussem.core.forms import LineField, NumberedLine, TextField
from moussem.core.templatetags.figures import amount_text
from moussem.core.text import reading_order
from moussem.regions.models import Country
from moussem.regions.queries import markets
from moussem.trade.basket.contents import GroupView
from moussem.trade.checkout.errors import ExportsOnly
from moussem.trade.checkout.queries import Reckoning, Seen
from moussem.trade.checkout.states import PlanChoice
from moussem.trade.order.drafts import OrderDraft
from moussem.trade.shipping.errors import PlaceMaybeSeveral, TermNotOffered
from moussem.trade.shipping.states import Mode
from moussem.trade.shipping.terms import (
    Term,
    check_choice,
    leading_terms,
    suggested_term,
    usual_mode,
    why_suggested,
)

# Where a refused rule is put right, when not at the rule itself.
FIELD_OF = {
    "place_missing": "place",
    "place_unclear": "place",
    "place_elsewhere": "place",
    "place_not_one": "place",
    "place_maybe_several": "place",
    "place_is_country": "place",
    "place_not_in_morocco": "place",
    "sea_only": "mode",
    "mode_not_priced": "mode",
}


class DeliveryForm(forms.Form):
    """Who receives the goods, and where."""

    contact = LineField(label=_("Person who receives the goods"), max_length=120)
    line1 = NumberedLine(label=_("Street and number"), max_length=200)
    line2 = NumberedLine(label=_("Further line of the address"), max_length=200, required=False)
    postcode = NumberedLine(label=_("Postcode"), max_length=20, required=False)
    city = LineField(label=_("City"), max_length=100)
    state = LineField(label=_("State or county"), max_length=100, required=False)
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_("Every country but Morocco: what is ordered here is exported."),
        error_messages={"invalid_choice": ExportsOnly.text},
    )
    phone = PhoneNumberField(
        label=_("Telephone for the carrier"),
        required=False,
        help_text=_("With the code of the country, such as +33 4 78 00 00 00."),
        error_messages={
            "invalid": _("Write the number with the code of the country, such as +33 4 78 00 00 00.")
        },
    )
    reference = LineField(
        label=_("Your reference"),
        max_length=60,
        required=False,
        help_text=_("It is printed on every paper of these orders."),
    )
    note = TextField(
        label=_("Note to the cooperatives"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    AUTOCOMPLETE = {
        "contact": "name",
        "line1": "address-line1",
        "line2": "address-line2",
        "postcode": "postal-code",
        "city": "address-level2",
        "state": "address-level1",
        "country": "country",
        "phone": "tel",
    }

    WANTED = {
        "contact": _("Write the name of the person who receives the goods."),
        "line1": _("Write the street and number."),
        "city": _("Write the city."),
        "country": _("Choose the country the goods go to."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sentence in self.WANTED.items():
            self.fields[name].error_messages["required"] = sentence
        self.fields["country"].choices = [("", _("Choose a country")), *_by_name(markets())]
        for name, hint in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = hint

    def clean_note(self) -> str:
        """The note; a null character is no slip of a typing hand, and is refused before it is dropped."""
        ProhibitNullCharactersValidator()(self.data.get(self.add_prefix("note"), ""))
        return self.cleaned_data["note"]

    @property
    def answer(self) -> dict[str, str]:
        """The answer as the draft keeps it."""
        return {name: str(value) for name, value in self.cleaned_data.items()}


def _by_name(countries: Iterable[Country]) -> list[tuple[str, str]]:
    return sorted(
        ((country.code, country.label) for country in countries), key=lambda pair: reading_order(pair[1])
    )


class TermForm(forms.Form):
    """The rule, the transport and the place for one cooperative."""

    term = forms.CharField(error_messages={"required": _("Choose a rule for this cooperative.")})
    mode = forms.ChoiceField(
        label=_("Transport of the main leg"),
        choices=[("", _("as the rule says")), *Mode.choices],
        required=False,
    )
    place = LineField(label=_("Named place at destination"), max_length=120, required=False)
    # The words that the buyer says are one place, once they were asked about; good for no others.
    sure = LineField(max_length=120, required=False, widget=forms.HiddenInput)
    asked_about = ""

    def __init__(self, sent: Any = None, *, group: GroupView, terms: list[Term], **kwargs: Any) -> None:
        prefix = f"seller{group.seller.pk}"
        super().__init__(sent and _beside_the_chosen(sent, prefix), prefix=prefix, **kwargs)
        self.group, self.terms = group, terms
        self.suggested = suggested_term(
            terms, str(self.initial.get("mode", "")), is_sample=group.is_samples_only
        )
        self.fields["term"].label = _("Rule for %(seller)s") % {"seller": group.seller.label}
        # A rule chosen before may no longer be offered: another country, another currency.
        if self.suggested and self.initial.get("term") not in {term.key for term, _mode in self.offered}:
            self.initial["term"] = self.suggested.key
            if self.suggested.begins_at_place:
                # The city of the delivery is not where the goods leave from.
                self.initial["place"] = ""

    @property
    def offered(self) -> list[tuple[Term, str]]:
        """The rules that can be chosen, each with its usual transport."""
        return [(term, usual_mode(term, self.terms)) for term in self.terms if term.amount is not None]

    @property
    def is_ex_works_only(self) -> bool:
        """Whether the buyer must clear the goods for export in Morocco whatever they choose."""
        return bool(self.offered) and all(term.is_ex_works for term, _mode in self.offered)

    @property
    def leading(self) -> list[tuple[Term, str]]:
        """Those to show at once, the suggested one first; what the buyer has chosen is among them."""
        chosen = str(self["term"].value() or "")
        mode = str(self.initial.get("mode", ""))
        leading = leading_terms(self.terms, chosen=chosen, mode=mode, is_sample=self.group.is_samples_only)
        return [(term, usual_mode(term, self.terms)) for term in leading]

    @property
    def why_suggested(self) -> str:
        """What speaks for the suggested rule."""
        if self.suggested is None:
            return ""
        return why_suggested(self.suggested, self.terms, is_sample=self.group.is_samples_only)

    @property
    def others(self) -> list[tuple[Term, str]]:
        """The rules that can be chosen but are not shown at once, EXW with its warning behind all."""
        rest = [pair for pair in self.offered if pair not in self.leading]
        return sorted(rest, key=lambda pair: pair[0].is_ex_works)

    @property
    def modes_of_main_leg(self) -> list[tuple[str, str]]:
        """What the buyer's own carrier may travel by."""
        return list(Mode.choices)

    @property
    def chosen(self) -> Term | None:
        """The rule that is marked, where it can be chosen."""
        key = self["term"].value()
        return next((term for term, _mode in self.offered if term.key == key), None)

    @property
    def draft(self) -> OrderDraft | None:
        """What the marked rule makes of the basket, before the step is sent."""
        if (term := self.chosen) is None or term.amount is None:
            return None
        place = term.written(term.place or str(self["place"].value() or ""))
        return OrderDraft(self.group, term.incoterm, place, usual_mode(term, self.terms), term.amount)

    @property
    def not_offered(self) -> list[Term]:
        """The rules that cannot, each with its reason."""
        return [term for term in self.terms if term.amount is None]

    def clean(self) -> dict[str, Any]:
        """A rule that is offered, with a transport that fits it and a place."""
        kept = super().clean() or {}
        if "term" not in kept:
            return kept
        term = next((one for one in self.terms if one.key == kept["term"]), None)
        if term is None:
            self.add_error("term", TermNotOffered().message)
            return kept
        kept["place"] = term.place or kept.get("place", "").strip()
        kept["mode"] = kept.get("mode") or usual_mode(term, self.terms)
        try:
            check_choice(term, kept["mode"], kept["place"], kept.get("sure", ""))
        except Refusal as refusal:
            if isinstance(refusal, PlaceMaybeSeveral):
                self.asked_about = kept["place"]
            self.add_error(FIELD_OF.get(refusal.code, "term"), refusal.message)
        return kept

    @property
    def confirmable(self) -> str:
        """The words to be confirmed as one place: asked about now, or confirmed before and shown again."""
        confirmed = str(self["sure"].value() or "").strip()
        typed = str(self["place"].value() or "").strip()
        return self.asked_about or (typed if typed == confirmed else "")

    @property
    def answer(self) -> dict[str, str]:
        """The answer as the draft keeps it."""
        kept = {name: self.cleaned_data[name] for name in ("term", "mode", "place")}
        sure = self.cleaned_data["sure"]
        return {**kept, "sure": sure} if sure else kept


def _beside_the_chosen(sent: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """What was typed beside the chosen rule: the fields of the others are hidden, yet sent."""
    key = sent.get(f"{prefix}-term", "")
    names = (f"{prefix}-{name}" for name in ("term", "mode", "place", "sure"))
    return {name: sent.get(f"{name}-{key}", sent.get(name, "")) for name in names}


class PaymentForm(forms.Form):
    """How the orders are paid."""

    plan = forms.ChoiceField(
        label=_("How do you want to pay?"),
        choices=PlanChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to pay.")},
    )

    def tell(self, reckonings: Mapping[PlanChoice, Reckoning]) -> None:
        """Each choice with what it asks for, and when, for all orders together."""
        self.fields["plan"].choices = [(plan, _told(reckoning)) for plan, reckoning in reckonings.items()]

    @property
    def answer(self) -> dict[str, str]:
        """The answer as the draft keeps it."""
        return {"plan": self.cleaned_data["plan"]}


def _told(reckoning: Reckoning) -> str:
    sums = reckoning.sums_by_moment.items()
    parts = [f"{amount_text(amount, reckoning.view.currency)} {moment.label}" for moment, amount in sums]
    return pgettext("between items of a list", ", ").join(parts)


class SeenForm(forms.Form):
    """What was on the screen when its button was pressed."""

    seen_total = forms.DecimalField(
        widget=forms.HiddenInput, max_digits=14, decimal_places=2, min_value=Decimal(0)
    )
    seen_currency = forms.ChoiceField(
        widget=forms.HiddenInput, choices=[(code, code) for code in settings.CURRENCIES]
    )
    seen_digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @classmethod
    def showing(cls, seen: Seen, **initial: Any) -> Self:
        """The form of a page that shows this."""
        told = {f"seen_{name}": value for name, value in asdict(seen).items()}
        return cls(initial={**told, **initial})

    @property
    def seen(self) -> Seen:
        """What was seen, of a valid form."""
        return Seen(**{name: self.cleaned_data[f"seen_{name}"] for name in ("total", "currency", "digest")})


class PlaceForm(SeenForm):
    """The button of the review: also the one-time key."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    """Why a request is declined."""

    reason = TextField(
        label=_("Why do you decline?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why you decline, so that the purchaser can change the order.")},
    )
