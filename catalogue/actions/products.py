"""A seller's product from its first words to the shelf, and off it again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from catalogue.actions.goods import ask_for_another_look
from catalogue.actions.texts import write_text
from catalogue.errors import NotReadyToList, ProductCodeTaken
from catalogue.models import Family, Product, ProductCategory
from catalogue.queries.readiness import missing_before_listing
from catalogue.rules import may_keep
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.organisations.models import Organisation

DETAILS = (
    "seller_code",
    "hs_code",
    "national_code",
    "origin_region",
    "origin_province",
    "protected_name",
    "register_number",
    "allergens",
    "shelf_life_months",
    "unit",
    "order_multiple",
    "sample_quantity",
    "lead_time_days",
    "harvest_months",
    "capacity_per_year",
    "prices_valid_until",
)


@transaction.atomic
def start_product(
    organisation: Organisation,
    *,
    family: Family,
    language: str,
    title: str,
    description: str = "",
    actor: Any,
) -> Product:
    """A draft of this family with its first text; its origin is that of the seller until told otherwise."""
    require(may_keep(actor, organisation), NotYours)
    suggested = family.hs_codes.all()[:2]
    product = Product.objects.create(
        organisation=organisation,
        product_class=family,
        title=title,
        slug=slugify(title) or "product",
        description=description,
        is_public=False,
        unit=family.units[0] if family.units else "kg",
        # One suggestion is offered as an answer; among several the seller chooses.
        hs_code=suggested[0] if len(suggested) == 1 else None,
        origin_region=organisation.region,
        origin_province=organisation.province,
    )
    _file_under(product, family)
    record("started", product, actor=actor, family=family.slug)
    write_text(product, language, title=title, description=description, actor=actor)
    return product


@transaction.atomic
def change_details(
    product: Product, *, actor: Any, attributes: Mapping[str, Any] | None = None, **details: Any
) -> Product:
    """The product with these details; ``attributes`` are answers by the codes of the family's questions."""
    require(may_keep(actor, product.organisation), NotYours)
    product = lock(product)
    unknown = set(details) - set(DETAILS)
    if unknown:
        raise TypeError(f"not details of a product: {', '.join(sorted(unknown))}")
    changed = {name: value for name, value in details.items() if getattr(product, name) != value}
    before = {name: str(getattr(product, name)) for name in changed}
    for name, value in changed.items():
        setattr(product, name, value)
    _save(product, changed)
    if attributes is not None:
        _answer(product, attributes)
    if changed:
        after = {name: str(value) for name, value in changed.items()}
        record("details.changed", product, actor=actor, before=before, after=after)
    if "hs_code" in changed:
        ask_for_another_look([product.pk], actor=actor)
    return product


def _save(product: Product, changed: Iterable[str]) -> None:
    try:
        with transaction.atomic():
            product.save(update_fields=[*changed, "date_updated"])
    except IntegrityError as fault:
        # Another request may have taken the code since we looked; any other fault stays one.
        own = Product.objects.of(product.organisation).exclude(pk=product.pk)
        twin = own.filter(seller_code__iexact=product.seller_code).first() if product.seller_code else None
        if twin is None:
            raise
        raise ProductCodeTaken(code=twin.seller_code) from fault


@transaction.atomic
def list_product(product: Product, *, actor: Any) -> Product:
    """The product shown to every visitor, once nothing is missing."""
    require(may_keep(actor, product.organisation), NotYours)
    product = lock(product)
    missing = [str(lack.sentence) for lack in missing_before_listing(product)]
    require(not missing, NotReadyToList, title=product.label, missing=" ".join(missing))
    if not product.is_public:
        product.is_public = True
        product.listed_at = timezone.now()
        product.save(update_fields=["is_public", "listed_at", "date_updated"])
        record("listed", product, actor=actor)
    return product


@transaction.atomic
def withdraw_product(product: Product, *, actor: Any) -> Product:
    """The product hidden from visitors; orders that hold it go on."""
    require(may_keep(actor, product.organisation), NotYours)
    product = lock(product)
    if product.is_public:
        product.is_public = False
        product.save(update_fields=["is_public", "date_updated"])
        record("withdrawn", product, actor=actor)
    return product


def _answer(product: Product, answers: Mapping[str, Any]) -> None:
    for attribute in product.product_class.attributes.all():
        if attribute.code in answers:
            attribute.save_value(product, answers[attribute.code])


def _file_under(product: Product, family: Family) -> None:
    if family.department_id:
        ProductCategory.objects.get_or_create(product=product, category_id=family.department_id)
