"""What a row would change of a product that is known, and what a new one lacks. Nothing is written here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catalogue.imports.reasons import strands
from catalogue.imports.rows import Draft, Problem
from catalogue.models import Product, ProductAttributeValue
from catalogue.pricing import Tier, is_orderable, ladder_faults

FLOAT_EDGE = 1e-9


@dataclass
class Changes:
    """What is different from what is kept; empty when the row says nothing new."""

    details: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    ladders: dict[str, list[Tier]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.details or self.texts or self.ladders or self.answers)


def changes_of(draft: Draft, product: Product | None) -> Changes:
    """What the draft changes; everything it says when the product is new."""
    moq = draft.quantities.get(1) or (product.moq if product else None)
    ladders = {currency: draft.ladder(currency, moq) for currency in draft.prices}
    details = dict(draft.details)
    if draft.quantities.get(1):
        details["moq"] = draft.quantities[1]
    if product is None:
        return Changes(details, draft.texts, ladders, draft.answers)
    kept = {name: getattr(product, name) for name in details}
    texts = {text.language: text for text in product.texts.all()}
    answers = (
        {value.attribute.code: value for value in product.attribute_values.all()} if draft.answers else {}
    )
    if moq and moq != product.moq:
        ladders = {**_moved(product, moq), **ladders}
    return Changes(
        {name: value for name, value in details.items() if kept[name] != value},
        {language: said for language, said in draft.texts.items() if _differs(texts.get(language), said)},
        {code: steps for code, steps in ladders.items() if steps != ladder_of(product, code)},
        {code: said for code, said in draft.answers.items() if _answers_else(answers.get(code), said)},
    )


def lacks_of(draft: Draft, product: Product | None) -> Iterator[Problem]:
    """What keeps a draft from being written, beyond its own cells; each cell is named once."""
    named = set()
    for problem in _lacks_of(draft, product):
        if problem.key not in named:
            named.add(problem.key)
            yield problem


def _lacks_of(draft: Draft, product: Product | None) -> Iterator[Problem]:
    yield from _minimum_that_cannot_be_ordered(draft, product)
    yield from _steps_that_cannot_be_ordered(draft, product)
    if product is None:
        # A cell that was refused is explained once.
        refused = {problem.key.partition(":")[0] for problem in draft.problems}
        if "title" not in refused and not any(said.get("title") for said in draft.texts.values()):
            yield Problem(draft.row, "title", "", "no_title")
        if "family" not in refused and not draft.family:
            yield Problem(draft.row, "family", "", "no_family")
        if not draft.is_refused("quantity:1") and draft.prices and 1 not in draft.quantities:
            yield Problem(draft.row, "quantity:1", "", "first_quantity")
        return
    family = product.product_class.slug if product.product_class else ""
    if family and draft.family != family and not draft.is_refused("family"):
        yield Problem(draft.row, "family", draft.family, "family_fixed")
    unit = draft.details.get("unit", product.unit)
    if unit != product.unit and (product.tiers.all() or product.lots.all()):
        yield Problem(draft.row, "unit", unit, "unit_fixed")
    moq = draft.quantities.get(1)
    if moq and any("quantity" in ladder_faults(steps) for steps in _moved(product, moq).values()):
        yield Problem(draft.row, "quantity:1", f"{moq:f}", "ladder_elsewhere")


def _minimum_that_cannot_be_ordered(draft: Draft, product: Product | None) -> Iterator[Problem]:
    """A minimum of 7 in multiples of 5: nobody could order it. What the row does not say is left alone."""
    moq, multiple = draft.quantities.get(1), draft.details.get("order_multiple")
    if not moq and not multiple:
        return
    key, said = ("quantity:1", moq) if moq else ("order_multiple", multiple)
    moq = moq or (product.moq if product else None)
    multiple = multiple or (product.order_multiple if product else Product().order_multiple)
    if moq and not is_orderable(moq, moq, multiple):
        yield Problem(draft.row, key, f"{said.normalize():f}", "multiple")


def _steps_that_cannot_be_ordered(draft: Draft, product: Product | None) -> Iterator[Problem]:
    """A later price from 12 in multiples of 5, as its page refuses it."""
    multiple = draft.details.get("order_multiple") or (product or Product()).order_multiple
    unit = draft.details.get("unit") or (product or Product()).unit
    for step, begins in sorted(draft.quantities.items()):
        if step > 1 and begins % multiple:
            begun = [
                (currency, begins) for currency, prices in sorted(draft.prices.items()) if step in prices
            ]
            yield Problem(draft.row, f"quantity:{step}", f"{begins.normalize():f}", strands(unit, begun))
    if product and multiple != product.order_multiple and (found := _stranded(draft, product, multiple)):
        yield Problem(draft.row, "order_multiple", f"{multiple.normalize():f}", strands(unit, found))


def _stranded(draft: Draft, product: Product, multiple: Decimal) -> list[tuple[str, Decimal]]:
    """The later prices that begin between multiples, in the currencies that the row leaves as they are."""
    kept = {tier.currency for tier in product.tiers.all()} - draft.prices.keys()
    later = [(currency, tier) for currency in sorted(kept) for tier in ladder_of(product, currency)[1:]]
    return [(currency, tier.min_quantity) for currency, tier in later if tier.min_quantity % multiple]


def ladder_of(product: Product, currency: str) -> list[Tier]:
    """The ladder that is kept, in one currency."""
    tiers = [tier for tier in product.tiers.all() if tier.currency == currency]
    return [
        Tier(tier.min_quantity, tier.unit_price) for tier in sorted(tiers, key=lambda one: one.min_quantity)
    ]


def _moved(product: Product, moq: Decimal) -> dict[str, list[Tier]]:
    """Every ladder with its first step at another minimum order."""
    found = {}
    for currency in {tier.currency for tier in product.tiers.all()}:
        first, *others = ladder_of(product, currency)
        found[currency] = [Tier(moq, first.unit_price), *others]
    return found


def _differs(text: Any, said: dict[str, str]) -> bool:
    return text is None or any(getattr(text, name) != value for name, value in said.items())


def _answers_else(kept: ProductAttributeValue | None, said: Any) -> bool:
    if kept is None:
        return True
    if isinstance(said, list):
        return {option.pk for option in kept.value_multi_option.all()} != set(said)
    if kept.value_option_id is not None:
        return kept.value_option_id != said
    value = kept.value
    if isinstance(said, float) and isinstance(value, float):
        return abs(value - said) > FLOAT_EDGE
    return bool(value != said)
