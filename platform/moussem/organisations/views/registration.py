"""Registering in three steps; what was typed waits in the draft."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, RedirectView, TemplateView

from moussem.core.errors import Refusal
from moussem.organisations.actions import discard_draft, keep_draft, register_organisation
from moussem.organisations.forms import ContactForm, WhatForm, WhereForm
from moussem.organisations.middleware import choose
from moussem.organisations.queries import draft_of
from moussem.organisations.states import Kind
from moussem.organisations.views.standing import Press, done

STEPS = ("what", "where", "contact")


class Register(LoginRequiredMixin, RedirectView):
    """Goes to the first step that is not filled in yet."""

    def get_redirect_url(self, *args, **kwargs):
        return reverse("organisations:register_step", args=[first_open(draft_of(self.request.user))])


def form_of(step, typed, **options):
    """The form of a step, over what the draft holds for it."""
    if step == "where":
        options["kind"] = typed.get("kind", "")
    return {"what": WhatForm, "where": WhereForm, "contact": ContactForm}[step](**options)


def first_open(typed):
    """The first step that the draft does not answer well; the last one when it answers them all."""
    return next((step for step in STEPS if not form_of(step, typed, data=typed).is_valid()), STEPS[-1])


class RegisterStep(LoginRequiredMixin, FormView):
    """One step, kept in the draft when it is right; the last one registers."""

    template_name = "organisations/register.html"

    @cached_property
    def typed(self):
        """What the draft holds."""
        return draft_of(self.request.user)

    @property
    def step(self):
        """The step of the address."""
        return self.kwargs["step"]

    def get(self, request, *args, **kwargs):
        reached = first_open(self.typed)
        if STEPS.index(self.step) > STEPS.index(reached):
            return redirect("organisations:register_step", reached)
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        return form_of(self.step, self.typed, **self.get_form_kwargs())

    def get_initial(self):
        return {"email": self.request.user.email, **self.typed}

    def get_context_data(self, **context):
        words = {"what": _("What it is"), "where": _("Where it is"), "contact": _("How to reach it")}
        steps = [(step, words[step], reverse("organisations:register_step", args=[step])) for step in STEPS]
        return super().get_context_data(step=self.step, steps=steps, has_draft=bool(self.typed), **context)

    def form_valid(self, form):
        typed = form.typed() if self.step == "where" else dict(form.cleaned_data)
        typed.pop("may_act", None)
        draft = keep_draft(actor=self.request.user, **typed)
        if self.step != STEPS[-1]:
            return redirect("organisations:register_step", STEPS[STEPS.index(self.step) + 1])
        return self.register(form, draft.typed)

    def register(self, form, typed):
        """Everything typed is checked once more before it is declared."""
        what, where = form_of("what", typed, data=typed), form_of("where", typed, data=typed)
        if not (what.is_valid() and where.is_valid()):
            return redirect("organisations:register")
        declared = {**what.cleaned_data, **where.declared(), **form.cleaned_data}
        declared.pop("may_act")
        try:
            membership = register_organisation(actor=self.request.user, **declared)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)
        choose(self.request, membership)
        organisation = membership.organisation
        messages.success(self.request, _next_step(organisation) % {"organisation": organisation.name})
        if organisation.kind == Kind.BUYER:
            return redirect(done("organisations:mine"))
        return redirect(done("organisations:edit", organisation.slug))


def _next_step(organisation):
    """What the owner of a new organisation does best now."""
    if organisation.kind == Kind.BUYER:
        return _(
            "%(organisation)s is registered. Look around among the products, and ask for the check: until "
            "then it can order samples and small quantities."
        )
    if organisation.is_seller:
        return _("%(organisation)s is registered. Tell buyers more about it, or list your first product.")
    return _("%(organisation)s is registered. Say more about it here, then ask for the check.")


class StartAgain(Press, TemplateView):
    """Empties the draft, once its page has said what goes."""

    http_method_names = ["get", "head", "post"]
    template_name = "organisations/register_again.html"

    def get_context_data(self, **context):
        return super().get_context_data(name=draft_of(self.request.user).get("name", ""), **context)

    def press(self):
        discard_draft(actor=self.request.user)
        return _("The form is empty again.")

    def back(self):
        return done("organisations:mine")
