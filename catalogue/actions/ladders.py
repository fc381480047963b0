"""The price ladder: the only price there is, so every change of it is written down."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalogue.errors import (
    LadderEmpty,
    LadderNotRising,
    LadderPriceJumps,
    LadderPriceRises,
    LadderStartsElsewhere,
    LastPrice,
    MinimumNotOrderable,
    StepNotOrderable,
)
from catalogue.models import PriceTier, Product
from catalogue.pricing import Tier, is_orderable, jump_between, ladder_faults, nearest_orderable
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.shown import digest, require_as_shown
from moussem.core.templatetags.figures import amount_text, number_text, quantity_text


@transaction.atomic
def set_ladder(
    product: Product,
    currency: str,
    steps: Sequence[Tier],
    *,
    actor: Any,
    rise_is_meant: bool = False,
    jump_is_meant: bool = False,
) -> list[str]:
    """The ladder in one currency. Its first step is the MOQ, hence the first step in the others too.

    Answers with the other currencies whose first step it moved.
    """
    require(may_keep(actor, product.organisation), NotYours)
    faults = ladder_faults(steps)
    require("empty" not in faults, LadderEmpty)
    require("quantity" not in faults, LadderNotRising)
    require("price" not in faults or rise_is_meant, LadderPriceRises)
    product = lock(product)
    _refuse_steps_that_cannot_be_ordered(product, steps)
    # Nobody has seen the price of a draft.
    if product.is_public and not jump_is_meant:
        _ask_about_jump(product, currency, steps)
    before = _written(product, currency)
    after = [_step(tier) for tier in steps]
    if before != after:
        product.tiers.filter(currency=currency).delete()
        PriceTier.objects.bulk_create(
            PriceTier(
                product=product,
                currency=currency,
                min_quantity=tier.min_quantity,
                unit_price=tier.unit_price,
            )
            for tier in steps
        )
        record("price.changed", product, actor=actor, currency=currency, before=before, after=after)
    return _move_minimum(product, steps[0].min_quantity, currency, actor)


def ladder_digest(product: Product, currency: str) -> str:
    """What a seller was shown of the prices in one currency, in a word."""
    return digest([product.unit, *_written(product, currency)])


@transaction.atomic
def remove_ladder(product: Product, currency: str, *, actor: Any, shown: str | None = None) -> None:
    """The product without prices in one currency: those that were shown and no others."""
    require(may_keep(actor, product.organisation), NotYours)
    product = lock(product)
    before = _written(product, currency)
    if before:
        require_as_shown(shown, ladder_digest(product, currency))
        has_others = product.tiers.exclude(currency=currency).exists()
        require(has_others or not product.is_public, LastPrice)
        product.tiers.filter(currency=currency).delete()
        record("price.changed", product, actor=actor, currency=currency, before=before, after=[])


def _refuse_steps_that_cannot_be_ordered(product: Product, steps: Sequence[Tier]) -> None:
    minimum, multiple = steps[0].min_quantity, product.order_multiple
    for step in steps:
        if not is_orderable(step.min_quantity, minimum, multiple):
            refusal = MinimumNotOrderable if step is steps[0] else StepNotOrderable
            raise refusal(
                multiple=quantity_text(multiple.normalize(), product.unit),
                quantity=quantity_text(step.min_quantity.normalize(), product.unit),
                nearest=quantity_text(
                    nearest_orderable(step.min_quantity, minimum, multiple).normalize(), product.unit
                ),
            )


def _ask_about_jump(product: Product, currency: str, steps: Sequence[Tier]) -> None:
    standing = product.tiers.filter(currency=currency).order_by("min_quantity")
    jump = jump_between([Tier(tier.min_quantity, tier.unit_price) for tier in standing], steps)
    if jump is not None:
        tier, now = jump
        raise LadderPriceJumps(
            quantity=quantity_text(tier.min_quantity.normalize(), product.unit),
            was=amount_text(tier.unit_price, currency, exact=True),
            now=amount_text(now, currency, exact=True),
        )


def _move_minimum(product: Product, quantity: Decimal, currency: str, actor: Any) -> list[str]:
    if product.moq != quantity:
        before = product.moq
        product.moq = quantity
        product.save(update_fields=["moq", "date_updated"])
        record("moq.changed", product, actor=actor, before=str(before), after=str(quantity))
    moved: list[str] = []
    ladders: dict[str, list[PriceTier]] = {}
    for tier in product.tiers.exclude(currency=currency):
        ladders.setdefault(tier.currency, []).append(tier)
    for other, tiers in ladders.items():
        if tiers[0].min_quantity == quantity:
            continue
        if len(tiers) > 1 and tiers[1].min_quantity <= quantity:
            raise LadderStartsElsewhere(currency=other, quantity=number_text(f"{quantity.normalize():f}"))
        was = _written(product, other)
        tiers[0].min_quantity = quantity
        tiers[0].save(update_fields=["min_quantity"])
        record(
            "price.changed", product, actor=actor, currency=other, before=was, after=_written(product, other)
        )
        moved.append(other)
    return moved


def _written(product: Product, currency: str) -> list[list[str]]:
    return [_step(tier) for tier in product.tiers.filter(currency=currency).order_by("min_quantity")]


def _step(tier: Tier | PriceTier) -> list[str]:
    return [f"{tier.min_quantity.normalize():f}", f"{tier.unit_price.normalize():f}"]
