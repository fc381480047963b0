"""What the head of an editors' page says to feed readers, networks and machines."""

from typing import Any

from django import template
from django.template import RequestContext

from catalogue.structured import as_script
from cms.files.sizes import SHARED_HEIGHT, SHARED_WIDTH
from cms.pages.news import Subject
from cms.syndication.descriptions import ARTICLES, facts_of
from cms.syndication.feeds import OF_ARTICLES, address_of_feed, has_feed
from cms.syndication.sharing import shared_picture, subjects_of
from moussem.core.sites import site_url

register = template.Library()
# As the networks write languages: each with a country.
SPOKEN = {"en": "en_GB", "fr": "fr_FR", "ar": "ar_AR"}


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


@register.simple_tag(takes_context=True)
def told_of(context: RequestContext, page: Any) -> dict[str, Any]:
    """What a link to this page shows where it is shared, and its facts for machines."""
    site = site_url(context["request"])
    picture = shared_picture(page)
    is_article = type(page) in ARTICLES
    return {
        "url": f"{site}{page.get_url()}",
        "type": "article" if is_article else "website",
        "locale": SPOKEN[page.locale.language_code],
        "image": f"{site}{picture.path}" if picture else "",
        "width": SHARED_WIDTH,
        "height": SHARED_HEIGHT,
        "subjects": subjects_of(page) if is_article else [],
        "facts": as_script(facts_of(page, context["request"])),
    }
