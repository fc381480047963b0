"""The outbox: what must be sent is written in the transaction that decided it, and delivered later, once."""

from typing import Any

from django.db import transaction

from moussem.core.carriers import HANDLERS
from moussem.core.models import OutboxMessage
from moussem.core.tasks import deliver_outbox


def post(kind: str, *, key: str | None = None, **payload: Any) -> None:
    """Put a message in the outbox; the same key is posted once for ever."""
    if kind not in HANDLERS:
        raise LookupError(f"nobody delivers {kind!r}")
    message = OutboxMessage(kind=kind, key=key, payload=payload)
    if key is None:
        message.save()
    else:
        OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    # One ring of the bell is enough for all that a transaction posts.
    if not any(waiting[1] is _ring for waiting in transaction.get_connection().run_on_commit):
        transaction.on_commit(_ring)


def _ring() -> None:
    deliver_outbox.enqueue()
