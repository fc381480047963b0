"""The organiser's pages of a programme: the plan, a session, and the next release."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.editions.views import OrganiserPage, SharedForm
from fairs.sessions.actions import (
    call_off_session,
    delete_session,
    plan_session,
    release_programme,
    restore_session,
)
from fairs.sessions.conflicts import Conflict, Trouble
from fairs.sessions.errors import ConflictsLeft
from fairs.sessions.forms import SessionForm
from fairs.sessions.models import Release, Session
from fairs.sessions.narrowing import asked_of, choices_in, day_shown, tabs_of
from fairs.sessions.queries import by_day, conflicts_of, day_of, last_release, pending_of, sessions_of
from fairs.sessions.sentences import facts_of, said_of_change
from fairs.sessions.timetable import day_of_page
from moussem.core.errors import require
from moussem.organisations.views.standing import Press


class Plan(OrganiserPage, TemplateView):
    """The programme as it is planned, with what cannot hold and what visitors do not see yet."""

    template_name = "fairs/sessions/plan.html"
    section = "programme"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition, asked = self.edition, asked_of(self.request.GET)
        sessions = list(sessions_of(edition))
        pending = {one.session.pk for one in pending_of(edition, sessions)}
        troubled = troubles_of(edition, sessions)
        for one in sessions:
            one.troubles = troubled.get(one.pk, [])
            one.is_pending = one.pk in pending
        days, now = by_day(edition, sessions), timezone.now()
        today = now.astimezone(ZoneInfo(edition.time_zone)).date()
        on = day_shown(asked, list(days), today)
        here = [one for one in days.get(on, ()) if asked.takes(one)]
        tracks, rooms = list(edition.tracks.all()), list(edition.rooms.all())
        return super().get_context_data(
            on=on,
            day=day_of_page(edition, on, here, tracks, rooms, {}, now) if here else None,
            cell_template="fairs/sessions/parts/planned.html",
            tabs=tabs_of(asked, days, on, today),
            asked=asked,
            tracks=tracks,
            **choices_in(sessions, rooms),
            pending=len(pending),
            troubles=sum(bool(one.troubles) for one in sessions),
            release=last_release(edition),
            may_change=not edition.has_ended,
            **context,
        )


@dataclass(frozen=True)
class Told:
    """Why a session cannot be held as it is planned, and the session that is in its way."""

    sentence: str
    other: Session | None


def troubles_of(edition: Any, sessions: list[Session]) -> dict[int, list[Told]]:
    """What cannot hold, in sentences under the session that it is about."""
    by_key = {one.pk: one for one in sessions}
    found: dict[int, list[Told]] = {}
    for conflict in conflicts_of(edition, sessions):
        for key, other in ((conflict.session, conflict.other), (conflict.other, conflict.session)):
            if key is not None:
                beside = by_key.get(other)
                told = Told(_trouble(conflict, by_key[key], beside), beside)
                found.setdefault(key, []).append(told)
    return found


def _trouble(conflict: Conflict, session: Session, other: Session | None) -> str:
    title = other.label if other else ""
    if conflict.trouble == Trouble.ROOM:
        return _("In %(room)s at the same time: “%(title)s”.") % {
            "room": session.room.label,
            "title": title,
        }
    if conflict.trouble == Trouble.SPEAKER:
        named = next(one.label for one in session.speakers.all() if one.pk == conflict.subject)
        return _("%(speaker)s speaks at the same time in “%(title)s”.") % {"speaker": named, "title": title}
    if conflict.trouble == Trouble.CLOSED:
        return _("The doors are closed during a part of it.")
    return _("It runs into a break.")


def day_of_plan(edition: Any, one: Session) -> str:
    """The page of the plan on which a session stands."""
    return f"{reverse('fairs:plan', args=[edition.slug])}?day={day_of(one, edition)}"


class OneSession(OrganiserPage):
    """A page or a button about one session of the edition."""

    section = "programme"

    @cached_property
    def one(self) -> Session | None:
        """The session of the address; None for a new one."""
        pk = self.kwargs.get("pk")
        return get_object_or_404(sessions_of(self.edition), pk=pk) if pk else None


class PlanSession(OneSession, SharedForm):
    """A session of the draft, new or changed."""

    template_name = "fairs/sessions/plan_session.html"
    form_class = SessionForm
    read_before = ("one",)
    back = "fairs:plan"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.one  # noqa: B018 - a session that is not there is told before a form is looked at
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition, "session": self.one}

    def get_initial(self) -> dict[str, Any]:
        return {} if self.one else {"mode": self.edition.mode, "languages": ["fr"]}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = self.one is not None and getattr(self.one, "showing", None) is not None
        return super().get_context_data(one=self.one, is_shown=shown, **context)

    def act(self, form: SessionForm) -> Session:
        self.said = _("The session is kept. Visitors see it with the next release.")
        return plan_session(self.edition, actor=self.request.user, session=self.one, **form.told())

    def onward(self, reached: Session) -> str:
        # Whoever plans a day goes on with the same day.
        return day_of_plan(self.edition, reached)


class SessionPress(OneSession, Press):
    """A button about one session."""

    def back(self) -> str:
        return day_of_plan(self.edition, self.one)


class CallOff(SessionPress):
    """The button that cancels a session in the draft."""

    def press(self) -> str:
        call_off_session(self.one, actor=self.request.user)
        return _("The session is cancelled in the draft. Release the programme to tell everybody.")


class Restore(SessionPress):
    """The button that takes a cancellation back."""

    def press(self) -> str:
        restore_session(self.one, actor=self.request.user)
        return _("The session is held after all.")


class DeleteSession(SessionPress):
    """The button that deletes a session that nobody has seen."""

    def press(self) -> str:
        delete_session(self.one, actor=self.request.user)
        return _("The session is deleted.")


class ReleasePage(OrganiserPage, Press, TemplateView):
    """What the next release changes for visitors; releasing is its one button."""

    template_name = "fairs/sessions/release.html"
    http_method_names = ["get", "head", "post"]
    section = "programme"
    released: Release | None = None

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        zone = self.edition.time_zone
        pending = pending_of(self.edition)
        sessions = list(sessions_of(self.edition))
        troubled = troubles_of(self.edition, sessions)
        return super().get_context_data(
            changes=[
                (one.session, kind, said_of_change(kind, facts_of(one.kinds, one.showing, one.session), zone))
                for one in pending
                for kind in one.kinds
            ],
            troubles=[(one, troubled[one.pk]) for one in sessions if one.pk in troubled],
            release=last_release(self.edition),
            may_change=not self.edition.has_ended,
            **context,
        )

    def press(self) -> str:
        troubled = conflicts_of(self.edition, sessions_of(self.edition))
        require("all_the_same" in self.request.POST or not troubled, ConflictsLeft)
        self.released = release = release_programme(self.edition, actor=self.request.user)
        said = _("Version %(number)s is released: visitors see it, and those who keep a session are told.")
        return said % {"number": release.number}

    def back(self) -> str:
        page = "fairs:plan" if self.released else "fairs:release"
        return reverse(page, args=[self.edition.slug])
