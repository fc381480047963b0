"""The applicant's steps."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from fairs.applications.actions import (
    keep_application,
    missing_in,
    send_application,
    start_application,
    take_back,
    withdraw_application,
)
from fairs.applications.forms import BoothForm, GoodsForm
from fairs.applications.models import Application
from fairs.applications.queries import (
    application_of,
    applications_of,
    call_for,
    certificates_in_force,
    open_to,
    products_to_show,
    questions_for,
)
from fairs.applications.states import ApplicationState
from fairs.editions.models import Edition
from fairs.editions.queries import edition_for
from fairs.editions.views import Refusable
from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.organisations.access import SellerRequired
from moussem.organisations.views.standing import Press

STEPS = ("booth", "goods", "send")


def _address(slug: str, step: str) -> str:
    if step == STEPS[-1]:
        return reverse("fairs:apply_send", args=[slug])
    return reverse("fairs:apply_step", args=[slug, step])


class Applications(SellerRequired, ListView):
    """The fairs that a seller applied to."""

    template_name = "fairs/apply/list.html"
    context_object_name = "applications"
    paginate_by = 20

    def get_queryset(self) -> Any:
        # Where one was accepted, the booth stands in its place.
        others = applications_of(self.organisation).exclude(state=ApplicationState.ACCEPTED)
        return others.prefetch_related("edition__deadlines")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(offered=open_to(self.organisation), **context)
        for one in context["applications"]:
            one.call = call_for(one.edition, self.organisation, one.category)
        return context


class ApplicantPage(SellerRequired):
    """A page of one's own application for the edition of the address."""

    @cached_property
    def edition(self) -> Edition:
        """The edition, when this person may look at it."""
        found = edition_for(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def application(self) -> Application:
        """One's own application for it."""
        found = application_of(self.organisation, self.edition)
        if found is None:
            raise Http404
        return found

    def step_before(self) -> str:
        """The page of the step before this one; nothing before the first."""
        at = STEPS.index(self.kwargs.get("step", STEPS[-1]))
        return _address(self.edition.slug, STEPS[at - 1]) if at else ""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        names = {"booth": _("Your booth"), "goods": _("Your goods"), "send": _("Check and send")}
        slug = self.edition.slug
        return super().get_context_data(
            edition=self.edition,
            application=self.application,
            steps=[(step, names[step], _address(slug, step)) for step in STEPS],
            back=self.step_before(),
            call=call_for(self.edition, self.organisation, self.application.category),
            **context,
        )


class Apply(ApplicantPage, View):
    """Starts the application or goes on with it; what was sent is shown."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        known = application_of(self.organisation, self.edition)
        if known is None:
            return redirect("fairs:edition", self.edition.slug)
        step = STEPS[0] if known.state == ApplicationState.DRAFT else STEPS[-1]
        return redirect(_address(self.edition.slug, step))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            start_application(self.edition, actor=request.user, organisation=self.organisation)
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
            return redirect("fairs:edition", self.edition.slug)
        return redirect(_address(self.edition.slug, STEPS[0]))


class ApplyStep(ApplicantPage, Refusable):
    """One of the first two steps, kept in the draft."""

    template_name = "fairs/apply/step.html"
    # The next step says it by being there.
    said = ""
    forms = {"booth": BoothForm, "goods": GoodsForm}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.application.state != ApplicationState.DRAFT or self.edition.is_put_away:
            return redirect("fairs:apply_send", self.edition.slug)
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return self.forms[self.kwargs["step"]]

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return {**kwargs, "application": self.application}

    @property
    def draft(self) -> str:
        # One person may sell for several organisations that apply.
        return f"{super().draft}-{self.application.pk}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        has_products = products_to_show(self.organisation).exists()
        return super().get_context_data(step=self.kwargs["step"], has_products=has_products, **context)

    def act(self, form: Any) -> None:
        typed = form.typed() if isinstance(form, GoodsForm) else form.cleaned_data
        keep_application(self.application, actor=self.request.user, **typed)

    def onward(self, reached: Any) -> str:
        return _address(self.edition.slug, STEPS[STEPS.index(self.kwargs["step"]) + 1])


class ApplySend(ApplicantPage, TemplateView):
    """The application as the organiser will read it; sending is its one button."""

    template_name = "fairs/apply/send.html"
    http_method_names = ["get", "head", "post"]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            step=STEPS[-1], missing=missing_in(self.application), **shown_of(self.application), **context
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            send_application(self.application, actor=request.user)
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
        else:
            messages.success(request, _("Your application was sent. A mail confirms it."))
        return redirect("fairs:apply_send", self.edition.slug)


def shown_of(application: Application) -> dict[str, Any]:
    """What both sides read of an application."""
    asked = questions_for(application.edition, application.category)
    chosen = application.products.values("pk")
    return {
        "answers": [(one, application.answers.get(one.key)) for one in asked],
        "products": products_to_show(application.organisation).filter(pk__in=chosen),
        "certificates": certificates_in_force(application.organisation),
    }


class TakeBack(ApplicantPage, Press):
    """The button that makes a sent application a draft again."""

    def press(self) -> str:
        take_back(self.application, actor=self.request.user)
        return _("The application is a draft again. Change it, then send it once more.")

    def back(self) -> str:
        return reverse("fairs:apply", args=[self.edition.slug])


class WithdrawApplication(ApplicantPage, Press, TemplateView):
    """Takes an application away from the organiser, once its page has said what is lost."""

    http_method_names = ["get", "head", "post"]
    template_name = "fairs/apply/withdraw.html"

    def press(self) -> str:
        withdraw_application(self.application, actor=self.request.user)
        return _("The application is withdrawn.")

    def back(self) -> str:
        return reverse("fairs:applications")
