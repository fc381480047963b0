"""The links of menus as readers may follow them now, those from a subject to what is written about it, and
which home pages they find, held in the process (`core/in_step.py`)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from cms.menus.models import MenuLink
from cms.pages.fairs import FairPage
from cms.pages.markets import MarketNotePage
from cms.pages.regions import RegionPage
from cms.publication.shown import is_shown, shown
from moussem.core.in_step import InStep, stamp
from moussem.core.models import LastRun
from moussem.core.ways import Link

STAMP = "published"
# Kinds of pages about something of a lower room: what that is called there, and where they name it.
ABOUT = (
    ("region", RegionPage, "region_id"),
    ("hs", MarketNotePage, "product_id"),
    ("edition", FairPage, "edition_id"),
)


@dataclass(frozen=True)
class Lasting:
    """A link, and the minute at which its page is over."""

    link: Link
    until: datetime | None


Menus = dict[tuple[str, str], tuple[Lasting, ...]]


@dataclass(frozen=True)
class Ways:
    """Links by menu or subject, and language; and home pages by language."""

    menus: Menus = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)


def _ways() -> Ways:
    return Ways(_read() | _about(), _homes())


def _homes() -> dict[str, int]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {}
    found = site.root_page.get_translations(inclusive=True).live()
    return dict(found.values_list("locale__language_code", "pk"))


def _read() -> Menus:
    found: Menus = {}
    for link in MenuLink.objects.select_related("page__locale", "locale").order_by("position", "pk"):
        language, page = link.locale.language_code, link.page
        # A page of another language, a draft and an expired one are left out rather than led to.
        if page is not None and not (is_shown(page) and page.locale_id == link.locale_id):
            continue
        href = page.get_url() if page is not None else link.address
        if href:
            key = (link.menu, language)
            found[key] = (
                *found.get(key, ()),
                Lasting(Link(href, link.label or page.title), page.expire_at if page else None),
            )
    return found


def _about() -> Menus:
    """The pages about a subject, by its kind and key."""
    found: Menus = {}
    for kind, model, name in ABOUT:
        for page in shown(model.objects.select_related("locale")).order_by("path"):
            key = (f"{kind}:{getattr(page, name)}", page.locale.language_code)
            found[key] = (*found.get(key, ()), Lasting(Link(page.get_url(), page.title), page.expire_at))
    return found


held: InStep[Ways] = InStep(STAMP, _ways, every="MENUS_LOOKED_AT_EVERY")


def links_now(menu: str, language: str) -> tuple[Link, ...]:
    """The links of a menu, or about a subject, in a language that lead to what is published."""
    now = timezone.now()
    lasting = held.now().menus.get((menu, language), ())
    return tuple(one.link for one in lasting if one.until is None or one.until > now)


def home_now(language: str) -> int | None:
    """The number of the published home page in a language."""
    return held.now().homes.get(language)


def forget() -> None:
    """Look again at the next page: something was changed here."""
    held.forget()


def hold_none() -> None:
    """Begin without links and home pages, as empty tables would, without asking the database."""
    held.hold(Ways())


def stamp_change() -> None:
    """Let every process know, in the transaction of the change, that links may lead elsewhere."""
    stamp(STAMP)
    # At once for the rest of this transaction, and after it for threads that looked too early.
    forget()
    transaction.on_commit(forget)


def last_change() -> LastRun | None:
    """When something was last published, moved or taken away, with the word that is this change's alone."""
    return LastRun.objects.filter(pk=STAMP).first()
