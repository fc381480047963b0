from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.views.generic import TemplateView

from fairs.applications.queries import call_for, counts_of
from fairs.editions.models import Edition
from fairs.editions.queries import days_with_slots
from fairs.editions.states import EDITION_MOVES
from fairs.editions.todo import agendas_of
from fairs.editions.views import OrganiserPage
from fairs.progress import counted_for_board, progress_of
from fairs.today import today_of
from moussem.core.log import history_of
from moussem.core.models import LogEntry

# What was done last; the board is for what is to be done.
SHOWN_OF_LOG = 8
# As many lines as are looked at for repetitions of one another.
READ_OF_LOG = 80


@dataclass(frozen=True)
class Done:
    """Something that was done, the last of its repetitions, and how many there were one after the other."""

    entry: LogEntry
    times: int


def done_last(edition: Edition) -> list[Done]:
    """What was done last in an edition, by its time; what one person did again and again is one line."""
    lines = history_of(edition).order_by("-at", "-pk")[:READ_OF_LOG]
    runs = (list(run) for _key, run in groupby(lines, key=lambda one: (one.verb, one.actor_id)))
    return [Done(run[0], len(run)) for run in islice(runs, SHOWN_OF_LOG)]


def _of_planning(edition: Edition) -> dict[str, Any]:
    """While it runs, the organiser asks who is there; until when one could apply is history then."""
    return {
        "counts": counts_of(edition),
        "call": call_for(edition, None),
        "plans": days_with_slots(edition),
    }


class Board(OrganiserPage, TemplateView):
    """What is to be done next in an edition, how far it has come, and what was done."""

    template_name = "fairs/organise/board.html"
    section = "board"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition = self.edition
        told = counted_for_board(edition)
        return super().get_context_data(
            agenda=agendas_of([edition])[edition.pk],
            progress=progress_of(edition, told),
            **({"today": today_of(edition, told["inside"])} if edition.is_running else _of_planning(edition)),
            next_state=next(iter(EDITION_MOVES[edition.state]), None),
            history=done_last(edition),
            **context,
        )
