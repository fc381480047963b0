"""What the pages of a member stand on."""

from abc import ABC, abstractmethod
from functools import cached_property

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, View

from moussem.core.errors import Refusal
from moussem.core.pages import sayable
from moussem.organisations.queries import managed_organisation, own_organisation
from moussem.organisations.rules import may_manage


def done(view, *args):
    """A page reached because a form was accepted: it drops the draft that the browser kept of it."""
    return f"{reverse(view, args=args)}?done=1"


class MemberPage(LoginRequiredMixin):
    """For members in force; to anybody else the page does not exist."""

    query = staticmethod(own_organisation)
    section = ""

    @cached_property
    def organisation(self):
        """The organisation of the address, for this person."""
        found = self.query(self.request.user, self.kwargs["slug"])
        if found is None:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.organisation  # noqa: B018 - a stranger gets 404 before anything else is looked at
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context):
        manages = may_manage(self.request.user, self.organisation)
        return super().get_context_data(
            organisation=self.organisation, manages=manages, section=self.section, **context
        )


class OwnerPage(MemberPage):
    """For owners."""

    query = staticmethod(managed_organisation)


class OwnerForm(ABC, OwnerPage, FormView):
    """A form of the owner whose refusal is shown above what was typed."""

    said = ""

    @abstractmethod
    def act(self, form):
        """Call the one action; what it returns is not looked at."""

    def form_valid(self, form):
        try:
            self.act(form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return self.form_invalid(form)
        messages.success(self.request, self.said)
        return redirect(self.get_success_url())


class Press(ABC, LoginRequiredMixin, View):
    """A button: one action, then back to a page with what came of it."""

    http_method_names = ["post"]

    @abstractmethod
    def press(self):
        """Call the one action; return the sentence to say."""

    @abstractmethod
    def back(self):
        """Where to go afterwards."""

    def post(self, request, *args, **kwargs):
        try:
            said = self.press()
        except Refusal as refusal:
            messages.error(request, sayable(refusal))
        else:
            messages.success(request, said)
        return redirect(self.back())
