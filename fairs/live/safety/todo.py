"""What the organiser of an edition has to do about what was reported."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import counted_in, number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Todo
from fairs.live.safety.models import LiveReport
from fairs.live.safety.states import ReportState


def reports_to_read(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Messages that somebody reported and nobody has looked at; people wait for it, so it is due now."""
    counted = counted_in(editions, open=number_of(LiveReport.objects.filter(state=ReportState.OPEN)))
    for edition in editions:
        many = counted[edition.pk]["open"]
        if many:
            said = ngettext("message was reported and waits", "messages were reported and wait", many)
            yield Todo(edition, "fairs:moderators", said, _("Read the reports"), many, now)
