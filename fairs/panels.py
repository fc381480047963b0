"""What fairs hang in other rooms: their link in the account menu."""

from typing import Any

from django.urls import reverse

from catalogue.views.crawlers import OurSitemap, joins_sitemap
from fairs.badges.queries import edition_kept_by
from fairs.editions.models import Edition
from fairs.editions.states import ORGANISING
from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.organisations.states import SELLERS


@fill("account.links", order=16)
def fairs_link(request: Any) -> str:
    """A seller's way to its applications, an organiser's to its editions, a door keeper's to the door."""
    membership = request.membership
    if not request.user.is_authenticated:
        return ""
    if not membership:
        return _door_link(request)
    kind = membership.organisation.kind
    address = {
        **dict.fromkeys(SELLERS, "fairs:applications"),
        **dict.fromkeys(ORGANISING, "fairs:editions"),
    }.get(kind)
    if address is None:
        return ""
    # Rooms above have pages below the address of a fair.
    is_here = request.path_info.startswith(reverse("fairs:index"))
    return draw("fairs/parts/link.html", address=address, is_here=is_here)


def _door_link(request: Any) -> str:
    """The door that somebody keeps who belongs to no organisation: that is all they are here for."""
    edition = edition_kept_by(request.user)
    if edition is None:
        return ""
    match = request.resolver_match
    is_here = bool(match) and match.namespace == "fairs"
    return draw("fairs/parts/door_link.html", slug=edition.slug, is_here=is_here)


class EditionPages(OurSitemap):
    """The editions that everybody may look at, but those that do not take place."""

    def items(self):
        return Edition.objects.taking_place().only("pk", "slug").order_by("pk")

    def location(self, item):
        return reverse("fairs:edition", args=[item.slug])


joins_sitemap("fairs", EditionPages)
