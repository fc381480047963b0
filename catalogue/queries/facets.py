from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import CharField, Count, Model, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from catalogue.models import Category, Family, Product
from moussem.core.text import pick
from moussem.regions.models import Region

NAMES = ("name", "name_fr", "name_ar")
REGION_NAMES = ("name_en", "name_fr", "name_ar")


@dataclass(frozen=True)
class Facet:
    """One choice of a filter and how many products it leads to."""

    value: str
    label: str
    count: int = 0
    # The department of a family, and its drawing.
    group: str = ""
    drawing: str = ""


@dataclass
class Facets:
    """The departments, families and regions that have something on offer."""

    departments: list[Facet] = field(default_factory=list)
    families: list[Facet] = field(default_factory=list)
    regions: list[Facet] = field(default_factory=list)


def facets() -> Facets:
    """What can be filtered by, with how many products each choice leads to; one query.

    Names and counts come as one union: grouping by the names themselves would join four tables
    to every product. The columns: kind, key, other key, value, three names, count or drawing.
    """
    listed = Product.objects.listed().order_by()
    counted = (
        listed.values("product_class", "origin_region")
        .annotate(how_many=Count("pk"))
        .values_list(
            _word("count"),
            _text("product_class"),
            _text("origin_region"),
            *[_word("")] * 4,
            _text("how_many"),
        )
    )
    rows = counted.union(
        _named(Family, "family", "slug", NAMES, other="department", extra="drawing"),
        _named(Category, "department", "slug", NAMES),
        _named(Region, "region", "code", REGION_NAMES),
        all=True,
    )
    return _facets_in(list(rows))


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def _text(name: str) -> Coalesce:
    return Coalesce(Cast(name, CharField()), _word(""), output_field=CharField())


def _named(
    model: type[Model], kind: str, value: str, names: Sequence[str], *, other: str = "", extra: str = ""
) -> QuerySet:
    columns = ["pk", other, value, *names, extra]
    return model.objects.order_by().values_list(
        _word(kind), *[_text(column) if column else _word("") for column in columns]
    )


def _facets_in(rows: Iterable[Sequence[str]]) -> Facets:
    named: dict[str, dict[str, Facet]] = {"family": {}, "department": {}, "region": {}}
    found: dict[str, Counter[str]] = {kind: Counter() for kind in named}
    above, counts = {}, []
    for kind, key, other, value, en, fr, ar, extra in rows:
        if kind == "count":
            counts.append((key, other, int(extra)))
            continue
        named[kind][key] = Facet(value, pick(en=en, fr=fr, ar=ar), drawing=extra)
        if kind == "family":
            above[key] = other
    for family, region, count in counts:
        found["family"][family] += count
        found["region"][region] += count
        found["department"][above.get(family, "")] += count
    for key, facet in named["family"].items():
        department = named["department"].get(above[key])
        named["family"][key] = replace(facet, group=department.label if department else "")
    return Facets(*(_counted(named[kind], found[kind]) for kind in ("department", "family", "region")))


def _counted(named: dict[str, Facet], counts: Counter[str]) -> list[Facet]:
    facets = [replace(named[key], count=count) for key, count in counts.items() if key in named]
    return sorted(facets, key=lambda facet: facet.label.casefold())
