"""What the editors' house hangs in lower rooms."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from catalogue.search.beside import Telling, Told, tells_beside
from catalogue.views.crawlers import joins_sitemap
from cms.files.kept import pictured
from cms.files.models import Picture
from cms.menus.held import links_now
from cms.menus.models import Menu
from cms.search.queries import found_pages, pictures_of
from cms.staff.roles import WORKS_HERE
from cms.syndication.sitemap import EditorsPages
from moussem.core.parts import draw
from moussem.core.slots import fill
from moussem.core.ways import Link, adds_ways


@adds_ways
def menus(group: str, language: str) -> tuple[Link, ...]:
    """The links that an editor put into the main menu and the footer, and to what is written of a subject."""
    return links_now(group, language)


@adds_ways
def newsletter(group: str, language: str) -> tuple[Link, ...]:
    """The sign-up for the newsletter, after the links of the footer that editors chose."""
    return (Link(reverse("newsletter:sign_up"), gettext("Newsletter")),) if group == Menu.FOOTER else ()


@tells_beside
def pages_beside_products(text: str, language: str, start: int, rows: int) -> Telling:
    """What the editors wrote about what is searched for."""
    pages, total = found_pages(text, language, rows, start=start)
    pictures = pictures_of(pages)
    return Telling([_told(page, pictures.get(getattr(page, "picture_id", None))) for page in pages], total)


def _told(page: Any, picture: Picture | None) -> Told:
    intro, kind = getattr(page, "intro", ""), str(page._meta.verbose_name)
    return Told(page.title, page.get_url(), intro, kind, pictured(picture, "small"))


joins_sitemap("editors", EditorsPages)


@fill("account.links", order=18)
def editors_link(request: Any) -> str:
    """The way into the house, for who works there."""
    if not request.user.is_authenticated or not request.session.get(WORKS_HERE):
        return ""
    return draw("cms/parts/editors_link.html")
