"""What a list changes of a product, as plain facts: shown before it is written, put back when undone.

Facts are kept as JSON knows them; they are put into words only when somebody reads them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from catalogue.imports.changes import Changes, ladder_of
from catalogue.models import Product, ProductAttributeValue, ProductText
from catalogue.pricing import Tier

# The keys of columns that details of a product are called by elsewhere.
KEYS = {"moq": "quantity:1", "origin_province_id": "origin_province", "hs_code_id": "hs_code"}
# What follows the name of a product or its province, beyond what the list says itself.
FOLLOWING = ("title", "slug", "description", "origin_region_id")
TEXT_FACTS = ("title", "description", "packaging", "origin", "approved_by_id", "approved_at")
# More of a long text is not shown side by side.
LONGEST_SHOWN = 200
Told = tuple[str, Any, Any]


def told_of(changes: Changes, product: Product) -> Iterator[Told]:
    """Each change of a known product: the key of its column, what is kept and what the list says."""
    for name, value in changes.details.items():
        yield KEYS.get(name, name), _plain(getattr(product, name)), _plain(value)
    texts = {text.language: text for text in product.texts.all()}
    for language, said in changes.texts.items():
        for part, words in said.items():
            kept = getattr(texts.get(language), part, "")
            if kept != words:
                yield f"{part}:{language}", kept, words
    # In one order everywhere: what was shown is compared with what is about to be written.
    for currency, steps in sorted(changes.ladders.items()):
        yield f"price:{currency}", steps_told(ladder_of(product, currency)), steps_told(steps)
    answers = _answers(product, changes.answers)
    for code, said in changes.answers.items():
        yield f"question:{code}", answers[code], sorted(said) if isinstance(said, list) else said


def shown_of(told: Told) -> Told:
    """A change as it is shown: without the rest of a long text."""
    key, *both = told
    before, after = (one[:LONGEST_SHOWN] if isinstance(one, str) else one for one in both)
    return key, before, after


def found_before(changes: Changes, product: Product) -> dict[str, Any]:
    """All that a list is about to write over, whole enough to be put back."""
    texts = {text.language: text for text in product.texts.all()}
    names = [*changes.details, *(FOLLOWING if changes.texts or changes.details else ())]
    return {
        "details": {name: _plain(getattr(product, name)) for name in names},
        "texts": {language: _text(texts.get(language)) for language in changes.texts},
        "ladders": {currency: steps_told(ladder_of(product, currency)) for currency in changes.ladders},
        "answers": _answers(product, changes.answers),
        # A question may be of another kind when this is put back, and a number mean something else.
        "kinds": _kinds(product, changes.answers),
    }


def _text(text: ProductText | None) -> dict[str, Any] | None:
    return {name: _plain(getattr(text, name)) for name in TEXT_FACTS} if text else None


def steps_told(steps: Iterable[Tier]) -> list[list[str]]:
    """A ladder as facts."""
    return [[_plain(step.min_quantity), _plain(step.unit_price)] for step in steps]


def _answers(product: Product, codes: Iterable[str]) -> dict[str, Any]:
    """The answers that are kept to these questions: options by their keys, None where there is none."""
    codes = list(codes)
    if not codes:
        return {}
    kept = {value.attribute.code: value for value in product.attribute_values.all()}
    return {code: _answer(kept[code]) if code in kept else None for code in codes}


def _kinds(product: Product, codes: Iterable[str]) -> dict[str, str]:
    """The kinds of the questions of these codes that have an answer."""
    kept = product.attribute_values.all() if (codes := set(codes)) else ()
    return {one.attribute.code: one.attribute.type for one in kept if one.attribute.code in codes}


def _answer(kept: ProductAttributeValue) -> Any:
    if kept.attribute.type == "multi_option":
        return sorted(option.pk for option in kept.value_multi_option.all())
    return kept.value_option_id if kept.attribute.type == "option" else kept.value


def _plain(value: Any) -> Any:
    """A fact as JSON keeps it; a number without the zeros that only storage adds."""
    if value is None or isinstance(value, bool | int | list | str):
        return value
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
