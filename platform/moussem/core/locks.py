"""Row locks. PostgreSQL locks the rows; SQLite takes its one write lock at BEGIN IMMEDIATE."""

from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from moussem.core.models import Counter

M = TypeVar("M", bound=Model)


def lock(thing: M) -> M:
    """The same row, read again under a lock that lasts until the transaction ends."""
    # Not type(): request.user is a lazy object that only says its class.
    return lock_all(thing.__class__._base_manager.filter(pk=thing.pk)).get()


def lock_if_free(thing: M) -> M | None:
    """The same row under a lock, or None where somebody else holds it just now: nobody is waited for."""
    rows = thing.__class__._base_manager.filter(pk=thing.pk)
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    return lock_all(rows).first()


def share(thing: M) -> M:
    """The same row, read again, that nobody changes until the transaction ends; many may hold it at once."""
    quote, told, kind = connection.ops.quote_name, thing._meta, thing.__class__
    held = " FOR SHARE" if connection.features.has_select_for_update else ""
    one = f"SELECT * FROM {quote(told.db_table)} WHERE {quote(told.pk.column)} = %s{held}"  # noqa: S608
    for row in kind._base_manager.raw(one, [thing.pk]):
        return row
    raise kind.DoesNotExist


def lock_name(name: str) -> None:
    """A lock on something that has no row of its own, until the transaction ends; at most 60 characters."""
    Counter.objects.bulk_create([Counter(name=name)], ignore_conflicts=True)
    lock_all(Counter.objects.filter(pk=name)).get()


def lock_all(queryset: QuerySet[M]) -> QuerySet[M]:
    """The queryset under locks taken in primary-key order, so that two writers cannot wait for each other.

    Nothing is locked before it is read: where only the lock is wanted, ``list(lock_all(…))``.
    """
    queryset = queryset.order_by("pk")
    if connection.features.has_select_for_update_of:
        # Keys never change: who writes a row that points here, such as an order to a seller, need not wait.
        return queryset.select_for_update(of=("self",), no_key=True)
    return queryset.select_for_update()
