"""The changes of a list in words, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.models import AttributeOption, ProductAttribute
from catalogue.states import Allergen, BaseUnit
from moussem.core.templatetags.figures import amount_text, number_text
from moussem.regions.models import Province

NUMBERS = {"capacity_per_year", "lead_time_days", "order_multiple", "sample_quantity", "shelf_life_months"}
CLOSED = {"option", "multi_option"}


@dataclass(frozen=True)
class Told:
    """One change as its reader is told it; a side is empty where nothing is kept or said."""

    row: int
    code: str
    name: str
    before: str
    after: str


def in_words(changes: Sequence[Sequence[Any]], names: Mapping[str, Any]) -> list[Told]:
    """These changes in words, the things named as the page of the columns names them."""
    asked = {key.partition(":")[2] for _row, _code, key, *_both in changes if key.startswith("question:")}
    known = ProductAttribute.objects.filter(code__in=asked) if asked else ()
    questions = {one.code: one for one in sorted(known, key=lambda one: one.type in CLOSED)}
    # A question may be asked no more since the list was tried out.
    changes = [one for one in changes if one[2].partition(":")[2] in questions or one[2][:9] != "question:"]
    options = _options(changes, questions)

    def value_of(key: str, value: Any) -> str:
        if value is None or value in ("", []):
            return ""
        if key.startswith("question:"):
            return _answer(value, questions[key.partition(":")[2]], options)
        return _detail(key, value)

    return [
        Told(row, code, _name(key, names, questions), value_of(key, before), value_of(key, after))
        for row, code, key, before, after in changes
    ]


def _name(key: str, names: Mapping[str, Any], questions: Mapping[str, ProductAttribute]) -> str:
    thing, _mark, which = key.partition(":")
    if thing == "price":
        return _("Prices in %(currency)s") % {"currency": which}
    if thing == "question":
        return questions[which].label
    return str(names.get(key, thing))


def _options(changes: Iterable[Sequence[Any]], questions: Mapping[str, ProductAttribute]) -> dict[int, str]:
    picked = {
        one
        for _row, _code, key, *both in changes
        if key.startswith("question:")
        for value in both
        for one in _picked(value, questions[key.partition(":")[2]])
    }
    return {one.pk: one.label for one in AttributeOption.objects.filter(pk__in=picked)} if picked else {}


def _picked(value: Any, question: ProductAttribute) -> list[int]:
    """The keys of options; one family may ask in words what another asks to choose."""
    if isinstance(value, list):
        return value
    is_key = isinstance(value, int) and not isinstance(value, bool)
    return [value] if is_key and question.type in CLOSED else []


def _answer(value: Any, question: ProductAttribute, options: Mapping[int, str]) -> str:
    if picked := _picked(value, question):
        return _listed(options.get(one, "") for one in picked)
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    return value if isinstance(value, str) else number_text(value)


def _detail(key: str, value: Any) -> str:
    thing, _mark, which = key.partition(":")
    match thing:
        case "price":
            steps = (
                _("from %(quantity)s: %(price)s")
                % {"quantity": number_text(quantity), "price": amount_text(price, which, exact=True)}
                for quantity, price in value
            )
            return _listed(steps)
        case "unit":
            return str(BaseUnit(value).label)
        case "harvest_months":
            return _listed(str(MONTHS[month]) for month in value)
        case "allergens":
            return _listed(str(Allergen(code).label) for code in value)
        case "origin_province":
            # Few lists move a product, and all of one list to few provinces.
            return Province.objects.get(pk=value).label
        case "quantity":
            return number_text(value)
    return number_text(value) if key in NUMBERS else str(value)


def _listed(words: Iterable[str]) -> str:
    return pgettext("between items of a list", ", ").join(words)
