from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, QuerySet, Value

from catalogue.models import Category, Family, Product
from moussem.core.text import pick, reading_order
from moussem.regions.models import Region

NAMES = ("name", "name_fr", "name_ar")
REGION_NAMES = ("name_en", "name_fr", "name_ar")
NOTHING = Value(0, output_field=BigIntegerField())


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
    """What can be filtered by, with how many products each choice leads to; one query."""
    return _facets_in(_rows().all())


@cache
def _rows() -> QuerySet:
    """Names and counts as one union: kind, number, code, count or number above, three names, drawing.

    Grouping by the names themselves would join four tables to every product. The question is put
    together once; a copy of it is asked.
    """
    listed = Product.objects.listed().order_by()
    counted = (
        listed.values("product_class", "origin_region")
        .annotate(how_many=Count("*"))
        .values_list(_word("count"), "product_class", "origin_region", "how_many", *[_word("")] * 4)
    )
    families = Family.objects.order_by().values_list(
        _word("family"), "pk", "slug", "department", *NAMES, "drawing"
    )
    departments = Category.objects.order_by().values_list(
        _word("department"), "pk", "slug", NOTHING, *NAMES, _word("")
    )
    regions = Region.objects.order_by().values_list(
        _word("region"), NOTHING, "code", NOTHING, *REGION_NAMES, _word("")
    )
    return counted.union(families, departments, regions, all=True)


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


@dataclass(frozen=True)
class Shelves:
    """Where else to look: families or departments, each as a choice of the list, with its drawing."""

    parameter: str
    choices: list[Facet]


def nearest_shelves(families: Sequence[str]) -> Shelves:
    """These families as far as something is on offer, else every department; one query."""
    offered = facets()
    near = {one.value: one for one in offered.families if one.value in families}
    if told := [near[value] for value in families if value in near]:
        # Those of one department stand together, with the nearest of all.
        return Shelves("family", sorted(told, key=lambda one: one.group != told[0].group))
    drawings: dict[str, str] = {}
    for one in sorted(offered.families, key=lambda one: -one.count):
        drawings.setdefault(one.group, one.drawing)
    departments = sorted(offered.departments, key=lambda one: -one.count)
    return Shelves("department", [replace(one, drawing=drawings.get(one.label, "")) for one in departments])


def _facets_in(rows: Iterable[Sequence[Any]]) -> Facets:
    named: dict[str, dict[Any, Facet]] = {"family": {}, "department": {}, "region": {}}
    found: dict[str, Counter[Any]] = {kind: Counter() for kind in named}
    above, counts = {}, []
    for kind, number, code, other, en, fr, ar, drawing in rows:
        if kind == "count":
            counts.append((number, code, other))
            continue
        key = code if kind == "region" else number
        named[kind][key] = Facet(code, pick(en=en, fr=fr, ar=ar), drawing=drawing)
        if kind == "family":
            above[key] = other
    for family, region, count in counts:
        found["family"][family] += count
        found["region"][region] += count
        found["department"][above.get(family)] += count
    for key, facet in named["family"].items():
        department = named["department"].get(above[key])
        named["family"][key] = replace(facet, group=department.label if department else "")
    return Facets(*(_counted(named[kind], found[kind]) for kind in ("department", "family", "region")))


def _counted(named: dict[Any, Facet], counts: Counter[Any]) -> list[Facet]:
    facets = [replace(named[key], count=count) for key, count in counts.items() if key in named]
    return sorted(facets, key=lambda facet: reading_order(facet.label))
