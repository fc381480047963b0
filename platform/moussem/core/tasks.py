"""Doorbells: each may ring twice."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import BadHeaderError
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from moussem.core.carriers import HANDLERS
from moussem.core.errors import Refusal
from moussem.core.models import OutboxMessage
from moussem.core.schedule import every

BATCH = 50
# Longer than any carrier waits for an answer; who died while carrying is replaced after it.
CARRIED_WITHIN = timedelta(minutes=10)
# OSError covers refused connections, time-outs and every smtplib and urllib error.
RETRIED = (OSError, BadHeaderError, ValueError, Refusal)


@task()
def deliver_outbox() -> int:
    """How many due messages went; one that fails is tried again later, ever more rarely."""
    sent = 0
    while (message := _claim()) is not None:
        sent += _deliver(message)
        if sent >= BATCH:
            deliver_outbox.enqueue()
            break
    return sent


@transaction.atomic
def _claim() -> OutboxMessage | None:
    """The first due message, put off: nobody else takes it, and no lock is held while it is carried."""
    due = OutboxMessage.objects.filter(delivered_at=None, next_try_at__lte=timezone.now()).order_by("pk")
    message = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if message is not None:
        message.attempts += 1
        message.next_try_at = timezone.now() + CARRIED_WITHIN
        message.save(update_fields=["attempts", "next_try_at"])
    return message


def _deliver(message: OutboxMessage) -> bool:
    try:
        HANDLERS[message.kind](message.payload)
    except RETRIED as error:
        message.last_error = f"{type(error).__name__}: {error}"
        message.next_try_at = timezone.now() + timedelta(minutes=min(2**message.attempts, 24 * 60))
        message.save(update_fields=["last_error", "next_try_at"])
        return False
    message.delivered_at, message.last_error = timezone.now(), ""
    # A text may hold a link that opens an account: who was written to and about what is enough to keep.
    message.payload.pop("body", None)
    message.save(update_fields=["delivered_at", "payload", "last_error"])
    return True


@every(minutes=1)
def deliver_what_waits() -> int:
    """What failed before and is due again, and what was posted by a process that died."""
    return deliver_outbox.call()


@every(hours=24)
def forget_what_is_over() -> None:
    """Sessions that have ended, and tasks that were done two weeks ago."""
    call_command("clearsessions")
    if settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db."):
        call_command("prune_db_task_results", verbosity=0)
