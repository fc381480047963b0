"""Doors are opened and closed for good, and people named who keep them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from fairs.badges.errors import DoorNameTaken, KeeperUnknown
from fairs.badges.models import Door, DoorKeeper
from fairs.editions.actions import end_duty, give_duty, hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.rules import may_organise
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.people.queries import person_with_address


@transaction.atomic
def open_door(edition: Edition, *, actor: Any, **told: Any) -> Door:
    """One more place where badges are looked at; one of that name that was closed is opened again.

    ``told`` holds its names and rules.
    """
    edition = hold_own_edition(edition, actor)
    known = list(edition.doors.filter(_called(told)))
    # Two that were closed, each called so in one language, are no door to open again.
    require(len(known) <= 1 and all(one.left_at is not None for one in known), DoorNameTaken)
    door = known[0] if known else Door(edition=edition)
    door.left_at = None
    return _keep(door, actor, "door_opened", told)


@transaction.atomic
def change_door(door: Door, *, actor: Any, **told: Any) -> Door:
    """A door with other names or other rules; what was scanned at it stays."""
    edition = hold_own_edition(door.edition, actor)
    require(not edition.doors.filter(_called(told)).exclude(pk=door.pk).exists(), DoorNameTaken)
    return _keep(lock(door), actor, "door_changed", told)


def _called(told: dict[str, Any]) -> Q:
    """Doors that go by one of these names in its language: on a page of that language they are the same."""
    names = {f"{name}__iexact": told[name] for name in ("name_en", "name_fr", "name_ar")}
    return Q(**names, _connector=Q.OR)


def _keep(door: Door, actor: Any, verb: str, told: dict[str, Any]) -> Door:
    for field, value in told.items():
        setattr(door, field, value)
    try:
        with transaction.atomic():
            door.save()
    except IntegrityError as error:
        raise DoorNameTaken from error
    facts = {"hall": door.hall_id, "roles": door.roles, "days": door.days}
    record(verb, door.edition, actor=actor, door=door.names, **facts)
    return door


@transaction.atomic
def close_door(door: Door, *, actor: Any) -> Door:
    """No badge is looked at here any more."""
    hold_own_edition(door.edition, actor)
    door = lock(door)
    if door.left_at is None:
        door.left_at = timezone.now()
        door.save(update_fields=["left_at"])
        record("door_closed", door.edition, actor=actor, door=door.names)
    return door


def name_keeper(edition: Edition, *, actor: Any, email: str) -> DoorKeeper:
    """A person with an account who stands at the doors; one who had left comes back."""
    require(may_organise(actor, edition), NotYours)
    person = person_with_address(email)
    require(person, KeeperUnknown, email=email)
    told = {"verb": "keeper_named", "letter": "door_keeper", "page": "fairs:door"}
    return give_duty(DoorKeeper, edition, actor=actor, person=person, **told)


def dismiss_keeper(keeper: DoorKeeper, *, actor: Any) -> DoorKeeper:
    """Somebody keeps the doors no more; their devices send nothing from now on."""
    return end_duty(keeper, actor=actor, verb="keeper_dismissed")
