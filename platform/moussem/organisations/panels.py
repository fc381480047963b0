"""What the organisations hang in other rooms."""

from moussem.core.parts import draw
from moussem.core.slots import fill


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
        here=request.resolver_match.url_name if request.resolver_match else "",
    )
