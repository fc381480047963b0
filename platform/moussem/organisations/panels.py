"""What the organisations hang in other rooms."""

from django.template.loader import render_to_string

from moussem.core.slots import fill


@fill("account.links", order=10)
def organisation_links(request):
    """The organisation that the person acts for, its members, and the way to the others."""
    if not request.user.is_authenticated:
        return ""
    return render_to_string(
        "organisations/parts/account_links.html", {"membership": request.membership}, request=request
    )
