from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.imports.encodings import OFFERED
from catalogue.imports.headers import LANGUAGES, MOST_STEPS
from catalogue.imports.models import ProductList
from catalogue.imports.sheets import MOST_BYTES
from catalogue.listing.forms.start import FamilyField
from catalogue.models import Family
from moussem.core.context import LANGUAGES_IN_OWN_WORDS

STEPS = range(1, MOST_STEPS + 1)
PLAIN_COLUMNS = {
    "code": _("Your own code"),
    "family": _("Family"),
    "unit": _("Sold by"),
    "hs_code": _("Customs code (HS)"),
    "order_multiple": _("Ordered in multiples of"),
    "capacity_per_year": _("What you can make in a year"),
    "lead_time_days": _("Days from order to readiness"),
    "harvest_months": _("Months of harvest or making"),
    "shelf_life_months": _("Shelf life in months"),
    "origin_province": _("Province of origin"),
    "allergens": _("Allergens"),
    "sample_quantity": _("Quantity of a sample"),
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1256": _("Windows, Arabic (1256)"),
    "cp1252": _("Windows, French and English (1252)"),
    "utf-16": "UTF-16",
}


def column_names(family: Family | None) -> dict:
    """What a column may be, by its key, in the reader's language."""
    own_words = dict(LANGUAGES_IN_OWN_WORDS)
    names = {**PLAIN_COLUMNS, "title": _("Name of the product")}
    if family and not family.declares_allergens:
        del names["allergens"]
    for language in LANGUAGES:
        words = {"language": own_words[language]}
        # The language stands first: a narrow box may cut off the rest, but never what tells the three apart.
        names[f"title:{language}"] = _("%(language)s: name of the product") % words
        names[f"description:{language}"] = _("%(language)s: description") % words
        names[f"packaging:{language}"] = _("%(language)s: packaging in words") % words
    for step in STEPS:
        number = {"number": step}
        names[f"quantity:{step}"] = (
            _("Minimum order") if step == 1 else _("Step %(number)s: from this quantity") % number
        )
        for currency in settings.CURRENCIES:
            words = {"number": step, "currency": currency}
            names[f"price:{currency}:{step}"] = _("Step %(number)s: price in %(currency)s") % words
    for attribute in family.attributes.all() if family else ():
        names[f"question:{attribute.code}"] = attribute.label
    return names


class SendForm(forms.Form):
    """A list of products."""

    file = forms.FileField(
        label=_("Your list"),
        max_length=120,
        error_messages={"required": _("Choose the file with your list: CSV or Excel (.xlsx).")},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt", "data-max-bytes": MOST_BYTES}),
    )
    family = FamilyField(
        label=_("Family of the products"),
        queryset=Family.objects.none(),
        required=False,
        help_text=_("Leave empty if the list has a column for the family."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["family"].queryset = families()


class ColumnsForm(forms.Form):
    """What each column of a list means."""

    family = FamilyField(label=_("Family of the products"), queryset=Family.objects.none(), required=False)

    def __init__(self, *args, product_list: ProductList, headers, samples, **kwargs):
        super().__init__(*args, **kwargs)
        self.product_list, self.headers, self.samples = product_list, headers, samples
        self.fields["family"].queryset = families()
        self.initial["family"] = product_list.family_id
        if product_list.encoding:
            codes = dict.fromkeys([product_list.encoding, *OFFERED])
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Encoding of the text"),
                choices=[(code, ENCODINGS.get(code, code)) for code in codes],
                initial=product_list.encoding,
                help_text=_("If accents or Arabic letters look wrong below, choose another one."),
            )
        unused = [("", pgettext_lazy("column of a list", "not used"))]
        # The family may be changed on this very page: its questions are then known after the next guess.
        names = column_names(product_list.family)
        choices = unused + [(key, label) for key, label in names.items() if key != "title"]
        known = {key for key, _label in choices}
        for position, header in enumerate(headers):
            key = product_list.columns[position] if position < len(product_list.columns) else ""
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=header or _("Column %(number)s") % {"number": position + 1},
                choices=choices,
                required=False,
                initial=key if key in known else "",
            )

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        keys = [key for key in self.columns if key]
        if len(keys) != len(set(keys)):
            raise forms.ValidationError(_("Two columns are said to be the same thing. Choose one of them."))
        if "code" not in keys:
            raise forms.ValidationError(
                _("Say which column holds your own code: with it the list can be sent again safely.")
            )
        return data

    @property
    def columns(self) -> list[str]:
        """The keys, one for each column."""
        return [self.cleaned_data[f"column_{position}"] for position in range(len(self.headers))]

    @property
    def rows(self):
        """Each column with its first cells; whether its meaning is known stands first."""
        return [
            (bool(self[f"column_{n}"].value()), self[f"column_{n}"], self._cells(n))
            for n in range(len(self.headers))
        ]

    @property
    def recognised(self):
        """The columns whose meaning is known, to be looked over."""
        return [row[1:] for row in self.rows if row[0]]

    @property
    def unknown(self):
        """The columns that nobody has given a meaning."""
        return [row[1:] for row in self.rows if not row[0]]

    def _cells(self, n):
        return [row[n] for row in self.samples if n < len(row) and row[n]][:3]


def families():
    """The families with their departments."""
    return Family.objects.select_related("department")
