"""Doorbells: each may ring twice."""

from datetime import timedelta

from django.core.mail import BadHeaderError
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from moussem.core.carriers import HANDLERS
from moussem.core.models import OutboxMessage

BATCH = 50
# OSError covers refused connections, time-outs and every smtplib and urllib error.
RETRIED = (OSError, BadHeaderError, ValueError)


@task()
def deliver_outbox() -> int:
    """How many due messages went; one that fails is tried again later, ever more rarely."""
    sent = 0
    while (went := _deliver_one()) is not None:
        sent += went
        if sent >= BATCH:
            deliver_outbox.enqueue()
            break
    return sent


@transaction.atomic
def _deliver_one() -> int | None:
    due = OutboxMessage.objects.filter(delivered_at=None, next_try_at__lte=timezone.now()).order_by("pk")
    message = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if message is None:
        return None
    message.attempts += 1
    try:
        HANDLERS[message.kind](message.payload)
    except RETRIED as error:
        message.last_error = f"{type(error).__name__}: {error}"
        message.next_try_at = timezone.now() + timedelta(minutes=min(2**message.attempts, 24 * 60))
        message.save(update_fields=["attempts", "last_error", "next_try_at"])
        return 0
    message.delivered_at, message.last_error = timezone.now(), ""
    # A text may hold a link that opens an account: who was written to and about what is enough to keep.
    message.payload.pop("body", None)
    message.save(update_fields=["attempts", "delivered_at", "payload", "last_error"])
    return 1
