"""What the organisations hang in other rooms."""

from django.urls import reverse

from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.organisations.queries import waiting_for_a_check
from moussem.organisations.rules import may_check


@fill("account.links", order=20)
def organisation_links(request):
    """The organisation that the person acts for, its members, and the way to the others."""
    if not request.user.is_authenticated:
        return ""
    membership = request.membership
    organisation = membership.organisation if membership else None
    return draw(
        "organisations/parts/account_links.html",
        slug=organisation.slug if organisation else "",
        label=organisation.label if organisation else "",
        admin_url=reverse("admin:index") if may_check(request.user) else "",
        to_check=_to_check(request.user),
        here=request.resolver_match.url_name if request.resolver_match else "",
    )


def _to_check(user):
    """How many organisations wait for an officer; nobody else is counted for, since every page would pay."""
    if not may_check(user) or not user.has_perm("organisations.change_organisation"):
        return None
    return waiting_for_a_check().count()
