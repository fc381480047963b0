"""What crawlers are told of the editors' pages: those that are published, each with its live translations."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from catalogue.views.crawlers import OurSitemap
from cms.menus.held import last_change
from cms.pages.readable import HOME_DEPTH
from cms.publication.shown import last_end, shown
from moussem.core.models import LastRun


def mark_of(change: LastRun | None, end: datetime | None) -> str:
    """The word of a change, which no other has, and what has been over since without one."""
    if change is None:
        return ""
    return f'"{change.fingerprint}-{end.timestamp():.0f}"' if end else f'"{change.fingerprint}"'


class EditorsPages(OurSitemap):
    """Every page below the home pages; those are told with the marketplace's own."""

    # A page stands in one language: what it has of others is looked up, not reckoned.
    i18n = False

    def mark(self) -> str:
        """That of the last change of what readers see."""
        return mark_of(last_change(), last_end())

    def items(self) -> QuerySet[Page]:
        below = shown(Page.objects).filter(depth__gt=HOME_DEPTH)
        return below.select_related("locale").order_by("translation_key", "pk")

    def location(self, item: Page) -> str:
        return item.get_url() or ""

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at

    def _urls(self, page: Any, protocol: str, domain: str) -> list[dict[str, Any]]:
        # A page outside every site, or at an address of another room, is nowhere to be read.
        urls = [url for url in super()._urls(page, protocol, domain) if url["item"].get_url()]
        # Translations may stand on two sheets of the map, so all that are meant are read.
        keys = {url["item"].translation_key for url in urls}
        alike: dict[Any, list[dict[str, str]]] = {}
        for one in self.items().filter(translation_key__in=keys):
            if address := one.get_url():
                place = f"{protocol}://{domain}{address}"
                known = {"location": place, "lang_code": one.locale.language_code}
                alike.setdefault(one.translation_key, []).append(known)
        return [{**url, "alternates": alike[url["item"].translation_key]} for url in urls]
