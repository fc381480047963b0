"""The only place where a state changes.

A model that has a state names its field in ``STATE_FIELD`` and its allowed moves in ``MOVES``
(``{from: {to, ...}}``, kept in the room's `states.py`). Where people press the buttons, ``STANDS`` holds
a sentence for each state: it tells whoever comes too late what has happened.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from moussem.core.errors import MoveNotAllowed
from moussem.core.events import moved
from moussem.core.log import AT_ONCE, record, record_each


def stands_at(*states: str) -> property:
    """A property of a model: whether it is in one of these states, so that no page compares raw words."""
    return property(lambda subject: getattr(subject, subject.STATE_FIELD) in states)


def can_move(subject: models.Model, to: str) -> bool:
    """Whether the table of the model allows this move from where it stands."""
    return to in subject.MOVES.get(getattr(subject, subject.STATE_FIELD), ())


def standing(subject: models.Model) -> str:
    """What has happened to the object, in a sentence."""
    here = getattr(subject, subject.STATE_FIELD)
    told = getattr(subject, "STANDS", {}).get(here)
    if told is not None:
        return str(told)
    label = dict(subject._meta.get_field(subject.STATE_FIELD).flatchoices).get(here, here)
    return _("This stands at “%(state)s” now, which leaves no room for that.") % {"state": label}


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
        raise MoveNotAllowed(happened=standing(subject))
    setattr(subject, field, str(to))
    subject.save(update_fields=[field, *also])
    record(f"moved.{to}", subject, actor=actor, was=str(here), now=str(to), reason=reason, **facts)
    moved.announce(subject.__class__, subject=subject, was=str(here), now=str(to), actor=actor, reason=reason)
    return subject


def move_each(
    subjects: Sequence[models.Model],
    to: str,
    *,
    actor: models.Model | None,
    reason: str = "",
    also: tuple[str, ...] = (),
) -> None:
    """The same for many locked objects of one model, all of them or none, a few hundred in each query."""
    if not subjects:
        return
    model, field = subjects[0].__class__, subjects[0].STATE_FIELD
    if stuck := next((one for one in subjects if not can_move(one, to)), None):
        raise MoveNotAllowed(happened=standing(stuck))
    told = [(one, {"was": str(getattr(one, field)), "now": str(to), "reason": reason}) for one in subjects]
    for one in subjects:
        setattr(one, field, str(to))
    model._base_manager.bulk_update(subjects, [field, *also], batch_size=AT_ONCE)
    record_each(f"moved.{to}", told, actor=actor)
    for one, facts in told:
        moved.announce(model, subject=one, actor=actor, **facts)
