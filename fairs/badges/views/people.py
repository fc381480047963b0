"""A person's own badge, and the people of a stand."""

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from fairs.badges.actions import code_of, name_for_stand, name_from_booth, take_off_stand
from fairs.badges.forms import StandForm
from fairs.badges.models import Badge
from fairs.badges.paper import draw_one, faces_of, qr_svg
from fairs.badges.queries import (
    exhibitor_for,
    members_to_name,
    one_named,
    own_badges,
    people_of,
    valid_badges_of,
)
from fairs.badges.rules import issues_badges, may_name_people
from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.editions.views import Refusable
from fairs.floor.actions import remove_person
from fairs.floor.views.exhibiting import DeskButton
from fairs.selection.models import Exhibitor
from moussem.organisations.views.standing import Press


def pdf_of(badge: Badge) -> HttpResponse:
    """The PDF of one badge in the reader's language."""
    language = get_language() or "en"
    answer = HttpResponse(
        draw_one(faces_of([(badge, code_of(badge))], language)[0]), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="{badge.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def picture_of(badge: Badge) -> str:
    """The code of a badge as a drawing; segno writes nothing but numbers into it."""
    return mark_safe(qr_svg(code_of(badge)).decode())  # noqa: S308


class OwnPage(LoginRequiredMixin):
    """A page about a person's own badges; where there is none, it does not exist."""

    @cached_property
    def edition(self) -> Edition:
        """The edition, when this person may look at it."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def badges(self) -> list[Badge]:
        """The badges of the person, those that count first."""
        found = list(own_badges(self.request.user, self.edition))
        if not found:
            raise Http404
        return found


class OwnBadge(OwnPage, TemplateView):
    """The badge with its code, to be held to a door."""

    template_name = "fairs/badges/own.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = [(badge, picture_of(badge) if badge.is_valid else "") for badge in self.badges]
        return super().get_context_data(edition=self.edition, shown=shown, **context)


class OwnBadgePdf(OwnPage, View):
    """The badge to keep on a telephone or to print."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = [one for one in self.badges if one.pk == self.kwargs["pk"] and one.is_valid]
        if not found:
            raise Http404
        return pdf_of(found[0])


class StandPage(LoginRequiredMixin):
    """A page of an exhibitor about who stands at its booth."""

    @cached_property
    def exhibitor(self) -> Exhibitor:
        """The place of the organisation that the person acts for."""
        user = self.request.user
        found = exhibitor_for(user, self.request.membership, self.kwargs["slug"])
        if found is None or not may_name_people(user, found):
            raise Http404
        return found

    @cached_property
    def badge(self) -> Badge:
        """The badge of the address."""
        return get_object_or_404(people_of(self.exhibitor), pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.exhibitor  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)


class StandPeople(StandPage, Refusable):
    """Who stands at the booth, and one more."""

    template_name = "fairs/badges/stand.html"
    form_class = StandForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "members": members_to_name(self.exhibitor)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition = self.exhibitor.edition
        people = people_of(self.exhibitor)
        return super().get_context_data(
            edition=edition,
            exhibitor=self.exhibitor,
            people=people,
            is_open=issues_badges(edition),
            **context,
        )

    def act(self, form: StandForm) -> None:
        badge = name_for_stand(self.exhibitor, actor=self.request.user, **form.cleaned_data)
        self.said = _("%(name)s has the badge %(number)s.") % {"name": badge.name, "number": badge.number}

    def onward(self, reached: Any) -> str:
        return reverse("fairs:stand_people", args=[self.kwargs["slug"]])


class TakeOff(StandPage, Press):
    """Somebody does not stand at the booth after all."""

    def press(self) -> str:
        reason = _("taken off the stand by the exhibitor")
        take_off_stand(self.badge, actor=self.request.user, reason=reason)
        if one_named(self.exhibitor.staff.all(), self.badge.name):
            return _(
                "The badge counts no more. %(name)s still stands on the page of your booth; take the name "
                "off there, too, if nobody is to look for it."
            ) % {"name": self.badge.name}
        return _("The badge counts no more.")

    def back(self) -> str:
        return reverse("fairs:stand_people", args=[self.kwargs["slug"]])


class IssueFromBooth(DeskButton):
    """Gives somebody of the booth's page a badge, in one step."""

    def press(self) -> str:
        badge = name_from_booth(self.one_of(self.exhibitor.staff), actor=self.request.user)
        return _("%(name)s has the badge %(number)s.") % {"name": badge.name, "number": badge.number}


class RemovePerson(DeskButton):
    """Takes somebody off the booth's page, and says which badge of theirs still counts."""

    def press(self) -> str:
        person = self.one_of(self.exhibitor.staff)
        badge = one_named(valid_badges_of(self.exhibitor), person.name)
        remove_person(person, actor=self.request.user)
        if badge is None:
            return _("Taken off the page.")
        return _(
            "Taken off the page. The badge %(number)s of %(name)s still opens the doors; under “People at "
            "your stand” it is taken back."
        ) % {"number": badge.number, "name": badge.name}


class StandBadgePdf(StandPage, View):
    """The badge of somebody at the stand, to be printed or sent on."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.badge.is_valid:
            raise Http404
        return pdf_of(self.badge)
