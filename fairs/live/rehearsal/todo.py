"""What the organiser of an edition has to do about stands that are not ready."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Counted, Todo
from fairs.live.rehearsal.models import Rehearsal
from fairs.selection.models import Exhibitor

# Earlier, exhibitors are still being chosen and have other things to do.
BEFORE = timedelta(days=14)


def stands_counted() -> dict[str, Coalesce]:
    """The exhibitors of each edition who have not rehearsed."""
    ended = Rehearsal.objects.filter(exhibitor=OuterRef("pk"), ended_at__isnull=False)
    return {"waiting": number_of(Exhibitor.objects.filter(~Exists(ended), left_at=None))}


def stands_to_get_ready(editions: Sequence[Edition], now: datetime, counted: Counted) -> Iterable[Todo]:
    """Exhibitors who have not rehearsed, in the two weeks before the doors open."""
    held = [one for one in editions if one.is_open]
    for edition in held:
        opens = edition.doors_open_at
        many = counted[edition.pk]["waiting"]
        if many and opens:
            said = ngettext("exhibitor has not rehearsed yet", "exhibitors have not rehearsed yet", many)
            act = _("See who is ready")
            yield Todo(edition, "fairs:readiness", said, act, many, opens, opens - BEFORE)
