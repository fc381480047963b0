"""A page with a form for each thing that can be done there, sent to the page itself."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from matchmaking.meetings.errors import SlotTaken
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.openings import openings_for
from matchmaking.parties.queries import slots_at
from matchmaking.requests.clocks import Zones
from matchmaking.requests.forms import BookForm
from matchmaking.requests.models import Request
from matchmaking.views.pages import PartyPage
from moussem.core.errors import Refusal
from moussem.core.pages import sayable

OFFERED = 6


class ActsPage(ABC, PartyPage, TemplateView):
    """Each act has a ``form_<act>`` that gives its form, and a ``do_<act>`` that does it and says so."""

    acts: tuple[str, ...] = ()

    def may(self, act: str) -> bool:
        """Whether this can be done now."""
        return True

    @abstractmethod
    def back(self, act: str) -> str:
        """The page once something is done."""

    def forms(self) -> dict[str, Any]:
        """A form for each thing that can be done; the one that was sent holds what was typed."""
        return {act: self.form(act) for act in self.acts if self.may(act)}

    def form(self, act: str) -> Any:
        """One form, with what was typed where it was sent."""
        sent = self.request.POST if self.request.POST.get("act") == act else None
        return getattr(self, f"form_{act}")({"data": sent, "prefix": act})

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context.setdefault("forms", self.forms())
        return super().get_context_data(sent=self.request.POST.get("act", ""), **context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what was asked, or show the form again with the reason above what was typed."""
        act = request.POST.get("act", "")
        if act not in self.acts:
            raise Http404
        forms = self.forms()
        if act not in forms:
            # The button was there when the page was read: it shows what has happened since.
            said = _("This cannot be done any more. Nothing was changed; the page shows how things stand.")
            messages.error(request, said)
            return redirect(self.back(""))
        form = forms[act]
        if form.is_valid():
            try:
                messages.success(request, getattr(self, f"do_{act}")(form))
            except Refusal as refusal:
                self.refuse(form, refusal)
            else:
                return redirect(self.back(act))
        return self.render_to_response(self.get_context_data(forms=forms))

    def refuse(self, form: Any, refusal: Refusal) -> None:
        """A refusal above what was typed."""
        form.add_error(None, sayable(refusal))


class OffersSlots(ActsPage):
    """A page with a form that chooses a slot: the next that suit both, then the others."""

    zones: Zones

    def with_openings(self, form: BookForm, request: Request, *, moving: Meeting | None = None) -> BookForm:
        """A form with the slots; ``moving`` names a meeting that would leave its own for one of them."""
        found = openings_for(request, self.matching, most=None, moving=moving)
        known = slots_at(self.edition).filter(begins__gt=timezone.now())
        slots = [one.slot for one in found]
        form.offer(slots[:OFFERED], self.zones, known=list(known), more=slots[OFFERED:])
        return form

    def refuse(self, form: Any, refusal: Refusal) -> None:
        """The next slots in the place of one that is gone; the rest of the form stays as it was typed."""
        if not (isinstance(refusal, SlotTaken) and isinstance(form, BookForm)):
            return super().refuse(form, refusal)
        found = [one.slot for one in refusal.openings]
        data = form.data.copy()
        data[form.add_prefix("slot")] = str(found[0].pk)
        form.data = data
        form.offer(found, self.zones, known=found)
        form.add_error("slot", refusal.message)
        return None
