"""Puts back what a list found of products before it changed them, each write with its line in the log."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.actions.goods import ask_for_another_look
from catalogue.imports.actions.writing import write_answers, write_ladders
from catalogue.imports.changes import Changes, ladder_of
from catalogue.imports.differences import steps_told
from catalogue.models import (
    AttributeOption,
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductText,
)
from catalogue.pricing import Tier
from moussem.core.log import record_each

Pairs = Sequence[tuple[Product, dict[str, Any]]]
CLOSED = ("option", "multi_option")


def put_back(pairs: Pairs, *, stamp: dict[str, Any], actor: Any) -> list[str]:
    """Locked products as they were found; the caller has seen that nobody went on with them.

    An answer that nobody could choose any more is left out: which ones, as their products and questions.
    """
    pairs, left_out = _still_possible(pairs)
    _log(pairs, stamp, actor)
    # An officer may have looked meanwhile, at the goods of the list.
    recoded = [product.pk for product, found in pairs if "hs_code_id" in found["details"]]
    ask_for_another_look(recoded, actor=actor)
    _put_back_details(pairs)
    _put_back_texts(pairs)
    write_ladders([(product, Changes(ladders=_ladders(found))) for product, found in pairs])
    _put_back_answers(pairs)
    return left_out


def _still_possible(pairs: Pairs) -> tuple[Pairs, list[str]]:
    """What was found, without questions and options that are gone since; the names of what lacks them."""
    asked = {(one.product_class_id, one.code): one for one in ProductAttribute.objects.all()}
    options = set(AttributeOption.objects.values_list("pk", flat=True))
    possible, left_out = [], []
    for product, found in pairs:
        answers = {}
        for code, said in found["answers"].items():
            question = asked.get((product.product_class_id, code))
            kept, is_whole = _kept_of(said, question, options)
            if question is not None:
                answers[code] = kept
            if not is_whole:
                label = question.label if question is not None else code
                left_out.append(
                    _("%(product)s: %(question)s") % {"product": product.label, "question": label}
                )
        possible.append((product, {**found, "answers": answers}))
    return possible, left_out


def _kept_of(said: Any, question: ProductAttribute | None, options: set[int]) -> tuple[Any, bool]:
    """What of an answer can still be given, and whether that is all of it."""
    if said is None or question is None:
        return None, said is None
    if question.type not in CLOSED:
        return said, True
    chosen = said if isinstance(said, list) else [said]
    left = [one for one in chosen if one in options]
    return (left if isinstance(said, list) else said) if left else None, left == chosen


def _put_back_details(pairs: Pairs) -> None:
    alike: dict[frozenset[str], list[Product]] = {}
    for product, found in pairs:
        product.date_updated = timezone.now()
        for name, value in found["details"].items():
            field = Product._meta.get_field(name.removesuffix("_id"))
            setattr(product, name, value if field.is_relation else field.to_python(value))
        names = {"date_updated", *(name.removesuffix("_id") for name in found["details"])}
        alike.setdefault(frozenset(names), []).append(product)
    for fields, products in alike.items():
        Product.objects.bulk_update(products, fields)


def _put_back_texts(pairs: Pairs) -> None:
    for language, products in _without(pairs, "texts").items():
        ProductText.objects.filter(product__in=products, language=language).delete()
    ProductText.objects.bulk_create(
        [
            ProductText(product=product, language=language, **text)
            for product, found in pairs
            for language, text in found["texts"].items()
            if text is not None
        ],
        update_conflicts=True,
        unique_fields=["product", "language"],
        update_fields=["title", "description", "packaging", "origin", "approved_by", "approved_at"],
    )


def _put_back_answers(pairs: Pairs) -> None:
    for code, products in _without(pairs, "answers").items():
        ProductAttributeValue.objects.filter(product__in=products, attribute__code=code).delete()
    given = [
        (product, {code: said for code, said in found["answers"].items() if said is not None})
        for product, found in pairs
    ]
    write_answers([(product, Changes(answers=answers)) for product, answers in given])


def _without(pairs: Pairs, what: str) -> dict[str, list[Product]]:
    """The products that had nothing in each language, or to each question."""
    without: dict[str, list[Product]] = {}
    for product, found in pairs:
        for key, kept in found[what].items():
            if kept is None:
                without.setdefault(key, []).append(product)
    return without


def _ladders(found: dict[str, Any]) -> dict[str, list[Tier]]:
    return {
        currency: [Tier(Decimal(quantity), Decimal(price)) for quantity, price in steps]
        for currency, steps in found["ladders"].items()
    }


def _log(pairs: Pairs, stamp: dict[str, Any], actor: Any) -> None:
    """As the forms log it, with the list that is undone."""
    details, texts, prices = [], [], []
    undone = {"undone": stamp["list"], "undone_asked": stamp["asked"]}
    for product, found in pairs:
        before = {name: str(getattr(product, name)) for name in found["details"]}
        after = {name: str(value) for name, value in found["details"].items()}
        facts = {"before": before, "after": after, "answers": sorted(found["answers"])}
        if before or found["answers"]:
            details.append((product, {**undone, **facts}))
        titles = {text.language: text.title for text in product.texts.all()}
        for language, text in found["texts"].items():
            said = {"before": titles.get(language, ""), "after": text["title"] if text else ""}
            texts.append((product, {**undone, "language": language, **said}))
        for currency, steps in found["ladders"].items():
            said = {"before": steps_told(ladder_of(product, currency)), "after": steps}
            prices.append((product, {**undone, "currency": currency, **said}))
    record_each("details.changed", details, actor=actor)
    record_each("text.written", texts, actor=actor)
    record_each("price.changed", prices, actor=actor)
