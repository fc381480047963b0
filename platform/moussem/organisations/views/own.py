"""My organisations, and the page of one of them."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from moussem.core.locks import lock
from moussem.core.pages import asked_page
from moussem.organisations.actions import ask_for_check, set_bank_details, update_organisation
from moussem.organisations.bank import masked
from moussem.organisations.forms import BankForm, PageForm
from moussem.organisations.middleware import choose
from moussem.organisations.queries import consents_over, draft_of, memberships_of
from moussem.organisations.rules import bank_pause_ends
from moussem.organisations.views.standing import OwnerForm, OwnerPage, Press, done


class Mine(LoginRequiredMixin, TemplateView):
    """Every organisation I belong to, and the one I act for now."""

    template_name = "organisations/mine.html"

    def get_context_data(self, **context):
        user = self.request.user
        memberships = list(memberships_of(user))
        return super().get_context_data(
            memberships=memberships,
            consents_over=consents_over(user),
            has_draft=bool(draft_of(user)),
            current=self.request.membership,
            **context,
        )


class Switch(Press):
    """Acts from now on for another organisation of mine."""

    def press(self):
        chosen = self.request.POST.get("membership", "")
        membership = next((one for one in memberships_of(self.request.user) if str(one.pk) == chosen), None)
        if membership is None:
            raise Http404
        choose(self.request, membership)
        return _("You now act for %(organisation)s.") % {"organisation": membership.organisation.label}

    def back(self):
        return asked_page(self.request) or "organisations:mine"


class AskForCheck(OwnerPage, Press):
    """Asks an officer to look at the organisation."""

    def press(self):
        ask_for_check(self.organisation, actor=self.request.user)
        return _("An officer will look at it and write to you within three working days.")

    def back(self):
        return asked_page(self.request) or reverse("organisations:page", args=[self.organisation.slug])


class Edit(OwnerForm):
    """What the organisation says of itself."""

    template_name = "organisations/edit.html"
    form_class = PageForm
    section = "edit"
    said = gettext_lazy("The page is changed.")

    # What stands is looked at and written under one lock.
    @transaction.atomic
    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.organisation}

    def act(self, form):
        update_organisation(self.organisation, actor=self.request.user, **form.changes())

    def get_success_url(self):
        return done("organisations:page", self.organisation.slug)


class Bank(OwnerForm):
    """The account that buyers pay to; asks for a recent sign-in before it shows or changes anything."""

    template_name = "organisations/bank.html"
    form_class = BankForm
    section = "bank"
    said = gettext_lazy("The bank details are kept. Every owner has been told by mail.")

    def get_context_data(self, **context):
        return super().get_context_data(
            account=masked(self.organisation.iban), pause_ends=bank_pause_ends(self.organisation), **context
        )

    def get_form_kwargs(self):
        if self.request.method == "POST":
            # The page that comes back tells of the account that stands by then.
            self.organisation = lock(self.organisation)
        return {**super().get_form_kwargs(), "organisation": self.organisation}

    def get(self, request, *args, **kwargs):
        return reauthentication_required(super().get)(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        # What stands is looked at and written under one lock.
        with transaction.atomic():
            return reauthentication_required(super().post)(request, *args, **kwargs)

    def act(self, form):
        given = form.cleaned_data
        set_bank_details(
            self.organisation,
            bank_name=given["bank_name"],
            iban=given["account"],
            bic=given["bic"],
            actor=self.request.user,
        )

    def get_success_url(self):
        return reverse("organisations:bank", args=[self.organisation.slug])
