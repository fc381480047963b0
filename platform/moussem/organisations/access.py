"""What a view of a seller's or a buyer's desk stands on: somebody signed in with such a membership."""

from functools import cached_property

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import render

from moussem.organisations.queries import consents_over, memberships_of, owners_to_ask
from moussem.organisations.states import BUYING_ROLES, SELLERS, SELLING_ROLES, Kind


class _MembershipRequired(LoginRequiredMixin):
    """Sends strangers to sign in, and tells the others kindly which membership the page asks for."""

    kinds: tuple = ()
    roles: tuple = ()
    side = ""

    @cached_property
    def membership(self):
        """The membership this page is used under: the current one when it fits, else the first that fits."""
        if (current := self.request.membership) and self._fits(current):
            return current
        return next((one for one in memberships_of(self.request.user) if self._fits(one)), None)

    @property
    def organisation(self):
        """The organisation this page is used for."""
        return self.membership.organisation

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if self.membership is None and kwargs:
            # The address names one object, which is nobody's of theirs.
            raise Http404
        if self.membership is None:
            told = {"side": self.side, "owners": owners_to_ask(request.user, self.kinds)}
            # Nobody orders by proxy.
            told["consents_over"] = consents_over(request.user) if self.kinds == SELLERS else []
            return render(request, "organisations/membership_needed.html", told, status=403)
        return super().dispatch(request, *args, **kwargs)

    def _fits(self, membership) -> bool:
        return membership.organisation.kind in self.kinds and membership.role in self.roles


class SellerRequired(_MembershipRequired):
    """For pages of a cooperative or an exporter; gives ``self.organisation``."""

    kinds, roles, side = SELLERS, SELLING_ROLES, "seller"


class BuyerRequired(_MembershipRequired):
    """For pages of a buyer; gives ``self.organisation`` and ``self.membership``."""

    kinds, roles, side = (Kind.BUYER,), BUYING_ROLES, "buyer"
