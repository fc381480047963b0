"""What somebody keeps of a programme."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.editions.models import Edition
from fairs.sessions.actions import give_up_seat, open_calendar, renew_calendar, take_seat
from fairs.sessions.agenda import days_shown, line_of
from fairs.sessions.beside import told_beside
from fairs.sessions.models import Showing
from fairs.sessions.queries import attendance_of, attendances_of, calendar_of, session_for
from fairs.sessions.states import AttendanceState
from fairs.sessions.views.reading import EditionPart
from moussem.core.pages import asked_page
from moussem.core.sites import address_of
from moussem.organisations.views.standing import Press


class Agenda(LoginRequiredMixin, EditionPart, TemplateView):
    """A person's days in one list: the sessions they keep and what other rooms add; their own calendar."""

    template_name = "fairs/sessions/agenda.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition: Edition = self.edition
        kept = [line_of(one) for one in attendances_of(self.request.user, edition)]
        beside = told_beside(self.request, edition, kept)
        zones = [one.zone for one in beside if one.zone] or [self.request.user.time_zone]
        lines = kept + [line for one in beside for line in one.lines]
        days = days_shown(lines, zones=(edition.time_zone, zones[0]), now=timezone.now())
        link = self.link()
        return super().get_context_data(
            edition=edition,
            days=days,
            beside=beside,
            call=next((one.call for one in beside if one.call), None),
            is_empty=not any(line.label for line in lines),
            own_zone=zones[0],
            has_two_clocks=any(line.for_me for line in lines),
            link=link,
            web_link=link.replace("https:", "webcal:").replace("http:", "webcal:"),
            **context,
        )

    def link(self) -> str:
        """The address of the reader's calendar; nothing before they ask for one."""
        address = calendar_of(self.request.user)
        if address is None:
            return ""
        return address_of("fairs:own_calendar", address.secret)


class SeatPress(Press):
    """A button about one released session; back to the page that it was pressed on."""

    @cached_property
    def showing(self) -> Showing:
        """The session of the address."""
        found = session_for(self.request.user, self.kwargs["slug"], self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def back(self) -> str:
        page = asked_page(self.request)
        return page or reverse("fairs:session", args=[self.kwargs["slug"], self.kwargs["pk"]])


class TakeSeat(SeatPress):
    """The button that keeps a session."""

    def press(self) -> str:
        attendance = take_seat(self.showing, actor=self.request.user)
        if attendance.state == AttendanceState.WAITING:
            return _(
                "Every seat is taken. You are on the waiting list and are written to as soon as one is free."
            )
        return _("The session is in your agenda. A mail brings it into your calendar.")


class GiveUpSeat(SeatPress):
    """The button that takes a session out of one's agenda."""

    def press(self) -> str:
        found = attendance_of(self.request.user, self.showing.session_id)
        if found is None:
            raise Http404
        give_up_seat(found, actor=self.request.user)
        return _("The session is out of your agenda.")


class RenewCalendar(EditionPart, Press):
    """The button that gives one's calendar an address, or another one."""

    def press(self) -> str:
        self.edition  # noqa: B018 - an edition that this person may not see has no such page
        if calendar_of(self.request.user) is None:
            open_calendar(actor=self.request.user)
            return _("Your calendar has an address. Subscribe to it in your own program.")
        renew_calendar(actor=self.request.user)
        return _("Your calendar has a new address. The one before shows nothing any more.")

    def back(self) -> str:
        return asked_page(self.request) or reverse("fairs:agenda", args=[self.kwargs["slug"]])
