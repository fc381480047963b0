"""One page of a long list; a short one is not counted."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


def page_of(rows: QuerySet, number: Any, size: int) -> Page:
    """The page asked for, or the nearest one. A list that fits on one page costs one query."""
    head = list(rows[: size + 1])
    return Paginator(head if len(head) <= size else rows, size).get_page(number)
