"""The only place where a state changes.

A model that has a state names its field in ``STATE_FIELD`` and its allowed moves in ``MOVES``
(``{from: {to, ...}}``, kept in the room's `states.py`).
"""

from typing import Any

from django.db import models

from moussem.core.errors import MoveNotAllowed
from moussem.core.events import moved
from moussem.core.log import record


def can_move(subject: models.Model, to: str) -> bool:
    """Whether the table of the model allows this move from where it stands."""
    return to in subject.MOVES.get(getattr(subject, subject.STATE_FIELD), ())


def move(
    subject: models.Model,
    to: str,
    *,
    actor: models.Model | None,
    reason: str = "",
    also: tuple[str, ...] = (),
    **facts: Any,
) -> models.Model:
    """Change the state of a locked object, write the log line, announce on commit.

    ``also`` names other fields of the object, already set, that are saved in the same statement.
    """
    field = subject.STATE_FIELD
    here = getattr(subject, field)
    if not can_move(subject, to):
        labels = dict(subject._meta.get_field(field).flatchoices)
        raise MoveNotAllowed(here=labels.get(here, here), there=labels.get(to, to))
    setattr(subject, field, str(to))
    subject.save(update_fields=[field, *also])
    record(f"moved.{to}", subject, actor=actor, was=str(here), now=str(to), reason=reason, **facts)
    moved.announce(subject.__class__, subject=subject, was=str(here), now=str(to), actor=actor, reason=reason)
    return subject
