"""An exhibitor's readiness and its rehearsals; the readiness of many for who accompanies or runs them."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.editions.views import OrganiserPage
from fairs.floor.views.exhibiting import DeskButton, OwnBooth
from fairs.live.models import LiveRoom
from fairs.live.queries import room_for
from fairs.live.rehearsal.actions import begin_rehearsal, break_off_rehearsal
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rehearsal.queries import (
    accompanies,
    exhibitors_accompanied,
    open_rehearsal,
    readiness_at,
    readiness_by_exhibitor,
    rehearsal_for,
    rehearsals_over,
)
from fairs.live.rehearsal.readiness import Readiness
from fairs.live.rehearsal.voice import recordings
from fairs.live.rehearsal.words import Told, heard, told_of_line
from fairs.live.stands.queries import is_held_now
from fairs.live.views import ChatPage
from fairs.selection.models import Exhibitor
from fairs.selection.queries import exhibitors_of
from moussem.organisations.rules import may_see_contacts

SHOWN = 5


class OwnReadiness(OwnBooth, TemplateView):
    """How ready one's own stand is, what is missing, and the rehearsals."""

    template_name = "fairs/live/rehearsal.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        exhibitor = self.exhibitor
        readiness = readiness_at(exhibitor)
        over = rehearsals_over(exhibitor)[:SHOWN]
        return super().get_context_data(
            readiness=readiness,
            parts=[told_of_line(one, exhibitor.edition.slug) for one in readiness.lines],
            current=open_rehearsal(exhibitor),
            over=[(one, heard(one.questions, one.findings)) for one in over],
            may_begin=is_held_now(exhibitor.edition),
            **context,
        )


class RehearsalPress(DeskButton):
    """A button of the rehearsals."""

    def back(self) -> str:
        return reverse("fairs:rehearsal", args=[self.exhibitor.edition.slug])


class Begin(RehearsalPress):
    """The practice buyer comes."""

    begun: Rehearsal | None = None

    def press(self) -> str:
        self.begun = begin_rehearsal(self.exhibitor, actor=self.request.user)
        return _("The practice buyer is at your practice stand.")

    def back(self) -> str:
        if self.begun is None:
            return super().back()
        return reverse("fairs:rehearsal_talk", args=[self.exhibitor.edition.slug, self.begun.room_id])


class OwnRehearsal:
    """A rehearsal by its room, for whoever sells for its exhibitor; to anybody else it does not exist."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """The rehearsal of the address."""
        found = rehearsal_for(self.request.user, self.kwargs["pk"])
        if found is None or found.exhibitor.edition.slug != self.kwargs["slug"]:
            raise Http404
        return found


class BreakOff(OwnRehearsal, RehearsalPress):
    """The practice buyer goes."""

    def press(self) -> str:
        break_off_rehearsal(self.rehearsal, actor=self.request.user)
        return _("The rehearsal is over. Begin another whenever you like.")


class PracticeTalk(OwnRehearsal, ChatPage):
    """What the practice buyer asks, and what is answered."""

    template_name = "fairs/live/rehearsal_talk.html"

    @cached_property
    def room(self) -> LiveRoom:
        """The room of the rehearsal, unless this person is kept out of live rooms."""
        found = room_for(self.request.user, self.rehearsal.room_id)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rehearsal = self.rehearsal
        voices = recordings(rehearsal.language)
        context = super().get_context_data(rehearsal=rehearsal, exhibitor=rehearsal.exhibitor, **context)
        for entry in context["entries"]:
            # Without script its link opens the last of them: the question.
            aloud = [voices[name] for name in entry.data.get("voice", ()) if name in voices]
            entry.aloud = aloud[-1] if aloud else ""
        return {**context, "voices": json.dumps(voices)}


@dataclass(frozen=True)
class Row:
    """An exhibitor in a list, with what is missing at its stand."""

    exhibitor: Exhibitor
    readiness: Readiness
    missing: list[Told]


class ReadinessList(ListView):
    """Exhibitors, the least ready first."""

    context_object_name = "rows"
    paginate_by = 20
    edition: Edition

    def exhibitors(self) -> Any:
        """Those that this person may read about."""
        raise NotImplementedError

    def get_queryset(self) -> list[Row]:
        slug, exhibitors = self.edition.slug, list(self.exhibitors())
        found = readiness_by_exhibitor(exhibitors)
        exhibitors.sort(key=lambda one: (found[one.pk].score, one.organisation.name, one.pk))
        return [
            Row(one, found[one.pk], [told_of_line(line, slug) for line in found[one.pk].missing])
            for one in exhibitors
        ]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        every = self.object_list
        return {
            **context,
            "many": len(every),
            "middle": sorted(one.readiness.score for one in every)[len(every) // 2] if every else None,
        }


class ReadinessOfAll(OrganiserPage, ReadinessList):
    """Every exhibitor of an edition, for who runs it."""

    template_name = "fairs/live/readiness.html"
    section = "readiness"

    def exhibitors(self) -> Any:
        return exhibitors_of(self.edition)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(shows_contacts=may_see_contacts(self.request.user, None), **context)


class ReadinessOfRegion(LoginRequiredMixin, ReadinessList):
    """The exhibitors that somebody accompanies; where there are none, the page does not exist."""

    template_name = "fairs/live/region_readiness.html"

    @cached_property
    def edition(self) -> Edition:
        """The edition of the address."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None or not accompanies(self.request.user, found):
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.edition  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    def exhibitors(self) -> Any:
        return exhibitors_accompanied(self.request.user, self.edition)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # Staff of a checked body, or members by the exhibitor's own consent.
        return super().get_context_data(edition=self.edition, shows_contacts=True, **context)
