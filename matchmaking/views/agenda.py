"""One meeting with what can be done about it; the agenda that it stands in is the fair's."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fairs.editions.states import ENDED
from fairs.editions.views import kept
from fairs.live.rules import CALL_OPENS_BEFORE, is_call_held_at
from matchmaking.meetings.actions import call_off, move_meeting, open_call_of, run_late, say_held, write_note
from matchmaking.meetings.forms import HeldForm, LateForm, MoveForm, NoteForm
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries import delegate_in, meeting_for
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.models import Delegate, Party
from matchmaking.parties.states import MatchingState, Side
from matchmaking.requests.clocks import Zones
from matchmaking.requests.forms import WithdrawForm
from matchmaking.requests.queries import messages_for
from matchmaking.requests.rules import may_ask
from matchmaking.requests.states import STANDING
from matchmaking.views.acts import OffersSlots
from moussem.core.locks import lock
from moussem.core.once import TakenOnce

# Nobody knows much earlier that they run late.
LATE_FROM = timedelta(hours=3)


class MeetingPage(TakenOnce, OffersSlots):
    """One meeting, for a party to it."""

    template_name = "matchmaking/meeting.html"
    section = "agenda"
    acts = ("late", "move", "withdraw", "held", "note")

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting of the address."""
        found = meeting_for(self.party, self.kwargs["pk"])
        if found is None or found.edition_id != self.edition.pk:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.meeting  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def other(self) -> Party:
        """The party on the other side of the table."""
        return self.meeting.request.across(self.party)

    @cached_property
    def who_comes(self) -> Delegate:
        """Who meets for this side."""
        return delegate_in(self.meeting, self.party)

    @cached_property
    def zones(self) -> Zones:
        """The clocks of the fair, of the reader and of who comes for the other side."""
        them = delegate_in(self.meeting, self.other)
        return Zones(self.edition.time_zone, self.delegate.time_zone, them.time_zone)

    @cached_property
    def is_to_come(self) -> bool:
        """Whether the meeting is booked and has not begun."""
        return self.meeting.state == MeetingState.BOOKED and self.meeting.slot.begins > timezone.now()

    @cached_property
    def is_past(self) -> bool:
        """Whether nobody comes to it any more: it is cancelled or over."""
        return self.meeting.state != MeetingState.BOOKED or self.meeting.slot.ends <= timezone.now()

    @property
    def may_call(self) -> bool:
        """Whether the call of the meeting can be entered now."""
        meeting = self.meeting
        is_longer = meeting.call is not None and is_call_held_at(meeting.call.call, timezone.now())
        is_cancelled = meeting.state == MeetingState.CANCELLED
        is_held = meeting.is_call_near or (is_longer and not is_cancelled)
        return is_held and self.who_comes.pk == self.delegate.pk

    @property
    def may_ask_anew(self) -> bool:
        """Whether another meeting can be asked for, this one being called off with its request."""
        is_gone = self.meeting.request.state not in STANDING and self.other.left_at is None
        return is_gone and may_ask(self.matching, timezone.now())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One act. Colleagues note one after the other: each form is judged beside what stands then."""
        if request.POST.get("act") != "note":
            return super().post(request, *args, **kwargs)
        with transaction.atomic():
            lock(self.meeting)
            return super().post(request, *args, **kwargs)

    def may(self, act: str) -> bool:
        """What this side can do now."""
        meeting, now = self.meeting, timezone.now()
        stands = meeting.state != MeetingState.CANCELLED
        is_live = self.matching is not None and self.matching.state == MatchingState.LIVE
        is_soon = meeting.slot.begins - LATE_FROM <= now < meeting.slot.ends
        return {
            "late": meeting.state == MeetingState.BOOKED and is_soon,
            "move": self.is_to_come and is_live and not meeting.is_pinned,
            "withdraw": self.is_to_come and self.edition.state not in ENDED,
            "held": stands and meeting.slot.begins <= now,
            "note": stands and meeting.slot.begins <= now,
        }[act]

    def back(self, act: str) -> str:
        address = reverse("matchmaking:meeting", args=[self.edition.slug, self.meeting.pk])
        return kept(f"meeting-{act}-{self.meeting.pk}", address) if act else address

    def form_late(self, told: dict[str, Any]) -> LateForm:
        lasts = self.meeting.slot.ends - self.meeting.slot.begins
        return LateForm(**told, lasts=int(lasts / timedelta(minutes=1)))

    def form_move(self, told: dict[str, Any]) -> MoveForm:
        return self.with_openings(MoveForm(**told), self.meeting.request, moving=self.meeting)

    def form_withdraw(self, told: dict[str, Any]) -> WithdrawForm:
        return WithdrawForm(**told, has_words=not self.matching.reads_messages)

    def form_held(self, told: dict[str, Any]) -> HeldForm:
        said = {"": "waited", None: None, True: "yes", False: "no"}["" if self.waited[0] else self.says[0]]
        return HeldForm(**told, initial={"was_held": said})

    def form_note(self, told: dict[str, Any]) -> NoteForm:
        return NoteForm(**told, note=self.note, reader=self.request.user, on=self.meeting.slot.on)

    @cached_property
    def says(self) -> tuple[bool | None, bool | None]:
        """What this side says of the meeting, and what the other does."""
        said = (self.meeting.buyer_says, self.meeting.exporter_says)
        return said if self.party.side == Side.BUYER else said[::-1]

    @cached_property
    def waited(self) -> tuple[bool, bool]:
        """Whether this side says that it came and the other did not, and whether the other says so."""
        said = (self.meeting.buyer_waited, self.meeting.exporter_waited)
        return said if self.party.side == Side.BUYER else said[::-1]

    @cached_property
    def note(self) -> Any:
        """What this side has written down."""
        return self.meeting.notes.filter(party=self.party).first()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meeting = self.meeting
        return super().get_context_data(
            meeting=meeting,
            other=self.other,
            they=delegate_in(meeting, self.other),
            who_comes=self.who_comes,
            asked=meeting.request,
            said=messages_for(meeting.request, self.party),
            zones=self.zones,
            may_ask_anew=self.may_ask_anew,
            # What one's own side called off is news to nobody here.
            cancelled_tone="info" if meeting.called_off_by_id == self.party.pk else "warning",
            is_to_come=self.is_to_come,
            is_past=self.is_past,
            is_held_fast=self.is_to_come and meeting.is_pinned,
            we_come_later=0 if self.is_past else getattr(meeting, f"{self.party.side}_late"),
            they_come_later=0 if self.is_past else getattr(meeting, f"{self.other.side}_late"),
            call_from=meeting.slot.begins - CALL_OPENS_BEFORE,
            may_call=self.may_call,
            check=getattr(self.request.user, "live_check", None) if meeting.is_by_video else None,
            we_say=self.says[0],
            they_say=self.says[1],
            we_waited=self.waited[0],
            they_waited=self.waited[1],
            note=self.note,
            **context,
        )

    def do_late(self, form: LateForm) -> str:
        """The other side reads that this one comes later."""
        minutes = form.cleaned_data["minutes"]
        run_late(self.meeting, party=self.party, actor=self.request.user, minutes=minutes)
        return _("%(party)s is written to.") % {"party": self.other.organisation.label}

    def do_move(self, form: MoveForm) -> str:
        """The meeting gets another slot."""
        move_meeting(self.meeting, actor=self.request.user, slot=form.cleaned_data["slot"])
        return _("Moved. %(party)s is written to, and both calendars follow.") % {
            "party": self.other.organisation.label
        }

    def do_withdraw(self, form: WithdrawForm) -> str:
        """The meeting is called off, and its request with it."""
        reason = form.cleaned_data.get("reason", "")
        call_off(self.meeting.request, actor=self.request.user, reason=reason)
        return _("Called off. %(party)s is written to.") % {"party": self.other.organisation.label}

    def do_held(self, form: HeldForm) -> str:
        """This side says whether the meeting was held."""
        said = form.cleaned_data["was_held"]
        say_held(
            self.meeting,
            party=self.party,
            actor=self.request.user,
            was_held=said == "yes",
            has_waited=said == "waited",
        )
        return {
            "yes": _("Kept: it was held."),
            "no": _("Kept: it was not held."),
            "waited": _("Kept: the other side did not come."),
        }[said]

    def do_note(self, form: NoteForm) -> str:
        """This side keeps a note."""
        write_note(self.meeting, party=self.party, actor=self.request.user, **form.cleaned_data)
        return _("Your note is kept.")


class Call(MeetingPage):
    """The way from a meeting to its call, which is opened for whoever comes first."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who was signed in on the way, or reloads, begins at the meeting."""
        return redirect(self.back(""))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Into the call."""
        room = open_call_of(self.meeting, actor=request.user)
        return redirect("fairs:call", self.edition.slug, room.pk)
