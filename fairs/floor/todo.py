"""What the organiser of an edition has to do about its floor."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import number_of
from fairs.editions.models import Edition
from fairs.editions.states import Mode, Presence
from fairs.editions.todo import Counted, Todo
from fairs.floor.models import Allotment, Booth
from fairs.selection.models import Exhibitor


def booths_counted() -> dict[str, Coalesce]:
    """The booths of each edition, and those who stand in its halls and have none."""
    current = Allotment.objects.current().filter(exhibitor=OuterRef("pk"))
    on_a_screen = Q(edition__mode=Mode.HYBRID, mode=Presence.DIGITAL)
    waiting = Exhibitor.objects.filter(~Exists(current), ~on_a_screen, left_at=None)
    return {"waiting": number_of(waiting), "booths": number_of(Booth.objects.standing())}


def booths_to_allot(editions: Sequence[Edition], now: datetime, counted: Counted) -> Iterable[Todo]:
    """Exhibitors who stand in the halls and have no booth there, due when the doors open."""
    held = [one for one in editions if one.is_planned or one.is_running]
    for edition in held:
        told = counted[edition.pk]
        many = told["waiting"]
        # A digital edition has booths to be met at only where its organiser drew some.
        if many and (told["booths"] or not edition.is_digital):
            said = ngettext("exhibitor has no booth", "exhibitors have no booth", many)
            yield Todo(edition, "fairs:floor", said, _("Allot booths"), many, edition.doors_open_at)
