"""One request: what was asked, by the clocks of both, and what this side can do about it."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairs.editions.states import ENDED
from fairs.editions.views import kept
from matchmaking.meetings.actions import accept_and_book, book, call_off
from matchmaking.meetings.openings import free_in
from matchmaking.meetings.queries import meeting_of
from matchmaking.parties.models import Party, Slot
from matchmaking.parties.rules import is_talking
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import accept, counter, decline, decline_for_good, edit_request
from matchmaking.requests.choices import slots_to_choose
from matchmaking.requests.clocks import Zones
from matchmaking.requests.forms import (
    AcceptForm,
    AskForm,
    BookForm,
    CounterForm,
    DeclineForm,
    WithdrawForm,
)
from matchmaking.requests.goods import Goods
from matchmaking.requests.models import Request
from matchmaking.requests.queries import goods_told, held_slot_of, held_until_of, messages_for, request_for
from matchmaking.requests.states import RequestState
from matchmaking.views.acts import OffersSlots
from matchmaking.views.asking import RequestsPage, dealing, reasons_between
from moussem.core.once import TakenOnce


class RequestPage(TakenOnce, RequestsPage, OffersSlots):
    """A request, for a party to it."""

    template_name = "matchmaking/request.html"
    acts = ("accept", "decline", "counter", "book", "edit", "withdraw")

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
        return self.asked.across(self.party)

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

    def may(self, act: str) -> bool:
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
        }[act]

    def back(self, act: str) -> str:
        address = reverse("matchmaking:request", args=[self.edition.slug, self.asked.pk])
        return kept(f"{act}-{self.asked.pk}", address) if act else address

    @cached_property
    def meeting(self) -> Any:
        """The meeting of this request that stands."""
        return meeting_of(self.asked)

    def form_accept(self, told: dict[str, Any]) -> AcceptForm:
        form = AcceptForm(**self.with_words(told), wants=self.wants)
        return self.with_openings(form, self.asked) if self.is_live else form

    def form_book(self, told: dict[str, Any]) -> BookForm:
        return self.with_openings(BookForm(**told), self.asked)

    def form_decline(self, told: dict[str, Any]) -> DeclineForm:
        return DeclineForm(**self.with_words(told))

    def form_withdraw(self, told: dict[str, Any]) -> WithdrawForm:
        return WithdrawForm(**self.with_words(told))

    def form_counter(self, told: dict[str, Any]) -> CounterForm:
        held = held_slot_of(self.asked)
        return CounterForm(**self.about(told), held=held, priority=self.wants, is_live=self.is_live)

    def form_edit(self, told: dict[str, Any]) -> AskForm:
        spoken = sorted({*self.party.languages, *self.other.languages})
        said = [one.text for one in self.asked.messages.all() if one.said_at == self.asked.told_at]
        own = {"message": next(iter(said), ""), "priority": self.wants}
        return AskForm(**self.about(told), languages=spoken, **own)

    @property
    def wants(self) -> str:
        """How much this side wants to meet, as far as it has said so."""
        return self.asked.priority_of(self.party.side)

    def with_words(self, told: dict[str, Any]) -> dict[str, Any]:
        """With a message beside the answer, where messages are not read by the fair."""
        return {**told, "has_words": not self.matching.reads_messages}

    def about(self, told: dict[str, Any]) -> dict[str, Any]:
        """With what the two may meet about, and when."""
        return {
            **told,
            "goods": self.goods,
            "request": self.asked,
            "zones": self.zones,
            "slots": self.slots,
        }

    @cached_property
    def slots(self) -> list[Slot]:
        """The slots that can be named, those of the request included as far as they are to come."""
        named = [one for one in (*self.asked.slots.all(), held_slot_of(self.asked)) if one]
        named = [one for one in named if one.begins > timezone.now()]
        return sorted({*slots_to_choose(self.delegate), *named}, key=lambda slot: slot.begins)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        held = held_slot_of(self.asked)
        # Once a meeting has its slot, what was preferred is of no use to anybody.
        preferred = [] if self.meeting else [one for one in self.asked.slots.all() if one != held]
        return super().get_context_data(
            asked=self.asked,
            languages_asked=[self.asked.language],
            families=dealing(self.party, [self.other])[0]["families"],
            other=self.other,
            is_mine=self.asked.asked_by == self.party.side,
            is_theirs=self.asked.is_pending and self.asked.waits_for == self.party.side,
            said=messages_for(self.asked, self.party),
            wanted=[self.asked.get_wanted_by(side) for side in (self.party.side, self.other.side)],
            told_goods=goods_told(self.asked),
            held=held,
            held_until=held_until_of(self.asked),
            is_taken_then=self.may("accept") and self.is_taken_in(held),
            preferred=preferred,
            zones=self.zones,
            meeting=self.meeting,
            is_live=self.is_live,
            # Whoever has to answer reads what the other side read before it asked.
            reasons=reasons_between(self.party, self.other) if self.may("accept") else [],
            **context,
        )

    def is_taken_in(self, slot: Slot | None) -> bool:
        """Whether nobody of this side could meet in a slot that waits for the timetable."""
        if slot is None or self.is_live:
            return False
        return self.party.pk not in free_in([self.party], [slot], self.matching)[slot.pk]

    @property
    def seen(self) -> str:
        """The digest of the request as the page showed it."""
        return self.request.POST.get("seen", "")

    def named(self, said: str) -> str:
        """A sentence with the name of the other side."""
        return said % {"party": self.other.organisation.label}

    def do_accept(self, form: AcceptForm) -> str:
        """Both want to meet; during the fair the meeting is booked with it."""
        told = form.cleaned_data
        answer = {"priority": told["priority"], "answer": told.get("answer", ""), "seen": self.seen}
        if self.is_live:
            accept_and_book(self.asked, actor=self.request.user, slot=told["slot"], **answer)
            return self.named(_("The meeting with %(party)s is booked."))
        accept(self.asked, actor=self.request.user, **answer)
        return self.named(_("Accepted. %(party)s is written to; the timetable finds the slot."))

    def do_book(self, form: BookForm) -> str:
        """What both agreed to gets its slot, by whoever of them chooses one first."""
        book(self.asked, actor=self.request.user, slot=form.cleaned_data["slot"])
        return self.named(_("The meeting with %(party)s is booked."))

    def do_decline(self, form: DeclineForm) -> str:
        """This side does not meet."""
        told = form.cleaned_data
        words = {"reason": told["reason"], "answer": told.get("answer", "")}
        act = decline_for_good if told["no_thanks"] else decline
        act(self.asked, actor=self.request.user, seen=self.seen, **words)
        return self.named(_("Declined. %(party)s reads the reason."))

    def do_counter(self, form: CounterForm) -> str:
        """Something else is proposed."""
        counter(self.asked, actor=self.request.user, seen=self.seen, **form.typed())
        return self.named(_("Proposed. The answer is up to %(party)s now."))

    def do_edit(self, form: AskForm) -> str:
        """What was asked for is changed."""
        edit_request(self.asked, actor=self.request.user, seen=self.seen, **form.typed())
        return self.named(_("Your request is changed. %(party)s reads it as it is now."))

    def do_withdraw(self, form: WithdrawForm) -> str:
        """The request is taken back, and the meeting with it."""
        reason = form.cleaned_data.get("reason", "")
        call_off(self.asked, actor=self.request.user, reason=reason, seen=self.seen)
        return self.named(_("Taken back. %(party)s is written to."))
