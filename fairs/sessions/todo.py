"""What the organiser of an edition has to do about its programme."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import counted_in, number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Todo
from fairs.sessions.models import Session
from fairs.sessions.queries import conflicts_of, sessions_in


def sessions_to_plan_anew(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Sessions that cannot be held as they are planned: outside the days, in a break, two in one place."""
    planned = {one.pk: one for one in editions if one.is_planned or one.is_running}
    found: dict[int, list[Session]] = defaultdict(list)
    for session in sessions_in(planned) if planned else ():
        found[session.edition_id].append(session)
    for key, sessions in found.items():
        edition, troubled = planned[key], set()
        for conflict in conflicts_of(edition, sessions):
            troubled |= {conflict.session, conflict.other} - {None}
        if many := len(troubled):
            said = ngettext(
                "session cannot be held as it is planned", "sessions cannot be held as they are planned", many
            )
            yield Todo(edition, "fairs:plan", said, _("See why"), many, edition.doors_open_at)


def sessions_to_release(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Planned sessions that visitors were never shown."""
    held = [one for one in editions if one.is_open or one.is_running]
    hidden = Session.objects.filter(showing=None, is_cancelled=False)
    counted = counted_in(held, hidden=number_of(hidden))
    for edition in held:
        if many := counted[edition.pk]["hidden"]:
            said = ngettext(
                "planned session is hidden from visitors", "planned sessions are hidden from visitors", many
            )
            yield Todo(
                edition, "fairs:release", said, _("Release the programme"), many, edition.doors_open_at
            )
