from typing import Any

from django.views.generic import TemplateView

from fairs.applications.queries import call_for, counts_of
from fairs.editions.queries import days_with_slots
from fairs.editions.states import EDITION_MOVES
from fairs.editions.todo import agendas_of
from fairs.editions.views import OrganiserPage
from fairs.progress import progress_of
from moussem.core.log import history_of

# What was done last; the board is for what is to be done.
SHOWN_OF_LOG = 8


class Board(OrganiserPage, TemplateView):
    """What is to be done next in an edition, how far it has come, and what was done."""

    template_name = "fairs/organise/board.html"
    section = "board"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition = self.edition
        return super().get_context_data(
            agenda=agendas_of([edition])[edition.pk],
            progress=progress_of(edition),
            counts=counts_of(edition),
            call=call_for(edition, None),
            plans=days_with_slots(edition),
            next_state=next(iter(EDITION_MOVES[edition.state]), None),
            history=history_of(edition).order_by("-pk")[:SHOWN_OF_LOG],
            **context,
        )
