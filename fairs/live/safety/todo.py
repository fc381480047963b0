"""What the organiser of an edition has to do about what was reported."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Counted, Todo
from fairs.live.safety.models import LiveReport
from fairs.live.safety.states import ReportState


def reports_counted() -> dict[str, Coalesce]:
    """Messages of each edition that somebody reported and nobody has looked at."""
    return {"open": number_of(LiveReport.objects.filter(state=ReportState.OPEN))}


def reports_to_read(editions: Sequence[Edition], now: datetime, counted: Counted) -> Iterable[Todo]:
    """Messages that somebody reported and nobody has looked at; people wait for it, so it is due now."""
    for edition in editions:
        many = counted[edition.pk]["open"]
        if many:
            said = ngettext("message was reported and waits", "messages were reported and wait", many)
            yield Todo(edition, "fairs:moderators", said, _("Read the reports"), many, now)
