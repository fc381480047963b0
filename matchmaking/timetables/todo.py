"""What the organiser of an edition has to do about its meetings."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.counting import counted_in, number_of
from fairs.editions.models import Edition
from fairs.editions.todo import Todo
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries import without_somebody
from matchmaking.parties.models import Matching, Party
from matchmaking.parties.states import MatchingState
from matchmaking.requests.models import Request
from matchmaking.requests.queries import held_messages
from matchmaking.requests.states import RequestState


def meetings_to_arrange(editions: Sequence[Edition], now: datetime) -> Iterable[Todo]:
    """Messages to read, who has nobody to meet for it, and accepted requests without a slot."""
    held = {one.pk: one for one in editions if one.is_open or one.is_running}
    plans = Matching.objects.filter(edition__in=held).exclude(state=MatchingState.ENDED) if held else ()
    known = {one.edition_id: one for one in plans}
    placed = Meeting.objects.standing().filter(request=OuterRef("pk"))
    counted = counted_in(
        [held[pk] for pk in known],
        unplaced=number_of(Request.objects.filter(~Exists(placed), state=RequestState.ACCEPTED)),
        without=number_of(without_somebody()),
        unmet=number_of(Party.objects.meeting().met(False)),
        to_read=number_of(held_messages(), link="request__edition"),
    )
    for pk, told in counted.items():
        edition, plan = held[pk], known[pk]
        if many := told["to_read"]:
            said = ngettext("message waits for you to read it", "messages wait for you to read them", many)
            yield Todo(edition, "matchmaking:messages", said, _("Read them"), many)
        if many := told["unmet"]:
            said = ngettext(
                "organisation takes part and has nobody to meet for it",
                "organisations take part and have nobody to meet for them",
                many,
            )
            yield Todo(edition, "matchmaking:parties", said, _("See for whom"), many, only="unnamed")
        if many := told["without"]:
            said = ngettext(
                "booked meeting has nobody to come for one side any more",
                "booked meetings have nobody to come for one side any more",
                many,
            )
            yield Todo(edition, "matchmaking:timetable", said, _("Repair the timetable"), many)
        if many := told["unplaced"]:
            said = ngettext(
                "accepted request has no slot for its meeting",
                "accepted requests have no slot for their meeting",
                many,
            )
            ends = edition.doors_close_at if edition.is_running else edition.doors_open_at
            begins = plan.asked_until if plan.state == MatchingState.ASKING else None
            act = _("Make the timetable")
            yield Todo(edition, "matchmaking:timetable", said, act, many, ends, begins=begins)
