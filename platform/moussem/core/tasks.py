"""Doorbells: each may ring twice."""

import time
from datetime import timedelta
from itertools import takewhile

from django.conf import settings
from django.core.mail import BadHeaderError
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from moussem.core.carriers import HANDLERS
from moussem.core.errors import Refusal
from moussem.core.models import Arrival, OutboxMessage
from moussem.core.schedule import every

BATCH = 50
# After so long no further message is begun, and the rest of a batch is let go.
CARRY_FOR = timedelta(minutes=5)
# Longer than a whole batch takes to its last answer; who died while carrying is replaced after it.
CARRIED_WITHIN = timedelta(minutes=10)
# A device that has not heard its answer for longer has been given up.
ARRIVALS_KEPT = timedelta(days=90)
# OSError covers refused connections, time-outs and every smtplib and urllib error.
RETRIED = (OSError, BadHeaderError, ValueError, Refusal)


@task()
def deliver_outbox() -> int:
    """How many due messages went; one that fails is tried again later, ever more rarely."""
    sent, until = 0, time.monotonic() + CARRY_FOR.total_seconds()
    while sent < BATCH:
        claimed, are_all = _claim()
        carried = _carry_each(claimed)
        sent += sum(message.delivered_at is not None for message in carried)
        # Out of time: the worker has other work, and the clock rings again within the minute.
        if are_all or len(carried) < len(claimed) or time.monotonic() >= until:
            return sent
    deliver_outbox.enqueue()
    return sent


@transaction.atomic
def _claim() -> tuple[list[OutboxMessage], bool]:
    """The first due messages, put off, and whether no other is due.

    Nobody else takes them, and no lock is held while they are carried. What was tried before goes alone:
    a message that takes its process down does so to the others of its batch once, not for ever.
    """
    now = timezone.now()
    waiting = OutboxMessage.objects.filter(delivered_at=None, next_try_at__lte=now).order_by("pk")
    skips = connection.features.has_select_for_update_skip_locked
    due = list(waiting.select_for_update(skip_locked=skips)[:BATCH])
    claimed = list(takewhile(lambda message: not message.attempts, due)) or due[:1]
    if claimed:
        for message in claimed:
            message.attempts += 1
        _rows(claimed).update(attempts=F("attempts") + 1, next_try_at=now + CARRIED_WITHIN)
    return claimed, len(claimed) == len(due) < BATCH


def _carry_each(claimed: list[OutboxMessage]) -> list[OutboxMessage]:
    """Those of a batch that were carried before its time was over, with what came of each."""
    waiting, carried = list(claimed), []
    until = time.monotonic() + CARRY_FOR.total_seconds()
    try:
        while waiting and time.monotonic() < until:
            carried.append(_carry(waiting.pop(0)))
    finally:
        # A message that broke its carrier is in neither list: it stays put off.
        if carried:
            told = ["delivered_at", "payload", "last_error", "next_try_at"]
            OutboxMessage.objects.bulk_update(carried, told)
        if waiting:
            _rows(waiting).update(attempts=F("attempts") - 1, next_try_at=timezone.now())
    return carried


def _carry(message: OutboxMessage) -> OutboxMessage:
    """The message with what came of it, not saved yet."""
    try:
        HANDLERS[message.kind](message.payload)
    except RETRIED as error:
        message.last_error = f"{type(error).__name__}: {error}"
        message.next_try_at = timezone.now() + timedelta(minutes=min(2**message.attempts, 24 * 60))
        return message
    message.delivered_at, message.last_error = timezone.now(), ""
    # A text may hold a link that opens an account: who was written to and about what is enough to keep.
    for part in ("body", "invitation", "also"):
        message.payload.pop(part, None)
    return message


def _rows(messages: list[OutboxMessage]) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(pk__in=[message.pk for message in messages])


@every(minutes=1)
def deliver_what_waits() -> int:
    """What failed before and is due again, and what was posted by a process that died."""
    return deliver_outbox.call()


def queue_is_in_database() -> bool:
    """Whether a task is a row that is written and undone with the transaction that enqueues it."""
    return settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db.")


@every(hours=24)
def forget_what_is_over() -> None:
    """Sessions that have ended, and tasks that were done two weeks ago."""
    call_command("clearsessions")
    if queue_is_in_database():
        call_command("prune_db_task_results", verbosity=0)


@every(hours=24)
def forget_arrivals() -> int:
    """How many keys of devices were forgotten: nobody sends them again after so long."""
    return Arrival.objects.filter(at__lt=timezone.now() - ARRIVALS_KEPT).delete()[0]
