"""The reviewer's pages, and the applicant's appeal."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from catalogue.currency import chosen_currency
from fairs.applications.models import Application
from fairs.applications.queries import goods_of
from fairs.applications.views.applying import ApplicantPage, shown_of
from fairs.editions.rules import may_organise
from fairs.editions.views import Refusable
from fairs.selection.actions import send_appeal, send_review
from fairs.selection.errors import NothingToAppeal
from fairs.selection.forms import AppealForm, ReviewForm
from fairs.selection.juries import juries_of
from fairs.selection.models import Juror
from fairs.selection.queries import (
    is_rival,
    own_review_of,
    rubric_of,
    seat_of,
    to_judge,
)
from fairs.selection.rules import is_refused
from fairs.selection.scored import explanation_of
from fairs.selection.verdicts import verdict_on
from moussem.core.moves import standing


class Juries(LoginRequiredMixin, ListView):
    """The juries that a person sits in."""

    template_name = "fairs/selection/juries.html"
    context_object_name = "seats"

    def get_queryset(self) -> Any:
        return juries_of(self.request.user)


class JurorPage(LoginRequiredMixin):
    """A page for who sits in the jury of the edition; to anybody else it does not exist."""

    @cached_property
    def seat(self) -> Juror:
        """The person's seat."""
        found = seat_of(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.seat  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        edition = self.seat.edition
        return super().get_context_data(
            edition=edition,
            seat=self.seat,
            organises=may_organise(self.request.user, edition),
            section="selection",
            **context,
        )


class ToJudge(JurorPage, ListView):
    """What waits for this reviewer, and what they wrote already."""

    template_name = "fairs/selection/to_judge.html"
    context_object_name = "applications"

    def get_queryset(self) -> Any:
        # What is not judged yet comes first.
        return sorted(to_judge(self.seat), key=lambda one: own_review_of(one) is not None)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        applies = is_rival(self.request.user, self.seat.edition)
        return super().get_context_data(applies=applies, **context)


class Judge(JurorPage, Refusable):
    """One application beside the rubric."""

    template_name = "fairs/selection/judge.html"
    form_class = ReviewForm
    said = gettext_lazy("Your review is kept. You can change it until the decision.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and is_rival(request.user, self.seat.edition):
            # The list says why nothing is judged.
            return redirect("fairs:judge", self.seat.edition.slug)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def application(self) -> Application:
        """The application of the address, when this reviewer may judge it."""
        return get_object_or_404(to_judge(self.seat), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        rubric = rubric_of(self.seat.edition)
        if rubric is None:
            raise Http404
        own = next(iter(self.application.own_reviews), None)
        return {**super().get_form_kwargs(), "rubric": rubric, "review": own}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        own, currency = next(iter(self.application.own_reviews), None), chosen_currency(self.request)
        return super().get_context_data(
            application=self.application,
            own=own,
            goods=goods_of(self.application, currency),
            currency=currency,
            **shown_of(self.application),
            **context,
        )

    def act(self, form: ReviewForm) -> None:
        told = form.cleaned_data
        if told["has_conflict"]:
            self.said = _("Your conflict of interest is kept. You gave no scores, and others judge this one.")
        send_review(
            self.application,
            juror=self.seat,
            actor=self.request.user,
            scores=form.scores(),
            note=told["note"],
            has_conflict=told["has_conflict"],
        )

    def onward(self, reached: Any) -> str:
        return reverse("fairs:judge", args=[self.seat.edition.slug])


class SendAppeal(ApplicantPage, Refusable):
    """The applicant's appeal against a refusal."""

    template_name = "fairs/selection/appeal.html"
    form_class = AppealForm
    said = gettext_lazy("Your appeal was sent. The organiser answers by mail and here.")
    back = "fairs:apply_send"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._untold() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A refused form shows the page again, so the state is looked at before the form is.
        return self._untold() or super().post(request, *args, **kwargs)

    def _untold(self) -> HttpResponse | None:
        """Leads back whoever was not refused: until the decision nobody outside the jury reads its scores."""
        if is_refused(self.application):
            return None
        messages.error(self.request, NothingToAppeal(happened=standing(self.application)).message)
        return redirect(self.back, self.edition.slug)

    @property
    def draft(self) -> str:
        # One person may sell for several organisations that apply.
        return f"{super().draft}-{self.application.pk}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            explanation=explanation_of(self.application), verdict=verdict_on(self.application), **context
        )

    def act(self, form: AppealForm) -> None:
        send_appeal(self.application, actor=self.request.user, text=form.cleaned_data["text"])
