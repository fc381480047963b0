"""What visitors read: the programme, a session, and what changed."""

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.editions.rules import may_organise
from fairs.editions.views import HoursOfTheFair
from fairs.guests.rules import takes_guests
from fairs.sessions.clocks import differ
from fairs.sessions.models import Showing
from fairs.sessions.narrowing import EVERY_DAY, Asked, asked_of, choices_in, day_shown, tabs_of
from fairs.sessions.queries import (
    attendances_of,
    by_day,
    last_release,
    outline_of,
    programme_of,
    releases_of,
    session_for,
)
from fairs.sessions.rules import has_begun, may_keep
from fairs.sessions.sentences import said_of_change
from fairs.sessions.timetable import day_of_page
from moussem.core.device import KeptOnDevice


class EditionPart(KeptOnDevice, HoursOfTheFair):
    """A page of an edition for whoever may look at it."""

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    def own_zone(self, showings: list[Showing]) -> str:
        """The reader's zone where its clocks differ from the edition's during a session."""
        user = self.request.user
        if not user.is_authenticated:
            return ""
        zones = (self.edition.time_zone, user.time_zone)
        return user.time_zone if any(differ(one.begins_at, *zones) for one in showings) else ""


class Programme(EditionPart, TemplateView):
    """The programme as it was released last: a day of it, or every day in short for a paper."""

    template_name = "fairs/sessions/programme.html"

    @cached_property
    def asked(self) -> Asked:
        """What the address narrows the programme to."""
        return asked_of(self.request.GET)

    def get_template_names(self) -> list[str]:
        return ["fairs/sessions/programme_print.html"] if self.asked.every_day else [self.template_name]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition, asked = self.edition, self.asked
        return super().get_context_data(
            edition=edition,
            release=last_release(edition),
            asked=asked,
            **(self.on_paper() if asked.every_day else self.of_a_day()),
            **context,
        )

    def on_paper(self) -> dict[str, Any]:
        """Every day, for a paper."""
        shown = [one for one in programme_of(self.edition) if self.asked.takes(one)]
        return {"days": by_day(self.edition, shown)}

    def of_a_day(self) -> dict[str, Any]:
        """The day that is shown, the others as links, and what the page can be narrowed by."""
        edition, asked, now = self.edition, self.asked, timezone.now()
        outline = outline_of(edition)
        days, today = by_day(edition, outline), now.astimezone(ZoneInfo(edition.time_zone)).date()
        on = day_shown(asked, list(days), today)
        keys = [one.pk for one in days.get(on, ()) if asked.takes(one)]
        here = list(programme_of(edition).filter(pk__in=keys))
        tracks, rooms = list(edition.tracks.all()), list(edition.rooms.all())
        kept = {one.session_id: one for one in attendances_of(self.request.user, edition)}
        return {
            "day": day_of_page(edition, on, here, tracks, rooms, kept, now) if here else None,
            "on": on,
            "tabs": tabs_of(asked, days, on, today),
            "tracks": tracks,
            "own_zone": self.own_zone(outline),
            "every_day": asked.address(day=EVERY_DAY),
            "organises": may_organise(self.request.user, edition),
            **choices_in(outline, rooms),
        }


class SessionPage(EditionPart, TemplateView):
    """One session: what it is about, who speaks, and whether one comes."""

    template_name = "fairs/sessions/session.html"

    @cached_property
    def showing(self) -> Showing:
        """The session of the address, as it was released."""
        found = session_for(self.request.user, self.kwargs["slug"], self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        showing, user = self.showing, self.request.user
        kept = list(attendances_of(self.request.user, self.edition))
        span = showing.span
        return super().get_context_data(
            edition=self.edition,
            showing=showing,
            attendance=next((one for one in kept if one.session_id == showing.session_id), None),
            meets=[
                one.session.showing
                for one in kept
                if one.session_id != showing.session_id
                and not one.session.showing.is_cancelled
                and span.meets(one.session.showing.span)
            ],
            may_keep=user.is_authenticated and may_keep(user, self.edition),
            takes_guests=takes_guests(self.edition),
            has_begun=has_begun(showing, timezone.now()),
            own_zone=self.own_zone([showing]),
            **context,
        )


class Changes(EditionPart, TemplateView):
    """What each version of the programme changed, the latest first."""

    template_name = "fairs/sessions/changes.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        zone = self.edition.time_zone
        told = [
            (one, [(change, said_of_change(change.kind, change.facts, zone)) for change in one.changes.all()])
            for one in releases_of(self.edition)
        ]
        return super().get_context_data(edition=self.edition, releases=told, **context)
