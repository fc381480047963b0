"""What the editors' house hangs in lower rooms."""

from django.urls import reverse
from django.utils.translation import gettext

from catalogue.views.crawlers import joins_sitemap
from cms.menus import Menu
from cms.menus_now import links_now
from cms.sitemap import EditorsPages
from moussem.core.ways import Link, adds_ways


@adds_ways
def menus(group: str, language: str) -> tuple[Link, ...]:
    """The links that an editor put into the main menu and the footer."""
    return links_now(group, language)


@adds_ways
def newsletter(group: str, language: str) -> tuple[Link, ...]:
    """The sign-up for the newsletter, after the links of the footer that editors chose."""
    return (Link(reverse("newsletter:sign_up"), gettext("Newsletter")),) if group == Menu.FOOTER else ()


joins_sitemap("editors", EditorsPages)
