"""Writes the drafts of a list in few statements, however long it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from catalogue.actions.goods import ask_for_another_look, tell_of_new_titles
from catalogue.imports.changes import Changes, changes_of, ladder_of
from catalogue.imports.differences import found_before
from catalogue.imports.models import ProductList
from catalogue.imports.queries import LISTED_CHANGE, stamp_of
from catalogue.imports.rows import Draft
from catalogue.models import (
    Family,
    PriceTier,
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductText,
)
from catalogue.states import TextOrigin
from moussem.core.log import record_each
from moussem.core.text import pick
from moussem.organisations.models import Organisation
from moussem.regions.models import Province

BATCH = 500
# The column of ProductAttributeValue for each kind of question that is not one of several options.
VALUE_OF = {
    "text": "value_text",
    "richtext": "value_richtext",
    "integer": "value_integer",
    "float": "value_float",
    "boolean": "value_boolean",
    "option": "value_option_id",
}
TEXT_PARTS = ("title", "description", "packaging")
Pairs = Sequence[tuple[Product, Changes]]


def write_drafts(
    organisation: Organisation,
    drafts: Sequence[Draft],
    known: Mapping[str, Product],
    *,
    product_list: ProductList,
    actor: Any,
) -> dict[str, int]:
    """New products as drafts, known ones changed; how many of each. The caller holds the transaction."""
    families = {family.slug: family for family in Family.objects.all()}
    regions = dict(Province.objects.values_list("pk", "region_id"))
    fresh = [
        (_new_product(organisation, draft, families[draft.family], regions), changes_of(draft, None))
        for draft in drafts
        if draft.code not in known
    ]
    changed = [
        (product, changes)
        for draft in drafts
        if (product := known.get(draft.code)) and (changes := changes_of(draft, product))
    ]
    Product.objects.bulk_create([product for product, _changes in fresh], batch_size=BATCH)
    ProductCategory.objects.bulk_create(
        [
            ProductCategory(product=product, category_id=product.product_class.department_id)
            for product, _changes in fresh
            if product.product_class.department_id
        ],
        batch_size=BATCH,
    )
    _log(fresh, changed, product_list, actor)
    _question_checks(changed, actor)
    _change_details(changed, regions)
    both = [*fresh, *changed]
    _write_texts(both, {product.pk for product in known.values()}, actor)
    write_ladders(both)
    write_answers(both)
    return {"new": len(fresh), "changed": len(changed)}


def _question_checks(changed: Pairs, actor: Any) -> None:
    titles = [
        (product, language, kept.get(language, ""), said["title"])
        for product, changes in changed
        for kept in [{text.language: text.title for text in product.texts.all()}]
        for language, said in changes.texts.items()
        if "title" in said
    ]
    # First, while the certificates still name them.
    tell_of_new_titles(titles, actor=actor)
    recoded = [product.pk for product, changes in changed if "hs_code_id" in changes.details]
    ask_for_another_look(recoded, actor=actor)


def _new_product(
    organisation: Organisation, draft: Draft, family: Family, regions: dict[str, str]
) -> Product:
    title, description = (
        pick(**{language: said.get(thing, "") for language, said in draft.texts.items()}, language="en")
        for thing in ("title", "description")
    )
    province = draft.details.get("origin_province_id", organisation.province_id)
    details = {
        "unit": family.units[0] if family.units else "kg",
        **draft.details,
        "origin_province_id": province,
        "origin_region_id": regions.get(province, organisation.region_id),
    }
    return Product(
        organisation=organisation,
        seller_code=draft.code,
        product_class=family,
        title=title,
        slug=slugify(title) or "product",
        description=description,
        is_public=False,
        moq=draft.quantities.get(1, 1),
        **details,
    )


def _change_details(changed: Pairs, regions: dict[str, str]) -> None:
    # Rows that change the same fields are written together, and no other field of theirs.
    alike: dict[frozenset[str], list[Product]] = {}
    for product, changes in changed:
        product.date_updated = timezone.now()
        for name, value in changes.details.items():
            setattr(product, name, value)
        names = {"date_updated", *(name.removesuffix("_id") for name in changes.details)}
        if "origin_province_id" in changes.details:
            product.origin_region_id = regions[product.origin_province_id]
            names.add("origin_region")
        if said := changes.texts.get(_naming(product)):
            _name(product, said)
            names |= {"title", "slug", "description"}
        alike.setdefault(frozenset(names), []).append(product)
    for fields, products in alike.items():
        Product.objects.bulk_update(products, fields, batch_size=BATCH)


def _naming(product: Product) -> str:
    """The language whose text names a product: English, else the original, as the forms have it."""
    text = product.text_in("en")
    return text.language if text else "en"


def _name(product: Product, said: dict[str, str]) -> None:
    product.title = said.get("title", product.title)
    product.description = said.get("description", product.description)
    product.slug = slugify(product.title) or "product"


def _write_texts(pairs: Pairs, known: set[int], actor: Any) -> None:
    texts = [
        text
        for product, changes in pairs
        for text in _texts(product, changes, product.texts.all() if product.pk in known else (), actor)
    ]
    ProductText.objects.bulk_create(
        texts,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["product", "language"],
        update_fields=["title", "description", "packaging", "origin", "approved_by", "approved_at"],
    )


def _texts(
    product: Product, changes: Changes, texts: Iterable[ProductText], actor: Any
) -> Iterable[ProductText]:
    """The first text with a name is the original; the seller answers for others that it said whole."""
    kept = {text.language: text for text in texts}
    original = next((one.language for one in kept.values() if one.origin == TextOrigin.ORIGINAL), None)
    original = original or next((code for code, said in changes.texts.items() if "title" in said), None)
    for language, said in changes.texts.items():
        before = kept.get(language)
        origin = TextOrigin.ORIGINAL if language == original else _origin(before, said)
        is_checked = origin != TextOrigin.MACHINE
        yield ProductText(
            product=product,
            language=language,
            title=said.get("title", before.title if before else product.title),
            description=said.get("description", before.description if before else ""),
            packaging=said.get("packaging", before.packaging if before else ""),
            origin=origin,
            approved_by=actor if is_checked else None,
            approved_at=timezone.now() if is_checked else None,
        )


def _origin(before: ProductText | None, said: dict[str, str]) -> TextOrigin:
    """A list that says only how something is packed has approved no name and no story."""
    if before is None:
        # Without a name of its own this text bears that of another language.
        unread = {"title"} - set(said)
    elif before.origin == TextOrigin.MACHINE:
        unread = {name for name in TEXT_PARTS if getattr(before, name)} - set(said)
    else:
        unread = set()
    return TextOrigin.MACHINE if unread else TextOrigin.APPROVED


def write_ladders(pairs: Pairs) -> None:
    """The ladders that these changes name, in place of those that are kept."""
    for currency in {currency for _product, changes in pairs for currency in changes.ladders}:
        priced = [product.pk for product, changes in pairs if currency in changes.ladders]
        for start in range(0, len(priced), BATCH):
            PriceTier.objects.filter(currency=currency, product__in=priced[start : start + BATCH]).delete()
    PriceTier.objects.bulk_create(
        [
            PriceTier(
                product=product,
                currency=currency,
                min_quantity=tier.min_quantity,
                unit_price=tier.unit_price,
            )
            for product, changes in pairs
            for currency, tiers in changes.ladders.items()
            for tier in tiers
        ],
        batch_size=BATCH,
    )


def write_answers(pairs: Pairs) -> None:
    """The answers that these changes give, in place of those that are kept."""
    asked: dict[tuple[int, str], ProductAttribute] = {
        (one.product_class_id, one.code): one for one in ProductAttribute.objects.all()
    }
    several = []
    rows: dict[str, list[ProductAttributeValue]] = {}
    for product, changes in pairs:
        for code, said in changes.answers.items():
            attribute = asked[product.product_class_id, code]
            if attribute.type == "multi_option":
                several.append((product, attribute, said))
                continue
            column = VALUE_OF[attribute.type]
            value = ProductAttributeValue(product=product, attribute=attribute, **{column: said})
            rows.setdefault(column.removesuffix("_id"), []).append(value)
    for column, values in rows.items():
        ProductAttributeValue.objects.bulk_create(
            values,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["attribute", "product"],
            update_fields=[column],
        )
    for start in range(0, len(several), BATCH):
        _write_several(several[start : start + BATCH])


def _write_several(answers: Sequence[tuple[Product, ProductAttribute, list[int]]]) -> None:
    """Answers of several options each, in four queries however many there are."""
    ProductAttributeValue.objects.bulk_create(
        [
            ProductAttributeValue(product=product, attribute=attribute)
            for product, attribute, _said in answers
        ],
        ignore_conflicts=True,
    )
    values = ProductAttributeValue.objects.filter(
        product__in={product.pk for product, _attribute, _said in answers},
        attribute__in={attribute.pk for _product, attribute, _said in answers},
    )
    keys = {
        (product, attribute): pk
        for pk, product, attribute in values.values_list("pk", "product", "attribute")
    }
    said = {keys[product.pk, attribute.pk]: options for product, attribute, options in answers}
    chosen = ProductAttributeValue.value_multi_option.through
    chosen.objects.filter(productattributevalue__in=said).delete()
    chosen.objects.bulk_create(
        chosen(productattributevalue_id=value, attributeoption_id=option)
        for value, options in said.items()
        for option in dict.fromkeys(options)
    )


def _log(fresh: Pairs, changed: Pairs, product_list: ProductList, actor: Any) -> None:
    """What became of every product, as the forms log it; prices with what they were."""
    # The list is named: by it the import can be undone.
    started = [
        (product, {"family": product.product_class.slug, "list": product_list.pk}) for product, _new in fresh
    ]
    record_each("started", started, actor=actor)
    # So that an older list knows what became of these lines once this import is undone.
    stamp = stamp_of(product_list)
    record_each(
        "details.changed",
        [
            (
                product,
                {
                    "before": {name: str(getattr(product, name)) for name in changes.details},
                    "after": {name: str(value) for name, value in changes.details.items()},
                    "answers": sorted(changes.answers),
                    **stamp,
                },
            )
            for product, changes in changed
            if changes.details or changes.answers
        ],
        actor=actor,
    )
    _log_texts(changed, stamp, actor)
    _log_prices(changed, stamp, actor)
    # Last, so that what comes after it was done by somebody else: by these lines the import can be undone.
    record_each(
        LISTED_CHANGE,
        [(product, {**stamp, "before": found_before(changes, product)}) for product, changes in changed],
        actor=actor,
    )


def _log_texts(changed: Pairs, stamp: dict[str, Any], actor: Any) -> None:
    record_each(
        "text.written",
        [
            (
                product,
                {
                    "language": language,
                    "before": titles.get(language, ""),
                    "after": said.get("title", titles.get(language, "")),
                    "fields": sorted(said),
                    **stamp,
                },
            )
            for product, changes in changed
            for titles in [{text.language: text.title for text in product.texts.all()}]
            for language, said in changes.texts.items()
        ],
        actor=actor,
    )


def _log_prices(changed: Pairs, stamp: dict[str, Any], actor: Any) -> None:
    record_each(
        "price.changed",
        [
            (
                product,
                {
                    "currency": currency,
                    "before": _written(ladder_of(product, currency)),
                    "after": _written(tiers),
                    **stamp,
                },
            )
            for product, changes in changed
            for currency, tiers in changes.ladders.items()
        ],
        actor=actor,
    )


def _written(tiers: Iterable[Any]) -> list[list[str]]:
    return [[f"{tier.min_quantity.normalize():f}", f"{tier.unit_price.normalize():f}"] for tier in tiers]
