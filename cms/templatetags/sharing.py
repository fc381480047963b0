"""What the head of an editors' page says to feed readers."""

from typing import Any

from django import template

from cms.feeds import OF_ARTICLES, address_of_feed, has_feed
from cms.pages.news import Subject

register = template.Library()


@register.simple_tag
def feeds_of(page: Any) -> list[tuple[str, str]]:
    """The addresses of the feeds of a page, each with what it is about."""
    if not page or not has_feed(page):
        return []
    subjects = Subject if isinstance(page, OF_ARTICLES) else ()
    return [
        (address_of_feed(page), page.title),
        *((address_of_feed(page, one), f"{page.title} · {one.label}") for one in subjects),
    ]
