"""What the organiser of an edition has to do about its doors."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from fairs.badges.models import Door
from fairs.editions.counting import counted_in, number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Todo


def doors_to_open(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Where people come in person, badges are looked at somewhere."""
    held = [one for one in editions if not one.is_digital and (one.is_open or one.is_running)]
    counted = counted_in(held, doors=number_of(Door.objects.filter(left_at=None)))
    for edition in held:
        if not counted[edition.pk]["doors"]:
            said = _("Add a door where badges are looked at.")
            yield Todo(edition, "fairs:doors", said, _("Add a door"), due=edition.doors_open_at)
