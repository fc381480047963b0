"""What the organiser of an edition has to do about its programme."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Counted, Todo
from fairs.sessions.models import Session
from fairs.sessions.queries import conflicts_among


def sessions_to_plan_anew(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Sessions that cannot be held as they are planned: outside the days, in a break, two in one place."""
    planned = {one.pk: one for one in editions if one.is_planned or one.is_running}
    for key, conflicts in conflicts_among(planned.values(), now).items():
        edition = planned[key]
        # While the fair runs each of them has its own hour; the opening is over.
        due = edition.doors_open_at if edition.is_planned else edition.doors_close_at
        troubled = {pk for one in conflicts for pk in (one.session, one.other) if pk is not None}
        if many := len(troubled):
            said = ngettext(
                "session cannot be held as it is planned", "sessions cannot be held as they are planned", many
            )
            yield Todo(edition, "fairs:plan", said, _("See why"), many, due)


def sessions_counted() -> dict[str, Coalesce]:
    """Planned sessions that visitors were never shown, of each edition."""
    return {"hidden": number_of(Session.objects.filter(showing=None, is_cancelled=False))}


def sessions_to_release(editions: Sequence[Edition], now: datetime, counted: Counted) -> Iterable[Todo]:
    """Planned sessions that visitors were never shown."""
    held = [one for one in editions if one.is_open or one.is_running]
    for edition in held:
        if many := counted[edition.pk]["hidden"]:
            said = ngettext(
                "planned session is hidden from visitors", "planned sessions are hidden from visitors", many
            )
            yield Todo(
                edition, "fairs:release", said, _("Release the programme"), many, edition.doors_open_at
            )
