"""What a list may say."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import override

from catalogue.imports.accepted import Word, word
from catalogue.imports.headers import plain
from catalogue.imports.rows import Question, Vocabulary
from catalogue.measures import measure_of
from catalogue.models import Family, ProductAttribute
from catalogue.states import Allergen, BaseUnit
from moussem.regions.models import Province
from moussem.regions.queries import hs_subheadings

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# How units are also written in lists.
UNIT_WORDS = {
    "g": ("gr", "gram", "grams", "gramme", "grammes", "غرام", "غ"),
    "kg": ("kilo", "kilos", "kilogram", "kilogramme", "kilogrammes", "كيلو", "كيلوغرام", "كلغ"),
    "L": ("l", "litre", "litres", "liter", "liters", "لتر"),
    "unit": ("piece", "pieces", "pcs", "unite", "unites", "units", "قطعه", "وحده"),
    "pair": ("pairs", "paire", "paires", "زوج"),
    "bunch": ("bunches", "bouquet", "bouquets", "botte", "باقه"),
    "tin": ("tins", "boite", "boites", "علبه"),
    "m2": ("m²", "metre carre", "square metre", "متر مربع"),
}


def vocabulary() -> Vocabulary:
    """Every word that a list may use, in three languages."""
    families = list(_families())
    return Vocabulary(
        families={plain(name): f.slug for f in families for name in (f.slug, f.name, f.name_fr, f.name_ar)},
        units=_units(),
        family_units={family.slug: tuple(family.units) for family in families},
        provinces={
            plain(name): province.pk
            for province in Province.objects.all()
            for name in (province.pk, province.name_fr, province.name_ar)
            if name
        },
        hs_codes=frozenset(hs_subheadings().values_list("pk", flat=True)),
        allergens=_spoken(Allergen.choices),
        months=_months(),
        without_allergens=frozenset(one.slug for one in families if not one.declares_allergens),
        questions={family.slug: questions_of(family) for family in families},
    )


def questions_of(family: Family) -> dict[str, Question]:
    """A family's questions by their codes."""
    return {
        attribute.code: Question(
            attribute.code,
            attribute.type,
            attribute.required,
            _options(attribute.option_group),
            measure_of(attribute.type, attribute.unit),
        )
        for attribute in family.attributes.all()
    }


def question_names(family: Family | None) -> dict[str, tuple[str, ...]]:
    """The names of a family's questions in each language, by their codes."""
    if family is None:
        return {}
    return {one.code: (one.name, one.name_fr, one.name_ar, one.code) for one in family.attributes.all()}


def accepted_words(key: str, family: Family | None) -> list[Word]:
    """What a column of words accepts, in the reader's language; nothing where it takes more than words."""
    match key.partition(":"):
        case "family", _, _:
            return [word(one.label, (one.name, one.name_fr, one.name_ar)) for one in Family.objects.all()]
        case "unit", _, _:
            sold = [one for one in BaseUnit.choices if not family or one[0] in family.units]
            return _worded(sold, _units())
        case "origin_province", _, _:
            return [word(one.label, (one.name_fr, one.name_ar)) for one in Province.objects.all()]
        case "harvest_months", _, _:
            return _worded(MONTHS.items(), _months())
        case "allergens", _, _:
            return _worded(Allergen.choices, _spoken(Allergen.choices))
        case "question", _, code if family:
            asked = family.attributes.filter(code=code).first()
            group = asked.option_group if asked else None
            options = group.options.all() if group else ()
            return [word(one.label, (one.option, one.option_fr, one.option_ar)) for one in options]
    return []


def _worded(choices: Iterable[tuple[Any, Any]], known: dict[str, Any]) -> list[Word]:
    """Choices with every name under which a list may have them."""
    return [
        word(str(label), (name for name, meant in known.items() if meant == chosen))
        for chosen, label in choices
    ]


def _families() -> QuerySet[Family]:
    asked = ProductAttribute.objects.select_related("option_group").prefetch_related("option_group__options")
    return Family.objects.prefetch_related(Prefetch("attributes", asked))


def _options(group: Any) -> dict[str, int]:
    if group is None:
        return {}
    return {
        plain(name): option.pk
        for option in group.options.all()
        for name in (option.option, option.option_fr, option.option_ar)
        if name
    }


def _units() -> dict[str, str]:
    written = {plain(word): unit for unit, words in UNIT_WORDS.items() for word in words}
    return {**_spoken(BaseUnit.choices), **written}


def _spoken(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Choices by their codes and by their labels in every language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found |= {plain(str(label)): str(code) for code, label in choices}
    return found | {plain(str(code)): str(code) for code, _label in choices}


def _months() -> dict[str, int]:
    found = {str(number): number for number in MONTHS}
    for language in LANGUAGES:
        with override(language):
            for names in (MONTHS, MONTHS_3):
                found |= {plain(str(name)): number for number, name in names.items()}
    return found
