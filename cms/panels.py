"""What the editors' house hangs in lower rooms."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from catalogue.search.beside import Told, tells_beside
from catalogue.views.crawlers import joins_sitemap
from cms.menus.held import links_now
from cms.menus.models import Menu
from cms.search.queries import found_pages
from cms.staff.roles import WORKS_HERE
from cms.syndication.sitemap import EditorsPages
from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.core.ways import Link, adds_ways

# Products come first: so many pages stand below them.
MOST_BESIDE = 3


@adds_ways
def menus(group: str, language: str) -> tuple[Link, ...]:
    """The links that an editor put into the main menu and the footer, and to what is written of a subject."""
    return links_now(group, language)


@adds_ways
def newsletter(group: str, language: str) -> tuple[Link, ...]:
    """The sign-up for the newsletter, after the links of the footer that editors chose."""
    return (Link(reverse("newsletter:sign_up"), gettext("Newsletter")),) if group == Menu.FOOTER else ()


@tells_beside
def pages_beside_products(text: str, language: str) -> list[Told]:
    """What the editors wrote about what is searched for."""
    return [
        Told(page.title, page.get_url(), getattr(page, "intro", ""), str(page._meta.verbose_name))
        for page in found_pages(text, language, MOST_BESIDE)
    ]


joins_sitemap("editors", EditorsPages)


@fill("account.links", order=18)
def editors_link(request: Any) -> str:
    """The way into the house, for who works there."""
    if not request.user.is_authenticated or not request.session.get(WORKS_HERE):
        return ""
    return draw("cms/parts/editors_link.html")
