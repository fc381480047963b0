"""A page of the editors as it is told to machines: the facts of its kind, and the way to it."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static

from cms.pages.fairs import FairPage
from cms.pages.found import found_of
from cms.pages.home import HomePage
from cms.pages.markets import MarketNotePage
from cms.pages.news import ArticlePage
from cms.pages.readable import HOME_DEPTH
from cms.pages.stories import StoryPage
from cms.syndication.sharing import shared_picture, subjects_of
from cms.syndication.structured import article_data, breadcrumb_data, event_data, graph, organization_data
from moussem.core.sites import site_url

SITE_NAME = "Moussem"
ARTICLES: dict[type, str] = {ArticlePage: "NewsArticle", MarketNotePage: "Article", StoryPage: "Article"}


def way_to(page: Any, request: HttpRequest) -> list[Any]:
    """The published pages between the home page and this one."""
    return [step for step in found_of(page, request).above if step.depth > HOME_DEPTH]


def facts_of(page: Any, request: HttpRequest) -> dict[str, Any]:
    """What schema.org has words for, of this page of this site."""
    site = site_url(request)
    publisher = organization_data(name=SITE_NAME, url=site, logo=f"{site}{static('core/img/favicon.svg')}")
    if isinstance(page, HomePage):
        return graph(publisher)
    steps = [(step.title, f"{site}{step.get_url()}") for step in (*way_to(page, request), page)]
    nodes = [publisher, breadcrumb_data(steps)]
    if type(page) in ARTICLES:
        nodes.append(_article(page, site, publisher["@id"]))
    elif isinstance(page, FairPage) and page.edition.is_public:
        nodes.append(_event(page.edition, site, page))
    return graph(*nodes)


def _article(page: Any, site: str, publisher: str) -> dict[str, Any]:
    subjects = subjects_of(page)
    is_note = isinstance(page, MarketNotePage)
    return article_data(
        ARTICLES[type(page)],
        title=page.title,
        intro=page.intro,
        url=f"{site}{page.get_url()}",
        language=page.locale.language_code,
        # A page that is looked at before it is published has no moment yet.
        published=page.first_published_at or page.latest_revision_created_at,
        changed=page.last_published_at or page.latest_revision_created_at,
        publisher=publisher,
        section="" if is_note else " · ".join(subjects),
        image=_image(page, site),
        about=subjects if is_note else (),
    )


def _event(edition: Any, site: str, page: Any) -> dict[str, Any]:
    return event_data(
        name=edition.label,
        summary=edition.summary or page.intro,
        url=f"{site}{page.get_url()}",
        starts=edition.doors_open_at or edition.starts_on,
        ends=edition.doors_close_at or edition.ends_on,
        mode=edition.mode,
        place=edition.place,
        organiser=edition.series.organiser.label,
        is_withdrawn=edition.withdrawn_at is not None,
        image=_image(page, site),
    )


def _image(page: Any, site: str) -> str:
    picture = shared_picture(page)
    return f"{site}{picture.path}" if picture else ""
