"""Puts back what a list found of products before it changed them, each write with its line in the log."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalogue.actions.goods import ask_for_another_look
from catalogue.imports.actions.writing import write_answers, write_ladders
from catalogue.imports.changes import Changes, ladder_of
from catalogue.imports.differences import steps_told
from catalogue.models import Product, ProductAttributeValue, ProductText
from catalogue.pricing import Tier
from moussem.core.log import record_each

Pairs = Sequence[tuple[Product, dict[str, Any]]]


def put_back(pairs: Pairs, *, stamp: dict[str, Any], actor: Any) -> None:
    """Locked products as they were found; the caller has seen that nobody went on with them."""
    _log(pairs, stamp, actor)
    # An officer may have looked meanwhile, at the goods of the list.
    recoded = [product.pk for product, found in pairs if "hs_code_id" in found["details"]]
    ask_for_another_look(recoded, actor=actor)
    _put_back_details(pairs)
    _put_back_texts(pairs)
    write_ladders([(product, Changes(ladders=_ladders(found))) for product, found in pairs])
    _put_back_answers(pairs)


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
    for product, found in pairs:
        if gone := [language for language, text in found["texts"].items() if text is None]:
            ProductText.objects.filter(product=product, language__in=gone).delete()
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
    for product, found in pairs:
        if gone := [code for code, said in found["answers"].items() if said is None]:
            ProductAttributeValue.objects.filter(product=product, attribute__code__in=gone).delete()
    given = [
        (product, {code: said for code, said in found["answers"].items() if said is not None})
        for product, found in pairs
    ]
    write_answers([(product, Changes(answers=answers)) for product, answers in given])


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
