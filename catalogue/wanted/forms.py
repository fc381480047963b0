import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from catalogue.choices import Names, chips_of, known
from catalogue.concepts.words_now import current_lexicon
from catalogue.queries import names_of_choices
from catalogue.search.folding import DIGITS
from catalogue.search.query import read
from catalogue.search.reading import ABROAD, Reading
from catalogue.search.sayings import country_by_destination, names_of_destination
from catalogue.states import BaseUnit
from catalogue.wanted.models import NAME_LENGTH, SavedSearch
from catalogue.wanted.queries import question_of
from catalogue.wanted.questions import LONGEST
from moussem.core.dates import today_here
from moussem.core.forms import AsShown, LineField, TextField
from moussem.core.number_fields import NumberField
from moussem.organisations.forms.fields import CountryField
from moussem.regions.queries import markets

NOTE_LENGTH = 2000
# What stands between the parts of a name.
BETWEEN = " · "
# What stands before a country that goods go to.
TOWARDS = (
    r"(?:(?:to|for|towards|vers|pour|nach|para|verso|per|in|en|au|aux|a|à|الى|إلى) )?"
    r"(?:the |la |le |les |l['’])?"
)
# The units that a question is read in, as a request says them.
UNITS = {
    "kg": BaseUnit.KILOGRAM,
    "l": BaseUnit.LITRE,
    "piece": BaseUnit.UNIT,
    "pair": BaseUnit.PAIR,
    "m2": BaseUnit.SQUARE_METRE,
}


class AskForm(forms.Form):
    """What somebody wants that the list does not hold; only the first field must be filled."""

    text = LineField(
        label=_("What do you need?"),
        max_length=200,
        error_messages={"required": _("Say what you need.")},
        help_text=_("The product, and what it must be: “organic saffron threads, category I”."),
    )
    quantity = NumberField(
        label=_("Quantity"), required=False, min_value=Decimal("0.001"), max_digits=14, decimal_places=3
    )
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", _("Choose a unit")), *BaseUnit.choices]
    )
    country = CountryField(label=_("Country of destination"), required=False)
    wished_on = forms.DateField(
        label=_("Wished by"),
        required=False,
        error_messages={"invalid": _("Choose a day of the calendar.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = TextField(
        label=_("Anything else"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Certificates, packaging, target price: what helps a cooperative to answer well."),
    )
    query = forms.CharField(required=False, max_length=8 * LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = markets()
        self.fields["country"].choices = self.fields["country"].sorted()

    def clean_wished_on(self) -> Any:
        """A day that can still be met."""
        day = self.cleaned_data["wished_on"]
        if day and day < today_here():
            raise forms.ValidationError(_("This day is over. Choose a day to come."))
        return day

    def clean(self) -> dict[str, Any]:
        asked = super().clean()
        if asked.get("quantity") and not asked.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Say what the quantity counts, such as kg."))
        return asked


class NameField(LineField):
    """What a person calls a saved search."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("Write a name for this search.")})
        super().__init__(label=_("Name"), max_length=NAME_LENGTH, **options)


class SaveForm(forms.Form):
    """A question of the list, to be kept; without a name it is named by its own words."""

    name = NameField(required=False, help_text=_("Left empty, the search is named by what it asks."))
    query = forms.CharField(required=False, max_length=8 * LONGEST, widget=forms.HiddenInput)


class ChangeForm(AsShown, forms.Form):
    """A saved search's name and mail."""

    name = NameField()
    mail_on = forms.BooleanField(
        label=_("Mail me when something new matches"),
        required=False,
        help_text=_("At most one mail a day, in the morning; each product is told of once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry_what_is_shown()


def wish_of(typed: str) -> dict[str, Any]:
    """What was typed into a search as a request says it: the goods, how much of what unit, and where to."""
    reading = read(typed, current_lexicon())
    quantity, sent = reading.quantity, _sent_to(reading)
    if sent:
        typed = _without_goal(typed, sent["country"], reading) or typed
    unit = UNITS.get(quantity.unit) if quantity else None
    if not quantity or not unit:
        return {"text": typed, **sent}
    # It was read in small letters and Latin digits; where that changed its length the words stay as they are.
    start = typed.casefold().translate(DIGITS).find(quantity.typed)
    end = start + len(quantity.typed) if start >= 0 and len(typed.casefold()) == len(typed) else start
    text = " ".join((typed[:start] + " " + typed[end:] if end > start else typed).split())
    return {"text": text, "quantity": f"{quantity.amount:f}", "unit": unit, **sent}


def _sent_to(reading: Reading) -> dict[str, str]:
    """The country that goods are to go to, where the words name one only."""
    named = (code.removeprefix(f"{ABROAD}-") for part in reading.of(ABROAD) for code in part.codes)
    countries = {country_by_destination().get(word, "") for word in named}
    return {"country": countries.pop()} if len(countries) == 1 and "" not in countries else {}


def _without_goal(typed: str, country: str, reading: Reading) -> str:
    """The goods without the country that they go to, which the request says by itself."""
    for name in (*names_of_destination(country), *(part.typed for part in reading.of(ABROAD))):
        typed = re.sub(rf"(?<!\w)(?:{TOWARDS}){re.escape(name)}(?!\w)", " ", typed, flags=re.IGNORECASE)
    return " ".join(typed.split()).strip(" ,;.-")


def name_for(query: str, currency: str, names: Names | None = None) -> str:
    """What a question asks, as it was typed and in the words of the list, as a name."""
    names = names_of_choices() if names is None else names
    asked = known(question_of(query), names)
    chips = chips_of(replace(asked, text=""), Reading(""), current_lexicon(), names, currency)
    words = [asked.text, *(chip.label for chip in chips)]
    return _cut_between(list(filter(None, words))) or str(_("Saved search"))


def _cut_between(parts: list[str]) -> str:
    """As many parts as a name holds, and how many more there are: no part is cut but the first."""
    for kept in range(len(parts), 0, -1):
        left = f"{BETWEEN}… +{len(parts) - kept}" if kept < len(parts) else ""
        name = BETWEEN.join(parts[:kept]) + left
        if len(name) <= NAME_LENGTH:
            return name
    left = f"{BETWEEN}… +{len(parts) - 1}" if len(parts) > 1 else ""
    return Truncator(parts[0]).chars(NAME_LENGTH - len(left)) + left if parts else ""


def names_now(searches: Iterable[SavedSearch]) -> dict[int, str]:
    """What searches are called: a name that we made is made anew in the reader's language."""
    names: dict[str, Names] = {}

    def made_in(language: str, search: SavedSearch) -> str:
        with override(language):
            if language not in names:
                names[language] = names_of_choices()
            return name_for(search.query, search.currency, names[language])

    reader = get_language() or "en"
    return {
        one.pk: made_in(reader, one) if one.name == made_in(one.language, one) else one.name
        for one in searches
    }
