"""Where somebody who has just signed in finds what waits."""

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from moussem.organisations.rules import may_check
from moussem.organisations.states import BUYING_ROLES, SELLING_ROLES, Kind


class Arrival(LoginRequiredMixin, View):
    """Leads on to the desk of a seller, a buyer, the staff or an editor, else to what can be begun."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The redirection."""
        return redirect(_desk_of(request))


def _desk_of(request: HttpRequest) -> str:
    if membership := request.membership:
        organisation, role = membership.organisation, membership.role
        if organisation.is_seller and role in SELLING_ROLES:
            return "desk:home"
        if organisation.kind == Kind.BUYER and role in BUYING_ROLES:
            return "orders:purchases"
    if may_check(request.user):
        return "admin:index"
    others = (desk for right, desk in settings.SITE_DESKS if request.user.has_perm(right))
    return next(others, "organisations:mine")
