"""Loads the reference files of the catalogue; running it again brings the tables back in line with them."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.concepts.actions import Loaded, load_reference_concepts
from catalogue.models import (
    AttributeOption,
    AttributeOptionGroup,
    Category,
    CertificateType,
    Concept,
    Family,
    LabField,
    LabLimit,
    ProductAttribute,
    ProtectedName,
)
from moussem.regions.models import HsCode, Province

REFERENCE = Path(__file__).parent.parent / "reference"
Fact = dict[str, Any]


def _silent(line: str) -> None:
    """Says nothing."""


@transaction.atomic
def load_catalogue_reference(
    progress: Callable[[str], None] = _silent, *, force: bool = False
) -> dict[str, int]:
    """Families, types of certificate, protected names, limits of standards and concepts; how many of each.

    Concepts that somebody changed on the site are kept unless ``force``.
    """
    loaded = {}
    for model, load in (
        (Family, load_families),
        (CertificateType, load_certificate_types),
        (ProtectedName, load_protected_names),
        (LabLimit, load_lab_limits),
    ):
        loaded[model.__name__] = count = load()
        progress(f"{model._meta.verbose_name_plural}: {count}")
    concepts = load_reference_concepts(force=force)
    loaded[Concept.__name__] = len(concepts.new + concepts.changed + concepts.same)
    tell_concepts(concepts, progress)
    return loaded


def tell_concepts(loaded: Loaded, progress: Callable[[str], None]) -> None:
    """Say what became of the concepts of a file, and which were left to those who changed them."""
    written = {"new": len(loaded.new), "changed": len(loaded.changed), "same": len(loaded.same)}
    told = _("%(new)s new, %(changed)s changed, %(same)s as they were") % written
    progress(f"{Concept._meta.verbose_name_plural}: {told}")
    if loaded.kept:
        kept = ngettext(
            "%(count)s concept was changed on this site and kept; --force loads the file over it: %(codes)s",
            "%(count)s concepts were changed on this site and kept; --force loads the file over them: "
            "%(codes)s",
            len(loaded.kept),
        )
        progress(kept % {"count": len(loaded.kept), "codes": ", ".join(loaded.kept)})


@transaction.atomic
def load_families(facts: Fact | None = None) -> int:
    """Departments and families as written in families.json (or in ``facts`` of the same shape)."""
    facts = facts or json.loads((REFERENCE / "families.json").read_text("utf-8"))
    departments = {fact["code"]: _department(fact) for fact in facts["departments"]}
    written = facts["families"]
    for fact in written:
        department = departments.get(fact["department"]) or Category.objects.get(slug=fact["department"])
        Family.objects.update_or_create(
            slug=fact["code"],
            defaults={
                **_names(fact["name"], "name"),
                **{f"story_{language}": text for language, text in fact["story"].items()},
                "department": department,
                "drawing": fact["drawing"],
                "units": fact["units"],
                "allergens": fact["allergens"],
                "declares_allergens": fact.get("declares_allergens", True),
                "requires_shipping": True,
                "track_stock": True,
            },
        )
    families = Family.objects.in_bulk([fact["code"] for fact in written], field_name="slug")
    _load_hs_codes(written, families)
    _load_attributes(written, families)
    _upsert(LabField, list(_lab_fields(written, families)), ["family", "code"])
    return len(written)


@transaction.atomic
def load_certificate_types() -> int:
    """Schemes, reports and approvals as written in certifications.csv."""
    names = [field.name for field in CertificateType._meta.concrete_fields if field.name != "kind"]
    rows = [
        CertificateType(kind=row["type"], **{name: row[name] for name in names})
        for row in _rows("certifications")
    ]
    return _upsert(CertificateType, rows, ["code"])


@transaction.atomic
def load_protected_names() -> int:
    """Signs of origin and quality as written in gi_products.csv, with the provinces each allows."""
    rows = list(_rows("gi_products"))
    names = [ProtectedName(name=row["name_fr"], **{k: row[k] for k in _PROTECTED_COLUMNS}) for row in rows]
    _upsert(ProtectedName, names, ["name", "sign"])
    found = {(name.name, name.sign): name for name in ProtectedName.objects.all()}
    known = set(Province.objects.values_list("pk", flat=True))
    _link(
        ProtectedName.provinces.through,
        "protectedname_id",
        "province_id",
        (
            (found[row["name_fr"], row["sign"]].pk, code)
            for row in rows
            for code in row["province_codes"].split(";")
            if code in known
        ),
    )
    return len(rows)


_PROTECTED_COLUMNS = ("name_ar", "sign", "hs6", "product_en", "category", "note", "source")


@transaction.atomic
def load_lab_limits() -> int:
    """The limits of lab_standards.csv, put in the place of those there were."""
    names = [field.name for field in LabLimit._meta.concrete_fields if not field.primary_key]
    rows = [LabLimit(**{name: row[name] for name in names}) for row in _rows("lab_standards")]
    LabLimit.objects.all().delete()
    LabLimit.objects.bulk_create(rows)
    return len(rows)


def _department(fact: Fact) -> Category:
    names = _names(fact["name"], "name")
    category = Category.objects.filter(slug=fact["code"], depth=1).first()
    if category is None:
        return Category.add_root(slug=fact["code"], **names)
    for name, value in names.items():
        setattr(category, name, value)
    category.save(update_fields=list(names))
    return category


def _load_hs_codes(written: list[Fact], families: dict[str, Family]) -> None:
    known = set(HsCode.objects.values_list("pk", flat=True))
    _link(
        Family.hs_codes.through,
        "productclass_id",
        "hscode_id",
        ((families[fact["code"]].pk, code) for fact in written for code in fact["hs6"] if code in known),
    )


def _load_attributes(written: list[Fact], families: dict[str, Family]) -> None:
    asked = [
        (fact["code"], order, attribute)
        for fact in written
        for order, attribute in enumerate(fact["attributes"])
    ]
    closed = [(f"{family}.{fact['code']}", fact) for family, _order, fact in asked if fact["options"]]
    groups = [AttributeOptionGroup(code=code, name=fact["name"]["en"]) for code, fact in closed]
    _upsert(AttributeOptionGroup, groups, ["code"])
    group_of = {group.code: group for group in AttributeOptionGroup.objects.exclude(code=None)}
    options = [
        AttributeOption(
            group=group_of[code], code=f"{code}.{option['code']}", **_names(option["name"], "option")
        )
        for code, fact in closed
        for option in fact["options"]
    ]
    _upsert(AttributeOption, options, ["code"])
    attributes = [
        ProductAttribute(
            product_class=families[family],
            code=fact["code"],
            type=fact["type"],
            unit=fact["unit"],
            required=fact["required"],
            option_group=group_of.get(f"{family}.{fact['code']}") if fact["options"] else None,
            order=order,
            **_names(fact["name"], "name"),
        )
        for family, order, fact in asked
    ]
    _upsert(ProductAttribute, attributes, ["product_class", "code"])


def _lab_fields(written: list[Fact], families: dict[str, Family]) -> Iterator[LabField]:
    for fact in written:
        for order, field in enumerate(fact["lab_fields"]):
            yield LabField(
                family=families[fact["code"]],
                code=field["code"],
                name_en=field["name"]["en"],
                name_fr=field["name"]["fr"],
                name_ar=field["name"]["ar"],
                unit=field["unit"],
                standard=field["standard"],
                parameter=field["parameter"],
                order=order,
            )


def _names(names: Fact, field: str) -> Fact:
    return {field: names["en"], f"{field}_fr": names["fr"], f"{field}_ar": names["ar"]}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _upsert(model: type[models.Model], rows: list[models.Model], keys: list[str]) -> int:
    changing = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name not in keys]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=keys, update_fields=changing
    )
    return len(rows)


def _link(through: type[models.Model], left: str, right: str, pairs: Iterable[tuple[Any, Any]]) -> None:
    through._default_manager.bulk_create(
        [through(**{left: one, right: other}) for one, other in pairs], ignore_conflicts=True
    )
