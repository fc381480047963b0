from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.queries import Facet, Facets, Filters
from catalogue.words import clean_text
from moussem.core.text import reading_order

SORTS = [
    ("new", pgettext_lazy("order of a list", "Newest first")),
    ("title", pgettext_lazy("order of a list", "By name")),
    ("first_order", pgettext_lazy("order of a list", "Smallest first order")),
    ("lead_time", pgettext_lazy("order of a list", "Shortest lead time")),
]
MOST = Decimal("99999999999")
THOUSANDTH = Decimal("0.001")


class QuickSelect(forms.Select):
    """A select written in one go: Django renders a template for each of some eighty options."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select with its options, the chosen one marked."""
        chosen = "" if value is None else str(value)
        lines = [
            format_html('<optgroup label="{}">{}</optgroup>', key, self._options(label, chosen))
            if isinstance(label, (list, tuple))
            else self._options([(key, label)], chosen)
            for key, label in self.choices
        ]
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(built), SafeString("".join(lines)))

    @staticmethod
    def _options(pairs: Any, chosen: str) -> SafeString:
        marked = SafeString(" selected")
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((value, marked if str(value) == chosen else "", label) for value, label in pairs),
        )


class ProductFilters(forms.Form):
    """What a visitor asks of the list. Nothing is an error: what cannot be read asks nothing."""

    q = forms.Field(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": 100}),
    )
    department = forms.ChoiceField(label=_("Department"), required=False, widget=QuickSelect)
    family = forms.ChoiceField(label=_("Family"), required=False, widget=QuickSelect)
    region = forms.ChoiceField(label=_("Region of origin"), required=False, widget=QuickSelect)
    women = forms.BooleanField(label=_("Led by women"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), choices=SORTS, required=False, widget=QuickSelect)

    def __init__(self, data: Any, *, facets: Facets) -> None:
        # What is shown again in the box is what was searched for, not what was typed around it.
        kept = data.copy()
        kept["q"] = clean_text(data.get("q", ""))
        super().__init__(kept, auto_id="filter-%s")
        choices = {
            "department": (_("All departments"), _choices(facets.departments)),
            "family": (_("All families"), _grouped(facets.families)),
            "region": (_("All regions"), _choices(facets.regions)),
        }
        for name, (every, rest) in choices.items():
            self.fields[name].choices = [("", every), *rest]

    @property
    def filters(self) -> Filters:
        """What was asked, as the queries take it."""
        self.is_valid()
        asked = self.cleaned_data
        return Filters(
            text=asked.get("q") or "",
            department=asked.get("department") or "",
            family=asked.get("family") or "",
            region=asked.get("region") or "",
            women_led=bool(asked.get("women")),
            sort=asked.get("sort") or SORTS[0][0],
        )

    @property
    def chips(self) -> list[dict[str, str]]:
        """Each thing asked, in words, with the address of the list without it."""
        asked = self.filters
        words = {
            "q": f"“{asked.text}”" if asked.text else "",
            "department": self._label("department", asked.department),
            "family": self._label("family", asked.family),
            "region": self._label("region", asked.region),
            "women": str(self.fields["women"].label) if asked.women_led else "",
        }
        return [
            {"label": label, "href": self._address_without(name)} for name, label in words.items() if label
        ]

    def _label(self, name: str, value: str) -> str:
        facet = next((facet for facet in _flat(self.fields[name].choices) if facet[0] == value), None)
        return getattr(facet[1], "name", str(facet[1])) if value and facet else ""

    def _address_without(self, name: str) -> str:
        rest = self.data.copy()
        for gone in (name, "page"):
            rest.pop(gone, None)
        for empty in [key for key, value in rest.items() if not value]:
            del rest[empty]
        return f"?{rest.urlencode()}"


class CountedLabel(str):
    """A choice with its count, that still knows its bare name."""

    name: str

    def __new__(cls, facet: Facet) -> "CountedLabel":
        text = _("%(name)s (%(count)s)") % {"name": facet.label, "count": facet.count}
        label = super().__new__(cls, text)
        label.name = facet.label
        return label


def _choices(facets: list[Facet]) -> list[tuple[str, str]]:
    return [(facet.value, CountedLabel(facet)) for facet in facets]


def _grouped(facets: list[Facet]) -> list[tuple[str, Any]]:
    ordered = sorted(facets, key=lambda facet: (reading_order(facet.group), reading_order(facet.label)))
    return [
        (group or str(_("Others")), _choices(list(members)))
        for group, members in groupby(ordered, key=lambda facet: facet.group)
    ]


def _flat(choices: Any) -> list[tuple[str, Any]]:
    found = []
    for value, label in choices:
        found.extend(label if isinstance(label, (list, tuple)) else [(value, label)])
    return found


def asked_quantity(text: str) -> Decimal | None:
    """The quantity that somebody typed, with comma or point; None for anything else."""
    typed = clean_text(text, 24).replace(" ", "").replace(",", ".")
    try:
        quantity = Decimal(typed)
    except InvalidOperation:
        return None
    if not quantity.is_finite() or not 0 < quantity <= MOST:
        return None
    return quantity.quantize(THOUSANDTH)
