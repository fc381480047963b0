from typing import Any

from django.views.generic import TemplateView

from fairs.applications.queries import call_for, counts_of
from fairs.editions.actions import missing_for_announcement
from fairs.editions.queries import days_with_slots
from fairs.editions.states import EDITION_MOVES, EditionState
from fairs.editions.views import OrganiserPage
from moussem.core.log import history_of


class Board(OrganiserPage, TemplateView):
    """How far an edition has come, what is missing, and what can be done next."""

    template_name = "fairs/organise/board.html"
    section = "board"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition = self.edition
        is_draft = edition.state == EditionState.DRAFT
        return super().get_context_data(
            counts=counts_of(edition),
            call=call_for(edition, None),
            plans=days_with_slots(edition),
            missing=missing_for_announcement(edition) if is_draft else [],
            next_state=next(iter(EDITION_MOVES[edition.state]), None),
            history=history_of(edition).order_by("-pk")[:12],
            **context,
        )
