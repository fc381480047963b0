"""The write log: who did what to which object, and what changed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models

from moussem.core.models import LogEntry

AT_ONCE = 500
Watcher = Callable[[Sequence[models.Model]], None]
_WATCHERS: dict[str, list[Watcher]] = {}


def watches(*labels: str) -> Callable[[Watcher], Watcher]:
    """Register a function that is told, within the transaction, whose objects were written about.

    ``@watches("catalogue.product")`` on a function that takes the objects. Every write is logged, so what has
    to follow every write can hang here, and holds or falls with it.
    """

    def register(watcher: Watcher) -> Watcher:
        for label in labels:
            _WATCHERS.setdefault(label, []).append(watcher)
        return watcher

    return register


def _tell(subjects: Sequence[models.Model]) -> None:
    for label in {subject._meta.label_lower for subject in subjects} & _WATCHERS.keys():
        about = [subject for subject in subjects if subject._meta.label_lower == label]
        for watcher in _WATCHERS[label]:
            watcher(about)


def record(verb: str, subject: models.Model, *, actor: models.Model | None, **facts: Any) -> LogEntry:
    """One line of the log. ``actor`` is a user, or None when the clock or a provider did it."""
    entry = _entry(verb, subject, actor, facts)
    entry.save(force_insert=True)
    _tell([subject])
    return entry


def record_each(
    verb: str, told: Iterable[tuple[models.Model, dict[str, Any]]], *, actor: models.Model | None
) -> list[LogEntry]:
    """One line of the log for each of several objects with its facts, a few hundred in each query."""
    told = list(told)
    entries = [_entry(verb, subject, actor, facts) for subject, facts in told]
    LogEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    _tell([subject for subject, _facts in told])
    return entries


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
