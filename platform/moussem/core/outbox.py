"""The outbox: what must be sent is written in the transaction that decided it, and delivered later, once.

A handler is registered per kind with ``@delivers("mail")`` and takes the payload.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from moussem.core.models import OutboxMessage

Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, Handler] = {}


def delivers(kind: str) -> Callable[[Handler], Handler]:
    """Register the one handler of a kind of message."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


def post(kind: str, *, key: str | None = None, **payload: Any) -> None:
    """Put a message in the outbox; the same key is posted once for ever."""
    if kind not in HANDLERS:
        raise LookupError(f"nobody delivers {kind!r}")
    message = OutboxMessage(kind=kind, key=key, payload=payload)
    if key is None:
        message.save()
    else:
        OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    from moussem.core.tasks import deliver_outbox  # the task imports this module

    transaction.on_commit(lambda: deliver_outbox.enqueue())
