"""Numbers without gaps, for documents that the law wants numbered so."""

from moussem.core.locks import lock_all
from moussem.core.models import Counter


def next_number(name: str) -> int:
    """The next number of a sequence; given back if the transaction rolls back.

    Must run inside a transaction: the row stays locked until it ends.
    """
    Counter.objects.bulk_create([Counter(name=name)], ignore_conflicts=True)
    counter = lock_all(Counter.objects.filter(pk=name)).get()
    counter.value += 1
    counter.save(update_fields=["value"])
    return counter.value
