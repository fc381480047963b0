"""What somebody who comes, and the organiser who lets them in, type."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import CertificateType, Family, LabField
from catalogue.states import BaseUnit
from fairs.guests.limits import Unreadable, limits_to_type, limits_typed
from fairs.guests.models import Guest
from fairs.guests.queries import categories_to_choose, last_bought_for
from fairs.guests.states import Tier
from moussem.core.forms import AsShown, ByLabel, LineField, ManyByLabel, TextField
from moussem.core.number_fields import NumberField, WholeNumberField
from moussem.core.text import reading_order
from moussem.organisations.evidence import ACCEPTED, ENOUGH_TO_KNOW, LARGEST, kind_of
from moussem.organisations.forms.fields import LanguagesField
from moussem.organisations.models import Organisation
from moussem.trade.shipping.models import Incoterm

ROWS = 4
NEED = ("family", "volume", "unit", "certificates", "limits", "category", "note")


class RegisterForm(forms.Form):
    """As what one comes; a buyer says for what, and shows who it is."""

    tier = forms.ChoiceField(
        label=_("You come as"),
        choices=[
            (Tier.BUYER.value, _("a buyer: exhibitors and meetings are proposed to you")),
            (Tier.VISITOR.value, _("a visitor: you look around")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose as what you come.")},
    )
    languages = LanguagesField(label=_("Languages you speak"))
    incoterm = forms.ChoiceField(label=_("Preferred Incoterm"), required=False)
    about = TextField(
        label=_("About your business"),
        required=False,
        max_length=1500,
        help_text=_("What you sell, where, and to whom: the organiser and exhibitors you meet read it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_(
            "An extract of the trade register or the like. Needed only where the marketplace has not checked "
            "your organisation; only the organiser reads it."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-max-bytes": LARGEST}),
    )

    def __init__(
        self, *args: Any, guest: Guest | None, buyer: Organisation | None, person: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_buy = buyer is not None
        # What they came for to another fair is asked again, filled in.
        last = guest or (buyer and last_bought_for(buyer, person))
        known = list(last.needs.all()) if last else []
        terms = [("", _("none")), *Incoterm.objects.order_by("code").values_list("code", "code")]
        self.fields["incoterm"].choices = terms
        if guest:
            is_buyer = guest.tier != Tier.VISITOR
            self.initial = {
                "tier": Tier.BUYER if is_buyer else Tier.VISITOR,
                "languages": guest.languages,
                "incoterm": guest.incoterm,
                "about": guest.about,
            }
        elif last:
            told = {"languages": last.languages, "incoterm": last.incoterm, "about": last.about}
            self.initial = {"tier": Tier.BUYER, **told}
        else:
            # What the organisation says of itself is not asked again.
            self.initial = {"languages": buyer.languages} if buyer else {"tier": Tier.VISITOR}
        families = Family.objects.all()
        choices = sorted(((one.pk, one.label) for one in families), key=lambda pair: reading_order(pair[1]))
        types = CertificateType.objects.all()
        self.categories = [("", _("none")), *categories_to_choose()]
        for number in range(ROWS):
            self._add_need(number, known[number] if number < len(known) else None, choices, types)

    def _add_need(self, number: int, need: Any, choices: list[Any], types: Any) -> None:
        family = ByLabel(
            label=_("Product"),
            queryset=Family.objects.all(),
            required=False,
            initial=need and need.family_id,
            error_messages={"invalid_choice": _("Choose a product of the list.")},
        )
        family.choices = [("", _("Choose a product")), *choices]
        self.fields[f"family-{number}"] = family
        self.fields[f"volume-{number}"] = NumberField(
            label=_("Volume a year"),
            required=False,
            max_digits=14,
            decimal_places=3,
            min_value=0.001,
            initial=need and need.volume,
            error_messages={"invalid": _("Write a number, such as 500.")},
        )
        self.fields[f"unit-{number}"] = forms.ChoiceField(
            label=_("Unit"),
            required=False,
            choices=[("", _("Choose a unit")), *BaseUnit.choices],
            initial=need.unit if need else "",
        )
        self.fields[f"certificates-{number}"] = ManyByLabel(
            label=_("Certificates you require"),
            queryset=types,
            required=False,
            initial=[one.pk for one in need.certificates.all()] if need else [],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        )
        self.fields[f"limits-{number}"] = LineField(
            label=_("Laboratory limits"),
            required=False,
            max_length=300,
            initial=limits_to_type(need.limits, need.family.lab_fields.all()) if need else "",
            help_text=_("A value, a sign and a number, such as: crocin ≥ 200; moisture ≤ 10"),
        )
        self.fields[f"category-{number}"] = forms.ChoiceField(
            label=_("Least category"),
            required=False,
            choices=self.categories,
            initial=need.category if need else "",
        )
        self.fields[f"note-{number}"] = LineField(
            label=_("Note"), required=False, max_length=200, initial=need.note if need else ""
        )

    @property
    def single_fields(self) -> list[Any]:
        """The bound fields that stand alone."""
        return [self[name] for name in self.base_fields if name != "tier"]

    @property
    def need_rows(self) -> Iterator[dict[str, Any]]:
        """The bound fields of each need, and whether it is one more: empty, and not the first."""
        for number in range(ROWS):
            row = {name: self[f"{name}-{number}"] for name in NEED}
            is_told = any(field.errors or field.value() for field in row.values())
            yield {**row, "is_more": number > 0 and not is_told}

    def clean_evidence(self) -> File | None:
        """A paper or a picture, by what it holds and under a name of ours."""
        sent = self.cleaned_data["evidence"]
        if not sent:
            return None
        if sent.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 10 MB. Send a smaller one."))
        kind = kind_of(sent.read(ENOUGH_TO_KNOW))
        sent.seek(0)
        if kind is None:
            raise forms.ValidationError(_("This is neither a PDF nor a picture. Send one of these."))
        sent.name = f"{uuid4().hex}.{kind.extension}"
        return sent

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("tier") == Tier.BUYER and self.may_buy and not self._filled(told):
            self.add_error("family-0", _("Say at least one thing that you want to buy."))
        seen = set()
        for number in self._filled(told):
            family = told[f"family-{number}"]
            if family.pk in seen:
                self.add_error(f"family-{number}", _("This product stands in another row already."))
            seen.add(family.pk)
            self._clean_laboratory(number, told)
            if told.get(f"volume-{number}") and not told.get(f"unit-{number}"):
                self.add_error(f"unit-{number}", _("Say what the volume counts, such as kg."))
        return told

    def _clean_laboratory(self, number: int, told: dict[str, Any]) -> None:
        """Limits as they are kept; none of what laboratories do not measure in these goods."""
        fields = list(told[f"family-{number}"].lab_fields.all())
        try:
            told[f"limits-{number}"] = limits_typed(told.get(f"limits-{number}") or "", fields)
        except Unreadable as unreadable:
            self.add_error(f"limits-{number}", self._no_limit(unreadable.part, fields))
        standard, _colon, category = (told.get(f"category-{number}") or "").rpartition(":")
        if category and standard not in {field.standard for field in fields}:
            self.add_error(f"category-{number}", _("This standard is none of the product chosen above."))

    def _no_limit(self, part: str, fields: list[LabField]) -> str:
        if not fields:
            return gettext("No laboratory values are known of this product: leave this empty.")
        known = pgettext("between items of a list", ", ").join(field.label for field in fields)
        text = gettext("Not read: “%(part)s”. Write one of these, a sign and a number: %(known)s.")
        return text % {"part": part, "known": known}

    def _filled(self, told: dict[str, Any]) -> list[int]:
        return [number for number in range(ROWS) if told.get(f"family-{number}")]

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        told = self.cleaned_data
        needs = [{name: told[f"{name}-{number}"] for name in NEED} for number in self._filled(told)]
        for need in needs:
            need["unit"] = need["unit"] if need["volume"] else ""
        names = ("languages", "incoterm", "about", "evidence")
        as_buyer = told["tier"] == Tier.BUYER
        return {"as_buyer": as_buyer, "needs": needs, **{name: told[name] for name in names}}


class RefuseForm(forms.Form):
    """Why somebody is not admitted as a buyer."""

    reason = LineField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The person reads it, and can answer with more evidence."),
        error_messages={"required": _("Write why: the person reads it.")},
    )


class ManyForm(forms.Form):
    """Several who wait, decided alike."""

    guests = forms.ModelMultipleChoiceField(
        label=_("Who is decided"),
        queryset=Guest.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one person."),
            "invalid_choice": _("Somebody was decided meanwhile. Nothing was changed; tick again."),
        },
    )
    decision = forms.ChoiceField(
        choices=[("admit", _("Admit")), ("refuse", _("Do not admit"))], widget=forms.HiddenInput
    )
    reason = LineField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Each of them reads it, and can answer with more evidence."),
    )

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guests"].queryset = waiting

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("decision") == "refuse" and not told.get("reason"):
            self.add_error("reason", _("Write why: each of them reads it."))
        return told

    @property
    def ticked(self) -> set[str]:
        """The keys that are ticked, as sent or as proposed."""
        return {str(one) for one in self["guests"].value() or ()}


class HostForm(forms.Form):
    """What a hosted buyer is offered."""

    support = LineField(
        label=_("Support of the journey"),
        max_length=300,
        help_text=_("Such as: two nights in Marrakech and the train from Casablanca."),
        error_messages={"required": _("Say what is offered.")},
    )


class HostingForm(AsShown, forms.Form):
    """How many buyers are hosted, and what each commits to."""

    places = WholeNumberField(
        label=_("Places for hosted buyers"),
        min_value=0,
        max_value=5000,
        error_messages={"required": _("Say how many buyers are hosted.")},
    )
    meetings = WholeNumberField(
        label=_("Meetings that each commits to"),
        min_value=1,
        max_value=100,
        error_messages={"required": _("Say how many meetings each commits to.")},
    )
    most_missed = WholeNumberField(
        label=_("Hosted visits that a buyer missed before, at most"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Whoever missed more is pointed out, and never refused by itself. Empty: nobody is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry_what_is_shown()
