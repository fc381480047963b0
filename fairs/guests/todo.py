"""What the organiser of an edition has to do about who registers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.models import Edition
from fairs.editions.todo import Todo
from fairs.guests.models import Guest
from fairs.guests.queries import answer_by
from fairs.guests.rules import takes_guests
from fairs.guests.states import GuestState


def registrations_to_check(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Whoever waits to be admitted, due when the first of them was promised an answer."""
    taking = {one.pk: one for one in editions if takes_guests(one)}
    waiting = Guest.objects.filter(edition__in=taking, state=GuestState.WAITING).order_by()
    counted = waiting.values_list("edition").annotate(Count("pk"), Min("asked_at")) if taking else ()
    for pk, many, oldest in counted:
        said = ngettext("registration waits to be checked", "registrations wait to be checked", many)
        due = answer_by(taking[pk], oldest)
        yield Todo(taking[pk], "fairs:vet", said, _("Check them"), many, due)
