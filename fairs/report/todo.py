"""What the organiser of an edition has to do about its report."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from fairs.editions.models import Edition
from fairs.editions.todo import BOARD, Todo
from fairs.report.queries import results_until


def report_to_hand_in(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Once the doors have closed the report is read, and the edition put away when its results stand fast."""
    for edition in editions:
        if edition.is_closed:
            said = _("It is over. Read its report and hand it in.")
            yield Todo(edition, "fairs:report", said, _("Read the report"))
            said = _("Its results stand fast: put it into the archive.")
            act = _("Put it into the archive")
            yield Todo(edition, BOARD, said, act, begins=results_until(edition))
