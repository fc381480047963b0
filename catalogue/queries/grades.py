"""Which category of a standard a lot reaches, edition by edition."""

from collections.abc import Iterable, Mapping, Sequence

from catalogue.grading import Grade, by_parameter, editions_of, grade, limits_for, limits_from_rows
from catalogue.models import LabField, LabLimit, Lot

COLUMNS = ("standard", "product", "parameter", "unit", "category", "bound", "value", "edition")


def grades_of(lot: Lot) -> list[Grade]:
    """The verdict on a lot under each edition of its family's standard, the newest edition first."""
    family = lot.product.product_class
    if family is None:
        return []
    return grades_for(lot.lab, fields=family.lab_fields.all(), words=_words_of(lot))


def grades_for(
    lab: Mapping[str, str], *, fields: Iterable[LabField], words: Iterable[str] = ()
) -> list[Grade]:
    """The verdict on laboratory values, the newest edition first; ``words`` tell powder from threads."""
    parameters = {field.code: field.parameter for field in fields if field.standard}
    standards = {field.standard for field in fields if field.standard}
    rows = list(LabLimit.objects.filter(standard__in=standards).values(*COLUMNS)) if standards else []
    return [verdict for name in sorted(standards) for verdict in _grades(lab, name, rows, parameters, words)]


def _grades(
    lab: Mapping[str, str],
    standard: str,
    rows: Sequence[Mapping[str, object]],
    parameters: Mapping[str, str],
    words: Iterable[str],
) -> list[Grade]:
    limits = limits_from_rows(rows)
    products = dict.fromkeys(limit.product for limit in limits if limit.standard == standard)
    own = next((name for name in products if set(name.lower().split()) & {w.lower() for w in words}), "")
    held = limits_for(limits, standard=standard, product=own)
    editions = sorted(editions_of(held), key=lambda name: name[-4:], reverse=True)
    values = by_parameter(lab, parameters)
    return [grade(values, held, edition=edition) for edition in editions]


def _words_of(lot: Lot) -> set[str]:
    """The English words of the product's chosen options: a limit may be that of saffron *powder*."""
    chosen = lot.product.attribute_values.filter(value_option__isnull=False).values_list(
        "value_option__option", flat=True
    )
    return {word for option in chosen for word in option.lower().split()}
