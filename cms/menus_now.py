"""The links of menus as readers may follow them now, and which home pages they find, held in the process.

A look at one small row says whether anything changed, at most every few seconds
(`settings.MENUS_LOOKED_AT_EVERY`); in between no page costs a query. As `catalogue.concepts.words_now` does
it: the word of the row is new at every change, so a change that was rolled back is never taken for another.
"""

import threading
import time
from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from cms.menus import MenuLink
from cms.shown import is_shown
from moussem.core.models import LastRun
from moussem.core.ways import Link

STAMP = "published"
Menus = dict[tuple[str, str], tuple[Link, ...]]


@dataclass(frozen=True)
class Held:
    """Links by menu and language, home pages by language, their stamp, and when that was looked at."""

    menus: Menus
    homes: dict[str, int]
    stamp: str
    turn: int
    looked_at: float = field(default_factory=time.monotonic)


class _Keeper:
    """What this process holds; ``turn`` counts the changes it knows of."""

    def __init__(self) -> None:
        self.held: Held | None = None
        self.turn = 0
        self.building = threading.Lock()


_keeper = _Keeper()


def links_now(menu: str, language: str) -> tuple[Link, ...]:
    """The links of a menu in a language that lead to what is published."""
    return _held_now().menus.get((menu, language), ())


def home_now(language: str) -> int | None:
    """The number of the published home page in a language."""
    return _held_now().homes.get(language)


def _held_now() -> Held:
    held = _keeper.held
    if held is None or held.turn != _keeper.turn:
        with _keeper.building:
            held = _keeper.held
            if held is None or held.turn != _keeper.turn:
                held = _look()
    # One looks; the others answer from what they have meanwhile.
    elif _is_old(held) and _keeper.building.acquire(blocking=False):
        try:
            held = _look()
        finally:
            _keeper.building.release()
    return held


def forget() -> None:
    """Look again at the next page: something was changed here."""
    _keeper.turn += 1


def hold_none() -> None:
    """Begin without links and home pages, as empty tables would, without asking the database."""
    _keeper.held = Held({}, {}, "", _keeper.turn)


def stamp_change() -> None:
    """Let every process know, in the transaction of the change, that links may lead elsewhere."""
    LastRun.objects.update_or_create(name=STAMP, defaults={"at": timezone.now(), "fingerprint": uuid4().hex})
    # At once for the rest of this transaction, and after it for threads that looked too early.
    forget()
    transaction.on_commit(forget)


def last_change() -> LastRun | None:
    """When something was last published, moved or taken away, with the word that is this change's alone."""
    return LastRun.objects.filter(pk=STAMP).first()


def _is_old(held: Held) -> bool:
    return time.monotonic() - held.looked_at >= settings.MENUS_LOOKED_AT_EVERY


def _look() -> Held:
    held, turn = _keeper.held, _keeper.turn
    # Before the links are read: what changes in between is seen at the next look, never missed.
    stamp = LastRun.objects.filter(pk=STAMP).values_list("fingerprint", flat=True).first() or ""
    known = held is not None and held.stamp == stamp
    menus, homes = (held.menus, held.homes) if known else (_read(), _homes())
    _keeper.held = found = Held(menus, homes, stamp, turn)
    return found


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
            found[key] = (*found.get(key, ()), Link(href, link.label or page.title))
    return found
