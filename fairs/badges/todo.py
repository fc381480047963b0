"""What the organiser of an edition has to do about its doors."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from fairs.badges.models import Door
from fairs.editions.counting import number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Counted, Todo


def doors_counted() -> dict[str, Coalesce]:
    """The doors of each edition."""
    return {"doors": number_of(Door.objects.filter(left_at=None))}


def doors_to_open(editions: Sequence[Edition], now: datetime, counted: Counted) -> Iterable[Todo]:
    """Where people come in person, badges are looked at somewhere."""
    held = [one for one in editions if not one.is_digital and (one.is_open or one.is_running)]
    for edition in held:
        if not counted[edition.pk]["doors"]:
            said = _("Add a door where badges are looked at.")
            yield Todo(edition, "fairs:doors", said, _("Add a door"), due=edition.doors_open_at)
