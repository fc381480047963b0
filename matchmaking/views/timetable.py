"""The organiser's timetable: runs with their progress, drafts compared, published versions, pins."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from fairs.editions.views import Refusable
from matchmaking.meetings.actions import pin
from matchmaking.meetings.openings import KINDS
from matchmaking.meetings.queries import meetings_at, meetings_found
from matchmaking.meetings.states import MeetingState
from matchmaking.parties.queries import closures_of
from matchmaking.parties.states import MatchingState
from matchmaking.timetables.actions import ask_again, ask_run, publish, roll_back, stop_run
from matchmaking.timetables.comparing import Difference, compare, places_from
from matchmaking.timetables.drawing import drawn, held, marked_of
from matchmaking.timetables.facts import Facts, digest_of, place_of, read, standing_meetings
from matchmaking.timetables.fitting import changes_anything, kept_back, obstacle_to, wanted_again, wanted_of
from matchmaking.timetables.forms import RunForm
from matchmaking.timetables.models import Run, Version
from matchmaking.timetables.queries import (
    accepted_at,
    run_at,
    runs_at,
    version_at,
    versions_at,
)
from matchmaking.timetables.showing import (
    conflict_of,
    figures_of,
    helps_of,
    kept_back_of,
    losses_of,
    obstacle_of,
    people_of,
    short_of,
    titles_of,
    unheld_of,
)
from matchmaking.timetables.states import AT_WORK, WITH_DRAFT
from matchmaking.timetables.tasks import run_timetable
from matchmaking.timetables.told import Told
from matchmaking.views.arranging import ArrangingPage
from moussem.core.pages import asked_page
from moussem.core.paging import page_of
from moussem.core.text import one_line
from moussem.organisations.views.standing import Press

SHOWN_RUNS = 8
PEOPLE = 40
MEETINGS = 50


class TimetablePage(ArrangingPage):
    """A page of the timetable."""

    tab = "timetable"

    def told(self, told: Told, difference: Difference, facts: Facts) -> dict[str, Any]:
        """What would change person by person, and how much of what stays its people chose themselves."""
        people = people_of(told, difference)
        return {
            "difference": difference,
            "reseated": difference.reseated(told.screens),
            "page": page_of(people, self.request.GET.get("page"), PEOPLE),
            "kept_chosen": len(facts.chosen & difference.kept_requests),
        }


class AskedFor(Refusable):
    """A form that asks for a run: the page of the run tells how far it is."""

    said = ""

    def onward(self, reached: Run) -> str:
        return reverse("matchmaking:run", args=[reached.edition.slug, reached.pk])


class TimetableHome(TimetablePage, AskedFor):
    """What stands, what is being made, and the form for another run."""

    outlives_withdrawal = True
    template_name = "matchmaking/arrange/timetable.html"
    form_class = RunForm

    @cached_property
    def versions(self) -> list[Version]:
        """The last published timetables, the latest first."""
        found = list(versions_at(self.edition)[:SHOWN_RUNS])
        for one in found:
            one.told = figures_of(one.figures)
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "stands": bool(self.versions)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meetings, told = standing_meetings(self.edition), Told(self.edition, [])
        runs = self.runs(digest_of(meetings))
        places = held(map(place_of, meetings))
        closed = closures_of(told.tables.values())
        return super().get_context_data(
            held=len(meetings),
            accepted=accepted_at(self.edition),
            pinned=sum(one.is_pinned and one.state == MeetingState.BOOKED for one in meetings),
            versions=self.versions,
            runs=runs,
            at_work=next((one for one in runs if one.state in AT_WORK), None),
            to_read=next((one for one in runs if one.stands == "fresh"), None),
            has_slots=bool(told.slots),
            is_prepared=self.matching is None or self.matching.state == MatchingState.PREPARING,
            drawn=drawn(self.edition, places, told=told, closed=closed, asked=self.request.GET),
            **context,
        )

    def runs(self, digest: str) -> list[Run]:
        """The last runs, the latest first, each with whether its draft can still be published."""
        found = list(runs_at(self.edition)[:SHOWN_RUNS])
        titles = titles_of(self.edition, found)
        for one in found:
            one.told, one.title, one.stands = figures_of(one.progress), titles[one.pk], ""
            if one.state in WITH_DRAFT and one.digest and not one.published_as:
                one.stands = "fresh" if one.digest == digest and self.may_change else "outdated"
        return found

    def act(self, form: RunForm) -> Run:
        run = ask_run(self.edition, actor=self.request.user, **form.cleaned_data)
        run_timetable.enqueue(run.pk)
        return run


class OneRun(TimetablePage):
    """A page or a button about one run."""

    @cached_property
    def run(self) -> Run:
        """The run of the address."""
        found = run_at(self.edition, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def back(self) -> str:
        """The page of the run."""
        return reverse("matchmaking:run", args=[self.edition.slug, self.run.pk])


class RunPage(OneRun, TemplateView):
    """A run: how far it is, what came of it, what would change for whom, and why something has no place."""

    template_name = "matchmaking/arrange/run.html"

    @cached_property
    def has_draft(self) -> bool:
        """Whether there is something to publish."""
        return self.run.state in WITH_DRAFT and bool(self.run.digest)

    def changes(self) -> dict[str, Any]:
        """What publishing the draft now would change, and whether it can be published."""
        facts = read(self.edition, with_pending=self.run.with_pending)
        wanted = wanted_of(facts, places_from(self.run.draft))
        firm = [one for one in wanted if not one.is_proposal]
        difference = compare([place_of(one) for one in facts.meetings], firm)
        told, asked = Told(self.edition, difference.places, facts.chosen), self.request.GET
        outdated = obstacle_of(self.edition, obstacle_to(self.run, facts, wanted))
        is_idle = not changes_anything(self.run, facts, wanted)
        # A table that the repair closes is drawn as it will be.
        closed = {one.pk: set(facts.closed.get(one.pk, ())) for one in facts.tables}
        for key, lost in self.run.upset.get("tables", {}).items():
            closed.setdefault(int(key), set()).update(lost)
        return {
            **self.told(told, difference, facts),
            "outdated": outdated,
            "is_idle": is_idle,
            "may_publish": self.may_change and not (outdated or is_idle),
            "proposals": len(wanted) - len(firm),
            "drawn": drawn(self.edition, marked_of(difference), told=told, closed=closed, asked=asked),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        run = self.run
        context |= {"run": run, "figures": figures_of(run.progress), "is_working": run.state in AT_WORK}
        context["title"] = titles_of(self.edition, [run])[run.pk]
        context["losses"] = losses_of(self.edition, run.upset) if run.upset else []
        if not self.has_draft:
            return super().get_context_data(conflict=conflict_of(self.edition, run.explained), **context)
        version = run.versions.first()
        if version is None:
            context |= self.changes()
        return super().get_context_data(
            has_draft=True,
            version=version,
            unheld=unheld_of(self.edition, run.explained, self.request.GET.get("unheld")),
            short=short_of(self.edition, run.explained, self.request.GET.get("short")),
            helps=helps_of(run.explained),
            **context,
        )


class StopRun(OneRun, Press):
    """The button that ends a run and keeps the best so far."""

    def press(self) -> str:
        stop_run(self.run, actor=self.request.user)
        return _("It stops within a second or two; the best timetable so far is kept.")


class RunAgain(OneRun, Press):
    """The button that asks for the same once more, from what stands now."""

    def press(self) -> str:
        self.run = ask_again(self.run, actor=self.request.user)
        run_timetable.enqueue(self.run.pk)
        return _("It is being worked out again. Look at it before you publish it.")


class Publish(OneRun, Press):
    """The button that makes a draft what everybody holds."""

    version: Version | None = None

    def press(self) -> str:
        self.version = publish(self.run, actor=self.request.user)
        return _("Timetable %(number)s is published. Those for whom something changes are written to.") % {
            "number": self.version.number
        }

    def back(self) -> str:
        """The timetable that stands now; the draft where it could not be published."""
        if self.version is None:
            return super().back()
        return reverse("matchmaking:version", args=[self.edition.slug, self.version.number])


class OneVersion(TimetablePage):
    """A page or a button about one published timetable."""

    @cached_property
    def version(self) -> Version:
        """The version of the address."""
        found = version_at(self.edition, self.kwargs["number"])
        if found is None:
            raise Http404
        return found

    def back(self) -> str:
        """The page of the timetable."""
        return reverse("matchmaking:timetable", args=[self.edition.slug])


class VersionPage(OneVersion, TemplateView):
    """A published timetable, and what going back to it would change."""

    template_name = "matchmaking/arrange/version.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # Looked up first: where there is no version, nothing may be prepared that could be read.
        version, asked = self.version, self.request.GET
        facts = read(self.edition)
        wanted = wanted_again(facts, version)
        difference = compare([place_of(one) for one in facts.meetings], wanted)
        told = Told(self.edition, difference.places, facts.chosen)
        places = held(places_from(version.meetings))
        return super().get_context_data(
            version=version,
            stands=not versions_at(self.edition).filter(number__gt=version.number).exists(),
            figures=figures_of(version.figures),
            drawn=drawn(self.edition, places, told=told, closed=facts.closed, asked=asked),
            kept_back=kept_back_of(kept_back(facts, version, wanted)),
            **self.told(told, difference, facts),
            **context,
        )


class RollBack(OneVersion, Press):
    """The button that goes back to a published timetable."""

    def press(self) -> str:
        version = roll_back(self.version, actor=self.request.user)
        return _("Timetable %(old)s stands again, as number %(number)s.") % {
            "old": self.version.number,
            "number": version.number,
        }


class Meetings(TimetablePage, TemplateView):
    """Every meeting of the edition by its slot and table, to be searched, with what stays where it is."""

    template_name = "matchmaking/arrange/meetings.html"

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What the list is narrowed by; a day that the edition does not have narrows nothing."""
        told = {name: one_line(self.request.GET.get(name, ""))[:80] for name in ("text", "place", "state")}
        days = {str(one.on): one.on for one in self.edition.days.all()}
        return {**told, "on": days.get(self.request.GET.get("on", ""))}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page = page_of(meetings_found(self.edition, **self.asked), self.request.GET.get("page"), MEETINGS)
        return super().get_context_data(
            page=page,
            asked=self.asked,
            is_narrowed=any(self.asked.values()),
            places=[(kind, kind.label) for kind in KINDS[self.edition.mode]],
            states=MeetingState.choices,
            **context,
        )


class Pin(TimetablePage, Press):
    """The button that leaves a meeting where it is, or lets a timetable move it."""

    def press(self) -> str:
        found = meetings_at(self.edition).filter(state=MeetingState.BOOKED)
        meeting = get_object_or_404(found, pk=self.kwargs["pk"])
        is_pinned = self.request.POST.get("pinned") == "yes"
        pin(meeting, actor=self.request.user, is_pinned=is_pinned)
        if is_pinned:
            return _(
                "It stays where it is: no timetable moves it, and the two who meet can only call it off."
            )
        return _("A timetable and the two who meet may move it again.")

    def back(self) -> str:
        return asked_page(self.request) or reverse("matchmaking:all_meetings", args=[self.edition.slug])
