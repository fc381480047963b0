from typing import Any

from django.db import transaction

from moussem.core.locks import lock
from moussem.core.log import record
from moussem.people.models import User

PREFERENCES = ("first_name", "last_name", "language", "time_zone")


@transaction.atomic
def set_preferences(*, actor: User, **wanted: Any) -> User:
    """The person's own name, language and time zone; the log says which changed, not what they are."""
    person = lock(actor)
    changed = [name for name in PREFERENCES if name in wanted and getattr(person, name) != wanted[name]]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, wanted[name])
    person.save(update_fields=changed)
    record("preferences_changed", person, actor=actor, changed=changed)
    return person
