import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from catalogue.models import (
    Family,
    Packaging,
    PriceTier,
    Product,
    ProductAttributeValue,
    ProductCategory,
    ProductText,
    ProtectedName,
)
from catalogue.showcase.lots import AS_OF
from catalogue.showcase.packaging import Packing, packing_for
from catalogue.states import TextOrigin
from moussem.core.dates import at_noon
from moussem.organisations.models import Organisation

Fact = dict[str, Any]
PACKAGING_WORDS = Path(__file__).parents[2] / "reference" / "demo_packaging.csv"
SIGNED = ("AOP-MA", "IGP-MA")
# Days from order to readiness, by what a product asks for.
LEAD_DAYS = {"textiles-leather": 42, "crafts": 42, "sea": 7}
USUAL_LEAD_DAYS = 21
FRESH_MONTHS = 2


def import_products(
    facts: list[Fact], sellers: dict[str, Organisation], family_of: dict[str, Family]
) -> dict[str, Product]:
    """The products by their code in the file, listed, with texts, ladders, packaging and attributes."""
    names = list(ProtectedName.objects.prefetch_related("provinces"))
    packings = {fact["id"]: _packing(fact, family_of[fact["id"]]) for fact in facts}
    products = {
        fact["id"]: _product(fact, sellers[fact["coop"]], family_of[fact["id"]], packings[fact["id"]], names)
        for fact in facts
    }
    ProductCategory.objects.bulk_create(
        [
            ProductCategory(product=products[code], category_id=family.department_id)
            for code, family in family_of.items()
        ],
        ignore_conflicts=True,
    )
    _write_texts(facts, products, sellers)
    _write_ladders(facts, products)
    _write_packagings(products, packings)
    for fact in facts:
        _write_attributes(fact, products[fact["id"]], family_of[fact["id"]])
    return products


def _packing(fact: Fact, family: Family) -> Packing:
    return packing_for(fact["packaging"], unit=fact["unit"], moq=Decimal(fact["moq"]), family=family.slug)


def _product(
    fact: Fact, seller: Organisation, family: Family, packing: Packing, names: list[ProtectedName]
) -> Product:
    shelf_life = fact["shelf_life_months"]
    fresh = shelf_life is not None and shelf_life < FRESH_MONTHS
    protected, number = _protected(fact, seller, names)
    # Written like the codes of its lots, beside which it is printed; demonstrations of before are renamed.
    code = fact["id"].upper()
    Product.objects.filter(organisation=seller, seller_code=fact["id"]).update(seller_code=code)
    product, _created = Product.objects.update_or_create(
        organisation=seller,
        seller_code=code,
        defaults={
            "title": fact["title"]["en"],
            "slug": slugify(fact["title"]["en"]),
            "description": fact["description"]["en"],
            "product_class": family,
            "hs_code_id": fact["hs6"],
            "origin_region_id": seller.region_id,
            "origin_province_id": seller.province_id,
            "protected_name": protected,
            "register_number": number,
            "allergens": family.allergens,
            "shelf_life_months": shelf_life,
            "unit": fact["unit"],
            "moq": Decimal(fact["moq"]),
            "order_multiple": packing.order_multiple,
            "sample_quantity": None if fresh else _sample(fact),
            "lead_time_days": LEAD_DAYS.get(family.department.slug, USUAL_LEAD_DAYS),
            "harvest_months": fact["harvest_months"],
            "capacity_per_year": Decimal(fact["capacity_per_year"]),
            "is_public": True,
            "listed_at": at_noon(AS_OF),
        },
    )
    return product


def _sample(fact: Fact) -> Decimal:
    """A sample: a few grams, a hundredth of a small minimum, else half a kilogram, a litre or one piece."""
    moq = Decimal(fact["moq"])
    if fact["unit"] == "g":
        return Decimal(5)
    if moq < 1:
        return moq / 10
    return Decimal("0.5") if fact["unit"] in ("kg", "L") else Decimal(1)


def _protected(
    fact: Fact, seller: Organisation, names: list[ProtectedName]
) -> tuple[ProtectedName | None, str]:
    """The one sign for this code in this province, when the product carries its certificate."""
    signs = {code.removesuffix("-MA") for code in fact["certificates"] if code in SIGNED}
    found = [
        name
        for name in names
        if name.hs6 == fact["hs6"]
        # The national files write the European-style IGP as IG where it is older.
        and (name.sign in signs or (name.sign == "IG" and "IGP" in signs))
        and seller.province_id in {province.pk for province in name.provinces.all()}
    ]
    if len(found) != 1:
        return None, ""
    return found[0], f"DEMO-{found[0].sign}-{seller.code.upper()}"


def _write_texts(facts: list[Fact], products: dict[str, Product], sellers: dict[str, Organisation]) -> None:
    with PACKAGING_WORDS.open(encoding="utf-8", newline="") as lines:
        words = {row["en"]: row for row in csv.DictReader(lines)}
    ProductText.objects.bulk_create(
        [
            ProductText(
                product=products[fact["id"]],
                language=language,
                title=title,
                description=fact["description"][language],
                packaging=words.get(fact["packaging"], {"en": fact["packaging"]}).get(language, ""),
                origin=_origin(language, sellers[fact["coop"]].languages),
            )
            for fact in facts
            for language, title in fact["title"].items()
        ],
        update_conflicts=True,
        unique_fields=["product", "language"],
        update_fields=["title", "description", "packaging", "origin"],
    )


def _origin(language: str, spoken: list[str]) -> TextOrigin:
    """A seller writes in French where it can, else in Arabic, and approves what it can read."""
    written_in = "fr" if "fr" in spoken else "ar"
    if language == written_in:
        return TextOrigin.ORIGINAL
    return TextOrigin.APPROVED if language in spoken else TextOrigin.MACHINE


def _write_ladders(facts: list[Fact], products: dict[str, Product]) -> None:
    PriceTier.objects.filter(product__in=products.values()).delete()
    PriceTier.objects.bulk_create(
        PriceTier(
            product=products[fact["id"]],
            currency=currency,
            min_quantity=Decimal(step["min_qty"]),
            unit_price=Decimal(step[currency]),
        )
        for fact in facts
        for step in fact["price_tiers"]
        for currency in settings.CURRENCIES
    )


def _write_packagings(products: dict[str, Product], packings: dict[str, Packing]) -> None:
    fields = ["holds", "gross_weight_kg", "length_cm", "width_cm", "height_cm"]
    Packaging.objects.bulk_create(
        [
            Packaging(
                product=products[code],
                level=pack.level,
                **{field: getattr(pack, field) for field in fields},
            )
            for code, packing in packings.items()
            for pack in packing.packs
        ],
        update_conflicts=True,
        unique_fields=["product", "level"],
        update_fields=fields,
    )


def _write_attributes(fact: Fact, product: Product, family: Family) -> None:
    """The closed questions that the title answers: nothing is guessed beyond its words."""
    said = _words(fact["title"]["en"])
    for attribute in family.attributes.all():
        if attribute.type != attribute.OPTION or attribute.option_group is None:
            continue
        options = list(attribute.option_group.options.all())
        best = max(options, key=lambda option: len(said & _words(option.option)))
        if said & _words(best.option):
            ProductAttributeValue.objects.update_or_create(
                product=product, attribute=attribute, defaults={"value_option": best}
            )


def _words(text: str) -> set[str]:
    return {_stem(word) for word in text.lower().replace(",", " ").replace("-", " ").split() if len(word) > 2}


def _stem(word: str) -> str:
    return word.removesuffix("s")
