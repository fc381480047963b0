"""Members, their roles and limits, and the invitations that bring them."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from moussem.core.errors import Refusal
from moussem.core.locks import lock
from moussem.core.pages import sayable
from moussem.organisations.actions import (
    accept_invitation,
    change_role,
    end_membership,
    invite_member,
    set_limits,
    withdraw_invitation,
)
from moussem.organisations.errors import NotConfirmed
from moussem.organisations.forms import InviteForm, LimitsForm, RoleForm
from moussem.organisations.middleware import choose
from moussem.organisations.queries import (
    invitation_for,
    invitation_of,
    members_in_force,
    membership_for,
    pending_invitations,
)
from moussem.organisations.states import Role
from moussem.organisations.views.standing import MemberPage, OwnerForm, Press


class Members(MemberPage, TemplateView):
    """Who belongs to the organisation, and who is invited."""

    template_name = "organisations/members.html"
    section = "members"

    def get_context_data(self, **context):
        context = super().get_context_data(members=members_in_force(self.organisation), **context)
        if context["manages"]:
            context["invitations"] = pending_invitations(self.organisation)
        return context


class Invite(OwnerForm):
    """Offers a role to an address."""

    template_name = "organisations/invite.html"
    form_class = InviteForm
    section = "members"
    said = gettext_lazy("The invitation is on its way. It is valid for a week.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kind": self.organisation.kind}

    def get_initial(self):
        return {"language": self.request.LANGUAGE_CODE}

    def act(self, form):
        invite_member(self.organisation, actor=self.request.user, **form.cleaned_data)

    def get_success_url(self):
        return reverse("organisations:members", args=[self.organisation.slug])


class Withdraw(Press):
    """Takes an invitation back."""

    def press(self):
        invitation = invitation_for(self.request.user, self.kwargs["slug"], self.kwargs["pk"])
        if invitation is None:
            raise Http404
        withdraw_invitation(invitation, actor=self.request.user)
        return _("The invitation is withdrawn; its link no longer works.")

    def back(self):
        return reverse("organisations:members", args=[self.kwargs["slug"]])


def limits_of(membership):
    """The limits that stand, by currency."""
    return {limit.currency: limit.amount for limit in membership.limits.all()}


class Member(MemberPage, TemplateView):
    """One membership: its role, its limits, and its end."""

    template_name = "organisations/member.html"
    section = "members"

    @cached_property
    def membership(self):
        """The membership of the address, for its organisation's owner or for the member."""
        found = membership_for(self.request.user, self.kwargs["slug"], self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, role_form=None, limits_form=None, **context):
        context = super().get_context_data(membership=self.membership, **context)
        if context["manages"] and self.membership.role != Role.DELEGATE:
            initial = {"role": self.membership.role}
            context["role_form"] = role_form or RoleForm(kind=self.organisation.kind, initial=initial)
        if context["manages"] and self.membership.role == Role.PURCHASER:
            context["limits_form"] = limits_form or LimitsForm(initial=limits_of(self.membership))
        return context

    def done(self, said):
        """Says so on the same page."""
        messages.success(self.request, said)
        return redirect("organisations:member", self.organisation.slug, self.membership.pk)


class ChangeRole(Member):
    """Gives a member another role."""

    http_method_names = ["post"]

    # What stands is looked at and written under one lock.
    @transaction.atomic
    def post(self, request, *args, **kwargs):
        organisation, membership = lock(self.organisation), lock(self.membership)
        form = RoleForm(request.POST, kind=organisation.kind, initial={"role": membership.role})
        if form.is_valid():
            try:
                change_role(self.membership, actor=request.user, **form.cleaned_data)
                return self.done(_("The role is changed."))
            except Refusal as refusal:
                form.add_error(None, sayable(refusal))
        return self.render_to_response(self.get_context_data(role_form=form))


class SetLimits(Member):
    """Says up to which amounts a purchaser orders alone."""

    http_method_names = ["post"]

    # What stands is looked at and written under one lock.
    @transaction.atomic
    def post(self, request, *args, **kwargs):
        form = LimitsForm(request.POST, initial=limits_of(lock(self.membership)))
        if form.is_valid():
            try:
                set_limits(self.membership, amounts=form.cleaned_data, actor=request.user)
                return self.done(_("The limits are kept."))
            except Refusal as refusal:
                form.add_error(None, sayable(refusal))
        return self.render_to_response(self.get_context_data(limits_form=form))


class EndMembership(Press):
    """Ends a membership, once its address was typed."""

    def press(self):
        membership = membership_for(self.request.user, self.kwargs["slug"], self.kwargs["pk"])
        if membership is None:
            raise Http404
        if self.request.POST.get("confirmation", "").strip().lower() != membership.user.email:
            raise NotConfirmed(phrase=membership.user.email)
        end_membership(membership, actor=self.request.user)
        return _("The membership of %(person)s has ended.") % {"person": membership.user}

    def back(self):
        return "organisations:mine"


class AcceptInvitation(TemplateView):
    """The page that the link of an invitation opens."""

    template_name = "organisations/invitation.html"

    @cached_property
    def invitation(self):
        """The invitation, while it can be accepted."""
        found = invitation_of(self.kwargs["token"])
        return found if found and found.is_pending else None

    def get(self, request, *args, **kwargs):
        if self.invitation and not request.user.is_authenticated:
            # Whoever opens this link reads that address: it need not be confirmed a second time.
            get_adapter(request).stash_verified_email(request, self.invitation.email)
        status = 200 if self.invitation else 410
        return self.render_to_response(self.get_context_data(invitation=self.invitation), status=status)

    def post(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
        try:
            membership = accept_invitation(self.kwargs["token"], actor=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(request.path)
        choose(request, membership)
        said = _("Welcome: you now act for %(organisation)s.")
        messages.success(request, said % {"organisation": membership.organisation.label})
        return redirect("organisations:page", membership.organisation.slug)
