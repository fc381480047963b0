"""The outbox: what must be sent is written in the transaction that decided it, and delivered later.

Once, but for what a worker had carried and not yet noted when it died: a batch at most goes again.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from moussem.core.carriers import HANDLERS
from moussem.core.models import OutboxMessage
from moussem.core.tasks import deliver_outbox


def post(kind: str, *, key: str | None = None, **payload: Any) -> None:
    """Put a message in the outbox; the same key is posted once for ever."""
    post_all([OutboxMessage(kind=kind, key=key, payload=payload)])


def post_all(messages: Iterable[OutboxMessage]) -> None:
    """Put several messages in the outbox, in one query."""
    messages = list(messages)
    for message in messages:
        if message.kind not in HANDLERS:
            raise LookupError(f"nobody delivers {message.kind!r}")
    keyed = any(message.key is not None for message in messages)
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=keyed)
    # One ring of the bell is enough for all that a transaction posts.
    if messages and not any(waiting[1] is _ring for waiting in transaction.get_connection().run_on_commit):
        transaction.on_commit(_ring)


def _ring() -> None:
    deliver_outbox.enqueue()
