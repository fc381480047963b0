"""The organiser's badges: who is in, who holds one, and all of them on paper."""

from functools import cached_property
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from fairs.badges.actions import ask_for_print, issue_by_hand, restore, revoke
from fairs.badges.forms import IssueForm, RevokeForm
from fairs.badges.models import Badge
from fairs.badges.queries import (
    badges_of,
    conflicts_of,
    entries_by_hour,
    inside_by_role,
    inside_from,
    papers_of,
    runs_of,
    scans_of,
    standing_of,
)
from fairs.badges.rules import issues_badges
from fairs.badges.states import BadgeRole, BadgeState
from fairs.badges.tasks import draw_badges
from fairs.badges.views.people import pdf_of, picture_of
from fairs.editions.rules import refuse_once_put_away
from fairs.editions.views import OrganiserPage, Refusable
from moussem.core.storage import opened_or_404
from moussem.core.text import one_line
from moussem.organisations.views.standing import Press

CONFLICTS = 10


class Badges(OrganiserPage, ListView):
    """Who is in now, how they came, and every badge."""

    template_name = "fairs/badges/badges.html"
    context_object_name = "badges"
    section = "badges"
    paginate_by = 50

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the list was narrowed by."""
        return {name: one_line(self.request.GET.get(name, ""))[:80] for name in ("text", "role", "state")}

    def get_queryset(self) -> Any:
        return badges_of(self.edition, **self.asked)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        inside = inside_by_role(self.edition)
        roles = dict(BadgeRole.choices)
        return super().get_context_data(
            asked=self.asked,
            role_choices=BadgeRole.choices,
            state_choices=[*BadgeState.choices, ("inside", _("inside now"))],
            inside=[(roles[role], many) for role, many in inside.items() if many],
            inside_from=inside_from(self.edition),
            inside_total=sum(inside.values()),
            hours=entries_by_hour(self.edition),
            standing=standing_of(self.edition),
            conflicts=conflicts_of(self.edition)[:CONFLICTS],
            is_open=issues_badges(self.edition),
            **context,
        )


class OneBadge(OrganiserPage):
    """A page or a button about one badge."""

    section = "badges"

    @cached_property
    def badge(self) -> Badge:
        """The badge of the address."""
        return get_object_or_404(badges_of(self.edition), pk=self.kwargs["pk"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(badge=self.badge, **context)


class BadgePage(OneBadge, TemplateView):
    """One badge: its code, where it went in and out, and what can be done."""

    template_name = "fairs/badges/badge.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            picture=picture_of(self.badge) if self.badge.is_valid else "",
            scans=scans_of(self.badge),
            revoke_form=RevokeForm(),
            **context,
        )


class BadgePdf(OneBadge, View):
    """One badge on paper, for who lost theirs."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.badge.is_valid:
            raise Http404
        return pdf_of(self.badge)


class Issue(OrganiserPage, Refusable):
    """A badge by hand."""

    template_name = "fairs/badges/issue.html"
    form_class = IssueForm
    section = "badges"
    back = "fairs:badges"

    def act(self, form: IssueForm) -> None:
        badge = issue_by_hand(self.edition, actor=self.request.user, **form.cleaned_data)
        self.said = _("%(name)s has the badge %(number)s.") % {"name": badge.name, "number": badge.number}


class Revoke(OneBadge, Refusable):
    """Takes a badge back."""

    template_name = "fairs/badges/revoke.html"
    form_class = RevokeForm
    rule = staticmethod(refuse_once_put_away)
    back = "fairs:badges"

    def act(self, form: RevokeForm) -> None:
        self.said = _("The badge counts no more. Doors know as soon as they are online.")
        revoke(self.badge, actor=self.request.user, reason=form.cleaned_data["reason"])


class Restore(OneBadge, Press):
    """Gives a badge back."""

    def press(self) -> str:
        restore(self.badge, actor=self.request.user)
        return _("The badge counts again.")

    def back(self) -> str:
        return reverse("fairs:badge", args=[self.edition.slug, self.badge.pk])


class Print(OrganiserPage, TemplateView):
    """All badges on paper: the papers become ready one after the other."""

    template_name = "fairs/badges/print.html"
    section = "badges"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # The task counts on another connection, or in this very request: the numbers are read afterwards.
        runs = list(runs_of(self.edition)[:5])
        is_working = any(run.is_working for run in runs)
        return super().get_context_data(
            runs=runs, is_working=is_working, standing=standing_of(self.edition), **context
        )


class StartPrint(OrganiserPage, Press):
    """The button that prints all badges."""

    def press(self) -> str:
        language = (get_language() or "en")[:2]
        run = ask_for_print(self.edition, actor=self.request.user, language=language)
        draw_badges.enqueue(run.pk, self.request.user.pk)
        return _("The badges are being drawn. Each paper appears below as soon as it is ready.")

    def back(self) -> str:
        return reverse("fairs:print_badges", args=[self.edition.slug])


class Paper(OrganiserPage, View):
    """A paper of a printing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        paper = get_object_or_404(papers_of(self.edition), pk=self.kwargs["pk"])
        return FileResponse(
            opened_or_404(paper.file),
            as_attachment=True,
            filename=f"{paper.first}-{paper.last}.pdf",
            content_type="application/pdf",
            headers={"Cache-Control": "private, no-store"},
        )
