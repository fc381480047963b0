"""Which category of a standard a lot reaches, edition by edition, and where each of its values lies."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from catalogue.bands import Band, band_of
from catalogue.grading import (
    EVERY_CATEGORY,
    EVERY_EDITION,
    Grade,
    Limit,
    by_parameter,
    editions_of,
    grade,
    limits_for,
    limits_from_rows,
    number_of,
)
from catalogue.models import LabField, LabLimit, Lot

COLUMNS = ("standard", "product", "parameter", "unit", "category", "bound", "value", "edition")
# The limits that hold for a lot, by standard.
Held = dict[str, tuple[Limit, ...]]


class Drawn(NamedTuple):
    """A measured value and where it lies."""

    field: LabField
    band: Band


class Graded(NamedTuple):
    """The standards that know categories."""

    # Of each standard, the best first.
    categories: dict[str, tuple[str, ...]]
    # By edition: a lot says under which one it was graded.
    standards: dict[str, str]

    def rank_of(self, edition: str, category: str) -> tuple[str, int] | None:
        """The standard and the place among its categories, from one; None of what is not known."""
        standard = self.standards.get(edition, "")
        known = self.categories.get(standard, ())
        return (standard, known.index(category) + 1) if category in known else None


class Findings(NamedTuple):
    """What the laboratory's values come to."""

    grades: list[Grade]
    bands: list[Drawn]


def grades_of(lot: Lot) -> list[Grade]:
    """The verdict on a lot under each edition of its family's standard, the newest edition first."""
    return findings_of(lot).grades


def findings_of(lot: Lot) -> Findings:
    """The verdicts on a lot, and its values among the limits of the newest edition."""
    family = lot.product.product_class
    if family is None:
        return Findings([], [])
    fields = list(family.lab_fields.all())
    held = _held(fields, _words_of(lot))
    return Findings(_verdicts(lot.lab, fields, held), _bands(lot.lab, fields, held))


def graded() -> Graded:
    """What standards ask of lots by category, all of them in one query."""
    limits = limits_from_rows(LabLimit.objects.values(*COLUMNS))
    told: dict[str, dict[str, None]] = {}
    for limit in limits:
        if limit.category not in EVERY_CATEGORY:
            told.setdefault(limit.standard, {})[limit.category] = None
    standards = {one.edition: one.standard for one in limits if one.edition != EVERY_EDITION}
    return Graded({name: tuple(known) for name, known in told.items()}, standards)


def grades_for(
    lab: Mapping[str, str], *, fields: Iterable[LabField], words: Iterable[str] = ()
) -> list[Grade]:
    """The verdict on laboratory values, the newest edition first; ``words`` tell powder from threads."""
    fields = list(fields)
    return _verdicts(lab, fields, _held(fields, words))


def _held(fields: Iterable[LabField], words: Iterable[str]) -> Held:
    standards = {field.standard for field in fields if field.standard}
    rows = list(LabLimit.objects.filter(standard__in=standards).values(*COLUMNS)) if standards else []
    limits = limits_from_rows(rows)
    said = {word.lower() for word in words}
    held: Held = {}
    for standard in sorted(standards):
        products = dict.fromkeys(limit.product for limit in limits if limit.standard == standard)
        own = next((name for name in products if set(name.lower().split()) & said), "")
        held[standard] = limits_for(limits, standard=standard, product=own)
    return held


def _editions(limits: Iterable[Limit]) -> list[str]:
    """The editions of a standard, the newest first."""
    return sorted(editions_of(limits), key=lambda name: name[-4:], reverse=True)


def _verdicts(lab: Mapping[str, str], fields: Iterable[LabField], held: Held) -> list[Grade]:
    values = by_parameter(lab, {field.code: field.parameter for field in fields if field.standard})
    return [
        grade(values, limits, edition=edition) for limits in held.values() for edition in _editions(limits)
    ]


def _bands(lab: Mapping[str, str], fields: Iterable[LabField], held: Held) -> list[Drawn]:
    drawn = []
    for field in fields:
        limits, value = held.get(field.standard, ()), number_of(lab.get(field.code))
        newest = next(iter(_editions(limits)), "")
        asked = [
            limit
            for limit in limits
            if limit.parameter == field.parameter and limit.edition in (newest, EVERY_EDITION)
        ]
        band = band_of(value, asked, edition=newest) if value is not None else None
        if band is not None:
            drawn.append(Drawn(field, band))
    return drawn


def _words_of(lot: Lot) -> set[str]:
    """The English words of the product's chosen options: a limit may be that of saffron *powder*."""
    chosen = lot.product.attribute_values.filter(value_option__isnull=False).values_list(
        "value_option__option", flat=True
    )
    return {word for option in chosen for word in option.lower().split()}
