"""What the organiser of an edition has to do about stands that are not ready."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import counted_in, number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Todo
from fairs.live.rehearsal.models import Rehearsal
from fairs.selection.models import Exhibitor

# Earlier, exhibitors are still being chosen and have other things to do.
BEFORE = timedelta(days=14)


def stands_to_get_ready(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Exhibitors who have not rehearsed, in the two weeks before the doors open."""
    held = [one for one in editions if one.is_open]
    ended = Rehearsal.objects.filter(exhibitor=OuterRef("pk"), ended_at__isnull=False)
    waiting = Exhibitor.objects.filter(~Exists(ended), left_at=None)
    counted = counted_in(held, waiting=number_of(waiting))
    for edition in held:
        opens = edition.doors_open_at
        many = counted[edition.pk]["waiting"]
        if many and opens:
            said = ngettext("exhibitor has not rehearsed yet", "exhibitors have not rehearsed yet", many)
            act = _("See who is ready")
            yield Todo(edition, "fairs:readiness", said, act, many, opens, opens - BEFORE)
