"""Three short steps: what it is, where it is, how it is reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moussem.core.forms import LineField, NumberedLine
from moussem.organisations.forms.fields import (
    CountryField,
    LanguagesField,
    ProvinceField,
    contact_fields,
    name_fields,
)
from moussem.organisations.states import OPEN_KINDS, SELLERS, Kind
from moussem.regions.queries import all_countries

MOROCCO = "MA"


class WhatForm(forms.Form):
    """What registers, and its name."""

    kind = forms.ChoiceField(
        label=_("What do you register?"),
        choices=[(kind.value, kind.label) for kind in OPEN_KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you register.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(name_fields())
        explained = {
            Kind.COOPERATIVE: _("A cooperative that sells what its members make"),
            Kind.EXPORTER: _("A firm that sells or exports Moroccan products"),
            Kind.BUYER: _("A buyer: an importer, wholesaler, shop or restaurant"),
        }
        self.fields["kind"].choices = [(kind.value, explained[kind]) for kind in OPEN_KINDS]


class WhereForm(forms.Form):
    """Where it is: a seller in a province of Morocco, a buyer in any country."""

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind in SELLERS:
            self.fields["province"] = field = ProvinceField(help_text=_("The region follows from it."))
            field.choices = field.grouped()
        else:
            self.fields["country"] = field = CountryField()
            field.choices = field.sorted()
        self.fields["city"] = LineField(
            label=_("Town or village"),
            max_length=80,
            error_messages={"required": _("Write the town or village.")},
        )
        self.fields["languages"] = LanguagesField()

    def typed(self) -> dict:
        """What was typed, as it is kept in the draft."""
        kept = dict(self.cleaned_data)
        for name in ("province", "country"):
            if name in kept:
                kept[name] = kept[name].pk
        return kept

    def declared(self) -> dict:
        """What is written in the organisation."""
        given = self.cleaned_data
        province = given.get("province")
        return {
            "country": given["country"] if province is None else all_countries().get(pk=MOROCCO),
            "region": province.region if province else None,
            "province": province,
            "city": given["city"],
            "languages": given["languages"],
        }


class ContactForm(forms.Form):
    """How it is reached, and the word of the person who registers it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(contact_fields())
        self.fields["registration_number"] = NumberedLine(
            label=_("Registration number"),
            max_length=60,
            required=False,
            help_text=_("Of the register of cooperatives or of commerce. You can add it later."),
            widget=forms.TextInput(attrs={"dir": "ltr"}),
        )
        self.fields["may_act"] = forms.BooleanField(
            label=_("I may act for this organisation, and what I declare here is true."),
            error_messages={"required": _("Tick this: only who may act for it can register it.")},
        )
