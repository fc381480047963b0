"""Where the texts and buttons of a page lead: to what readers see, and nowhere else."""

from typing import Any

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from cms.publication.shown import is_shown


def address_of(page: Any) -> str:
    """The address of a page, in the reader's language where it is read in it; empty where it is not read."""
    if page is None:
        return ""
    found = next((one for one in (page.localized, page) if is_shown(one)), None)
    return (found.url or "") if found else ""


class LinkToAPage(PageLinkHandler):
    """A link of a text to a page; to one that readers do not see, its words alone."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """The opening mark of each link."""
        found = map(address_of, cls.get_many(attrs_list))
        return [f'<a href="{escape(address)}">' if address else "<a>" for address in found]
