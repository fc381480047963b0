"""The meetings of one person: their agenda, and one meeting with what can be done about it."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.editions.states import ENDED
from fairs.editions.views import kept
from fairs.sessions.queries import attendances_of, calendar_of
from fairs.sessions.states import AttendanceState
from matchmaking.meetings.actions import call_off, move_meeting, run_late, say_held, write_note
from matchmaking.meetings.agenda import Line, days_shown
from matchmaking.meetings.errors import SlotTaken
from matchmaking.meetings.forms import HeldForm, LateForm, MoveForm, NoteForm
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.queries import (
    agenda_of,
    delegate_in,
    free_in,
    meeting_for,
    openings_for,
    other_side,
)
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.models import Delegate, Party
from matchmaking.parties.queries import away_of, slots_at
from matchmaking.parties.states import MatchingState, Side
from matchmaking.requests.choices import LOOKED_AT, who_to_ask
from matchmaking.requests.clocks import Zones
from matchmaking.requests.forms import WithdrawForm
from matchmaking.requests.queries import message_for
from matchmaking.requests.rules import may_ask
from matchmaking.views.acts import ActsPage
from matchmaking.views.asking import whys
from matchmaking.views.pages import PartyPage
from moussem.core.errors import Refusal

OFFERED, PROPOSED = 6, 3
# Nobody knows much earlier that they run late.
LATE_FROM = timedelta(hours=3)


class Agenda(PartyPage, TemplateView):
    """Meetings by day, the sessions kept between them, and what is free, by two clocks where they differ."""

    template_name = "matchmaking/agenda.html"
    section = "agenda"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        slots = list(slots_at(self.edition))
        meetings = list(agenda_of(self.delegate))
        zones = (self.edition.time_zone, self.delegate.time_zone)
        days = days_shown(
            slots,
            meetings=meetings,
            showings=self.showings(),
            away=away_of([self.delegate], slots)[self.delegate.pk],
            zones=zones,
            now=timezone.now(),
        )
        self.propose([line for day in days for line in day.lines if line.kind == "free"])
        link = self.link()
        return super().get_context_data(
            days=days,
            meetings=meetings,
            has_two_clocks=any(line.for_me for day in days for line in day.lines),
            link=link,
            web_link=link.replace("https:", "webcal:").replace("http:", "webcal:"),
            **context,
        )

    def propose(self, lines: list[Line]) -> None:
        """Beside what is free, the three best to ask who are free then too."""
        if not lines or not may_ask(self.matching, timezone.now()):
            return
        found = who_to_ask(self.party, LOOKED_AT)
        free = free_in([one.party for one in found], [slot for line in lines for slot in line.slots])
        told = list(zip(found, whys(self.party, found), strict=True))
        for line in lines:
            for one, why in told:
                slot = next((slot for slot in line.slots if one.party.pk in free[slot.pk]), None)
                if slot and len(line.to_ask) < PROPOSED:
                    line.to_ask.append({"party": one.party, "why": why, "slot": slot})

    def showings(self) -> list[Any]:
        """The sessions in which this person has a seat."""
        seats = attendances_of(self.request.user, self.edition).filter(state=AttendanceState.SEATED)
        return [one.session.showing for one in seats if not one.session.showing.is_cancelled]

    def link(self) -> str:
        """The address of the reader's own calendar; nothing before they ask for one."""
        address = calendar_of(self.request.user)
        return settings.SITE_URL + reverse("fairs:own_calendar", args=[address.secret]) if address else ""


class MeetingPage(ActsPage):
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
        return other_side(self.meeting, self.party)

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

    def may(self, act: str) -> bool:
        """What this side can do now."""
        meeting, now = self.meeting, timezone.now()
        stands = meeting.state != MeetingState.CANCELLED
        is_live = self.matching is not None and self.matching.state == MatchingState.LIVE
        is_soon = meeting.slot.begins - LATE_FROM <= now < meeting.slot.ends
        return {
            "late": meeting.state == MeetingState.BOOKED and is_soon,
            "move": self.is_to_come and is_live,
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
        form = MoveForm(**told)
        found = openings_for(self.meeting.request, self.matching, most=OFFERED, moving=self.meeting)
        known = list(slots_at(self.edition).filter(begins__gt=timezone.now()))
        form.offer([one.slot for one in found], self.zones, known=known)
        return form

    def form_withdraw(self, told: dict[str, Any]) -> WithdrawForm:
        return WithdrawForm(**told, has_words=not self.matching.reads_messages)

    def form_held(self, told: dict[str, Any]) -> HeldForm:
        return HeldForm(**told, initial={"was_held": {True: "yes", False: "no"}.get(self.says[0])})

    def form_note(self, told: dict[str, Any]) -> NoteForm:
        note = self.note
        initial = {name: getattr(note, name) for name in NoteForm.base_fields} if note else {}
        return NoteForm(**told, initial=initial)

    @cached_property
    def says(self) -> tuple[bool | None, bool | None]:
        """What this side says of the meeting, and what the other does."""
        said = (self.meeting.buyer_says, self.meeting.exporter_says)
        return said if self.party.side == Side.BUYER else said[::-1]

    @cached_property
    def note(self) -> Any:
        """What this side has written down."""
        return self.meeting.notes.filter(party=self.party).first()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meeting = self.meeting
        late = meeting.late_party_id and meeting.state == MeetingState.BOOKED
        return super().get_context_data(
            meeting=meeting,
            other=self.other,
            they=delegate_in(meeting, self.other),
            who_comes=self.who_comes,
            asked=meeting.request,
            message=message_for(meeting.request, self.party),
            zones=self.zones,
            is_to_come=self.is_to_come,
            is_late=late and meeting.late_party_id == self.party.pk,
            are_late=late and meeting.late_party_id == self.other.pk,
            we_say=self.says[0],
            they_say=self.says[1],
            note=self.note,
            **context,
        )

    def refuse(self, form: Any, refusal: Refusal) -> None:
        """A slot that is gone is replaced by the next ones."""
        if not isinstance(refusal, SlotTaken) or not isinstance(form, MoveForm):
            return super().refuse(form, refusal)
        found = [one.slot for one in refusal.openings]
        data = form.data.copy()
        data[form.add_prefix("slot")] = str(found[0].pk)
        form.data = data
        form.offer(found, self.zones, known=found)
        return form.add_error("slot", refusal.message)

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
        was_held = form.cleaned_data["was_held"]
        say_held(self.meeting, party=self.party, actor=self.request.user, was_held=was_held)
        return _("Kept: it was held.") if was_held else _("Kept: it was not held.")

    def do_note(self, form: NoteForm) -> str:
        """This side keeps a note."""
        write_note(self.meeting, party=self.party, actor=self.request.user, **form.cleaned_data)
        return _("Your note is kept.")
