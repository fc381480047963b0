"""What belongs to each of many editions, counted in one query by whatever room keeps it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fairs.editions.models import Edition


def number_of(rows: QuerySet[Any], link: str = "edition") -> Coalesce:
    """How many of these rows belong to each edition, as a column of a query over editions."""
    own = rows.filter(**{link: OuterRef("pk")}).order_by().values(link).annotate(many=Count("pk"))
    return Coalesce(Subquery(own.values("many")[:1], output_field=IntegerField()), 0)


def value_of(rows: QuerySet[Any], field: str) -> Coalesce:
    """A number of the one row that each edition may have, as a column of a query over editions."""
    own = rows.filter(edition=OuterRef("pk")).order_by()
    return Coalesce(Subquery(own.values(field)[:1], output_field=IntegerField()), 0)


def counted_in(editions: Iterable[Edition], **columns: Coalesce) -> dict[int, dict[str, int]]:
    """These columns of each edition in one query; nothing is asked for no edition."""
    keys = [one.pk for one in editions]
    if not keys:
        return {}
    # A column is told from the fields of an edition by its first letters.
    named = {f"many_{name}": column for name, column in columns.items()}
    rows = Edition.objects.filter(pk__in=keys).order_by().annotate(**named).values_list("pk", *named)
    return {pk: dict(zip(columns, counts, strict=True)) for pk, *counts in rows}
