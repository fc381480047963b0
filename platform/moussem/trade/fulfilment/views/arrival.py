"""Where somebody who has just signed in finds what waits."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from moussem.organisations.rules import may_check
from moussem.organisations.states import BUYING_ROLES, SELLING_ROLES, Kind


class Arrival(LoginRequiredMixin, View):
    """Leads on to the own desk: a seller's, a buyer's, the staff's, else to what can be begun."""

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
    return "admin:index" if may_check(request.user) else "organisations:mine"
