"""The organiser's pages of meetings: how far they are, settings, messages to read."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from fairs.editions.states import ENDED
from fairs.editions.views import OrganiserPage, SharedForm
from matchmaking.meetings.queries import stands_of
from matchmaking.parties.actions import advance_matching, plan_matching
from matchmaking.parties.models import Matching
from matchmaking.parties.queries import matching_of, slots_at
from matchmaking.parties.rules import is_open_to_change
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import remove_message, show_message
from matchmaking.requests.models import RequestMessage
from matchmaking.requests.queries import messages_to_read
from matchmaking.requests.states import RequestState
from matchmaking.timetables.forms import SettingsForm
from matchmaking.timetables.queries import missing_of, standing_of
from moussem.organisations.views.standing import Press


class ArrangingPage(OrganiserPage):
    """A page of the meetings of an edition for who runs it."""

    section = "meetings"
    tab = ""

    @cached_property
    def matching(self) -> Matching | None:
        """How meetings are made there."""
        return matching_of(self.edition)

    @cached_property
    def may_change(self) -> bool:
        """Whether anything may still be changed."""
        is_over = self.edition.state in ENDED
        return not is_over and (self.matching is None or is_open_to_change(self.matching))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            matching=self.matching, tab=self.tab, may_change=self.may_change, **context
        )


class Overview(ArrangingPage, TemplateView):
    """How far the meetings of an edition have come, what is missing, and the next step."""

    template_name = "matchmaking/arrange/overview.html"
    tab = "overview"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        standing = standing_of(self.edition)
        state = self.matching.state if self.matching else MatchingState.PREPARING
        names = dict(RequestState.choices)
        rows = [(names[key], standing.requests.get(key, 0)) for key in RequestState.values]
        return super().get_context_data(
            standing=standing,
            state=state,
            stands=stands_of(self.matching),
            to_come=slots_at(self.edition).filter(begins__gt=timezone.now()).count(),
            by_state=rows,
            most=max([many for _name, many in rows], default=0) or 1,
            missing=missing_of(self.edition, self.matching, standing) if self.may_change else [],
            **context,
        )


class Advance(ArrangingPage, Press):
    """The buttons that open requests, book at once, or end meetings."""

    def press(self) -> str:
        to = self.request.POST.get("to", "")
        if to not in MatchingState.values:
            raise Http404
        advance_matching(self.edition, MatchingState(to), actor=self.request.user)
        said = {
            MatchingState.ASKING: _("Requests are taken. Everybody who takes part can ask and answer."),
            MatchingState.LIVE: _("Whoever accepts a request from now on books its meeting at once."),
            MatchingState.ENDED: _("Meetings of this edition are over."),
        }
        return said[MatchingState(to)]

    def back(self) -> str:
        return reverse("matchmaking:arranging", args=[self.edition.slug])


class Settings(ArrangingPage, SharedForm):
    """Until when requests are taken, quotas, guarantees, and how much a person meets."""

    template_name = "matchmaking/arrange/settings.html"
    form_class = SettingsForm
    tab = "settings"
    read_before = ("matching", "may_change")
    back = "matchmaking:arranging"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "edition": self.edition, "matching": self.matching}

    def act(self, form: SettingsForm) -> None:
        self.said = _("The settings of the meetings are kept.")
        plan_matching(self.edition, actor=self.request.user, **form.cleaned_data)


class Messages(ArrangingPage, ListView):
    """Messages that the organiser reads before the other side does."""

    template_name = "matchmaking/arrange/messages.html"
    context_object_name = "said"
    tab = "messages"
    paginate_by = 20

    def get_queryset(self) -> Any:
        return messages_to_read(self.edition)


class JudgeMessage(ArrangingPage, Press):
    """The buttons that show a message to the other side, or keep it from them."""

    @cached_property
    def one(self) -> RequestMessage:
        """The message that was read."""
        return get_object_or_404(RequestMessage, request__edition=self.edition, pk=self.kwargs["pk"])

    def press(self) -> str:
        act = {"show": show_message, "remove": remove_message}.get(self.request.POST.get("act", ""))
        if act is None:
            raise Http404
        act(self.one, actor=self.request.user, seen=self.request.POST.get("seen", ""))
        if act is show_message:
            return _("The other side reads the message now.")
        return _("The message is taken out; who wrote it is told. The request itself stands.")

    def back(self) -> str:
        return reverse("matchmaking:messages", args=[self.edition.slug])
