"""One request: what was asked, by the clocks of both, and what this side can do about it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.editions.states import ENDED
from fairs.editions.views import kept
from matchmaking.meetings.actions import accept_and_book, book, call_off
from matchmaking.meetings.errors import SlotTaken
from matchmaking.meetings.queries import meeting_of, openings_for
from matchmaking.parties.models import Party, Slot
from matchmaking.parties.queries import slots_at
from matchmaking.parties.rules import is_talking
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, counter, decline, edit_request, wish
from matchmaking.requests.choices import slots_to_choose
from matchmaking.requests.clocks import Zones
from matchmaking.requests.forms import (
    AcceptForm,
    AskForm,
    BookForm,
    CounterForm,
    DeclineForm,
    Goods,
    WithdrawForm,
)
from matchmaking.requests.models import Request
from matchmaking.requests.queries import held_slot_of, message_for, request_for
from matchmaking.requests.states import RequestState
from matchmaking.views.asking import RequestsPage, dealing, other_of
from moussem.core.errors import Refusal
from moussem.core.pages import sayable

OFFERED = 6


class RequestPage(RequestsPage, TemplateView):
    """A request, for a party to it."""

    template_name = "matchmaking/request.html"

    @cached_property
    def asked(self) -> Request:
        """The request of the address."""
        found = request_for(self.party, self.kwargs["pk"])
        if found is None or found.edition_id != self.edition.pk:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.asked  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def other(self) -> Party:
        """The other side."""
        return other_of(self.asked, self.party)

    @cached_property
    def zones(self) -> Zones:
        """Both sides' clocks beside the fair's."""
        return self.zones_with(self.other)

    @cached_property
    def goods(self) -> Goods:
        """What the two may talk about."""
        return self.goods_with(self.other)

    @cached_property
    def is_live(self) -> bool:
        """Whether whoever accepts chooses the slot at once."""
        return self.matching is not None and self.matching.state == MatchingState.LIVE

    @cached_property
    def may(self) -> dict[str, bool]:
        """What this side can do now."""
        talks = is_talking(self.matching)
        answers = self.asked.is_pending and self.asked.waits_for == self.party.side
        asked = self.asked.is_pending and not answers
        over = self.edition.state in ENDED
        agreed = self.asked.state == RequestState.ACCEPTED
        begun = bool(self.meeting and self.meeting.slot.begins <= timezone.now())
        return {
            "accept": answers and talks,
            "decline": answers and talks,
            "counter": answers and talks,
            "book": agreed and self.is_live and not over and not self.meeting,
            "edit": asked and self.is_open,
            "withdraw": (asked or agreed) and not over and not begun,
        }

    @cached_property
    def meeting(self) -> Any:
        """The meeting of this request that stands."""
        return meeting_of(self.asked)

    def forms(self) -> dict[str, Any]:
        """A form for each thing that can be done; the one that was sent holds what was typed."""
        return {name: self.form(name) for name, is_open in self.may.items() if is_open}

    def form(self, name: str) -> Any:
        """One form, with what was typed where it was sent."""
        sent = self.request.POST if self.request.POST.get("act") == name else None
        told = {"data": sent, "prefix": name}
        words = {**told, "has_words": not self.matching.reads_messages}
        if name == "accept":
            form = AcceptForm(**words)
            return self.with_openings(form) if self.is_live else form
        if name == "book":
            return self.with_openings(BookForm(**told))
        if name in ("decline", "withdraw"):
            return {"decline": DeclineForm, "withdraw": WithdrawForm}[name](**words)
        about = {**told, "goods": self.goods, "request": self.asked, "zones": self.zones}
        about["slots"] = self.slots
        if name == "counter":
            return CounterForm(**about)
        return AskForm(**about, languages=sorted({*self.party.languages, *self.other.languages}))

    @cached_property
    def slots(self) -> list[Slot]:
        """The slots that can be named, those of the request included as far as they are to come."""
        named = [one for one in self.asked.slots.all() if one.begins > timezone.now()]
        return sorted({*slots_to_choose(self.delegate), *named}, key=lambda slot: slot.begins)

    def with_openings(self, form: BookForm) -> BookForm:
        """A form with the next slots that suit both."""
        found = openings_for(self.asked, self.matching, most=OFFERED)
        known = slots_at(self.edition).filter(begins__gt=timezone.now())
        form.offer([one.slot for one in found], self.zones, known=list(known))
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context.setdefault("forms", self.forms())
        held = held_slot_of(self.asked)
        # Once a meeting has its slot, what was preferred is of no use to anybody.
        preferred = [] if self.meeting else [one for one in self.asked.slots.all() if one != held]
        return super().get_context_data(
            asked=self.asked,
            languages_asked=[self.asked.language],
            families=dealing(self.party, [self.other])[0]["families"],
            other=self.other,
            is_mine=self.asked.asked_by == self.party.side,
            message=message_for(self.asked, self.party),
            held=held,
            preferred=preferred,
            zones=self.zones,
            meeting=self.meeting,
            is_live=self.is_live,
            sent=self.request.POST.get("act", ""),
            **context,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("act", "")
        forms = self.forms()
        form = forms.get(name)
        if form is None:
            # The button was there when the page was read: say what has happened since.
            return self.too_late(name)
        if form.is_valid():
            try:
                said = getattr(self, f"do_{name}")(form)
            except SlotTaken as refusal:
                self.offer_others(form, refusal)
            except Refusal as refusal:
                form.add_error(None, sayable(refusal))
            else:
                messages.success(request, said % {"party": self.other.organisation.label})
                draft = f"{name}-{self.asked.pk}"
                return redirect(
                    kept(draft, reverse("matchmaking:request", args=[self.edition.slug, self.asked.pk]))
                )
        return self.render_to_response(self.get_context_data(forms=forms))

    def too_late(self, name: str) -> HttpResponse:
        """What became of the request, on its page."""
        if name not in self.may:
            raise Http404
        said = _("This cannot be done any more. Nothing was changed; the page shows how the request stands.")
        messages.error(self.request, said)
        return redirect("matchmaking:request", self.edition.slug, self.asked.pk)

    def offer_others(self, form: BookForm, refusal: SlotTaken) -> None:
        """The next slots in the place of the one that is gone; the rest of the form stays as it was typed."""
        found = [one.slot for one in refusal.openings]
        data = form.data.copy()
        data[form.add_prefix("slot")] = str(found[0].pk)
        form.data = data
        form.offer(found, self.zones, known=found)
        form.add_error("slot", refusal.message)

    def do_accept(self, form: AcceptForm) -> str:
        """Both want to meet; during the fair the meeting is booked with it."""
        told = form.cleaned_data
        answer = {"priority": told["priority"], "answer": told.get("answer", "")}
        if self.is_live:
            accept_and_book(self.asked, actor=self.request.user, slot=told["slot"], **answer)
            return _("The meeting with %(party)s is booked.")
        accept(self.asked, actor=self.request.user, **answer)
        return _("Accepted. %(party)s is written to; the timetable finds the slot.")

    def do_book(self, form: BookForm) -> str:
        """What both agreed to gets its slot, by whoever of them chooses one first."""
        book(self.asked, actor=self.request.user, slot=form.cleaned_data["slot"])
        return _("The meeting with %(party)s is booked.")

    def do_decline(self, form: DeclineForm) -> str:
        """This side does not meet."""
        told = form.cleaned_data
        decline(self.asked, actor=self.request.user, reason=told["reason"], answer=told.get("answer", ""))
        if told["no_thanks"]:
            wish(self.party, self.other, actor=self.request.user, is_wanted=False)
        return _("Declined. %(party)s reads the reason.")

    def do_counter(self, form: CounterForm) -> str:
        """Something else is proposed."""
        counter(self.asked, actor=self.request.user, **form.typed())
        return _("Proposed. The answer is up to %(party)s now.")

    def do_edit(self, form: AskForm) -> str:
        """What was asked for is changed."""
        edit_request(self.asked, actor=self.request.user, **form.typed())
        return _("Your request is changed. %(party)s reads it as it is now.")

    def do_withdraw(self, form: WithdrawForm) -> str:
        """The request is taken back, and the meeting with it."""
        call_off(self.asked, actor=self.request.user, reason=form.cleaned_data.get("reason", ""))
        return _("Taken back. %(party)s is written to.")
