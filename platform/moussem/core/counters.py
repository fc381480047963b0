"""Numbers without gaps, for documents that the law wants numbered so."""

from collections.abc import Iterable

from django.db.models import F

from moussem.core.locks import lock_all
from moussem.core.models import Counter


def next_number(name: str) -> int:
    """The next number of a sequence; given back if the transaction rolls back.

    Must run inside a transaction: the row stays locked until it ends.
    """
    return next_numbers([name])[name]


def next_numbers(names: Iterable[str]) -> dict[str, int]:
    """The next number of each of several sequences, by name."""
    wanted = sorted(set(names))
    Counter.objects.bulk_create([Counter(name=name) for name in wanted], ignore_conflicts=True)
    rows = Counter.objects.filter(pk__in=wanted)
    values = {counter.name: counter.value + 1 for counter in lock_all(rows)}
    rows.update(value=F("value") + 1)
    return values
