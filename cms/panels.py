"""What the editors' house hangs in lower rooms."""

from catalogue.views.crawlers import joins_sitemap
from cms.menus_now import links_now
from cms.sitemap import EditorsPages
from moussem.core.ways import Link, adds_ways


@adds_ways
def menus(group: str, language: str) -> tuple[Link, ...]:
    """The links that an editor put into the main menu and the footer."""
    return links_now(group, language)


joins_sitemap("editors", EditorsPages)
