"""The write log: who did what to which object, and what changed."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from moussem.core.models import LogEntry

AT_ONCE = 500


def record(verb: str, subject: models.Model, *, actor: models.Model | None, **facts: Any) -> LogEntry:
    """One line of the log. ``actor`` is a user, or None when the clock or a provider did it."""
    entry = _entry(verb, subject, actor, facts)
    entry.save(force_insert=True)
    return entry


def record_each(
    verb: str, told: Iterable[tuple[models.Model, dict[str, Any]]], *, actor: models.Model | None
) -> list[LogEntry]:
    """One line of the log for each of several objects with its facts, a few hundred in each query."""
    entries = [_entry(verb, subject, actor, facts) for subject, facts in told]
    return LogEntry.objects.bulk_create(entries, batch_size=AT_ONCE)


def _entry(verb: str, subject: models.Model, actor: models.Model | None, facts: dict[str, Any]) -> LogEntry:
    return LogEntry(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        actor_id=actor.pk if actor is not None else None,
        facts=facts,
    )


def history_of(subject: models.Model) -> models.QuerySet[LogEntry]:
    """The log of one object, oldest first."""
    return LogEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    ).select_related("actor")
