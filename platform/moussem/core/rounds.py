"""Rounds of the clock over many rows: a few in memory at a time, and one that fails stops no other."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Answer = TypeVar("Answer")
AT_ONCE = 200

logger = logging.getLogger(__name__)


def in_chunks(queryset: QuerySet[M]) -> Iterator[M]:
    """Every row by key, read a few at a time; what is done with one may take it out of the queryset."""
    queryset = queryset.order_by("pk")
    rows = list(queryset[:AT_ONCE])
    while rows:
        yield from rows
        rows = list(queryset.filter(pk__gt=rows[-1].pk)[:AT_ONCE])


def try_each(
    rows: Iterable[M], act: Callable[[M], Answer], *, unless: type[Exception] | tuple[()] = ()
) -> Iterator[Answer]:
    """What came of each row; one that fails is logged and left out, ``unless`` the others would fail too."""
    for row in rows:
        try:
            yield act(row)
        except unless:
            raise
        except Exception:
            logger.exception("%r failed for %s %s", act, row._meta.label_lower, row.pk)
