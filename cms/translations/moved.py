"""A page that is moved takes its translations along: each goes to the same place in its language."""

from typing import Any

from django.db import transaction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Locale, Page

from cms.translations.errors import AddressTakenThere, MovedMeanwhile, PageGone
from moussem.core.errors import require
from moussem.core.locks import lock_all

_move, _delete, _add = MovePageAction.execute, DeletePageAction.execute, Page.add_child


def keep_together() -> None:
    """Wagtail moves a page and what stands below it in two steps; with its translations it is one.

    It trusts where pages stood when it read them, whoever has moved them since: each is read again under a
    lock.
    """
    MovePageAction.execute = _move_in_turn
    DeletePageAction.execute = _delete_in_turn
    Page.add_child = _add_in_turn


@transaction.atomic
def _move_in_turn(self: MovePageAction, *args: Any, **kwargs: Any) -> None:
    _hold(self.page, self.target)
    stood, self.target = _as_it_is(self.page), _as_it_is(self.target)
    require(stood.path == self.page.path, MovedMeanwhile, title=stood.get_admin_display_title())
    _move(self, *args, **kwargs)


@transaction.atomic
def _delete_in_turn(self: DeletePageAction, *args: Any, **kwargs: Any) -> Any:
    _hold(self.page)
    self.page = _as_it_is(self.page)
    return _delete(self, *args, **kwargs)


@transaction.atomic
def _add_in_turn(self: Page, **kwargs: Any) -> Any:
    _hold(self)
    now = _as_it_is(self)
    self.path, self.depth, self.numchild, self.url_path = now.path, now.depth, now.numchild, now.url_path
    return _add(self, **kwargs)


def _hold(*pages: Page) -> None:
    """Nobody else moves these or what they stand below, in any language, until the transaction ends."""
    paths = Page.objects.filter(pk__in=[page.pk for page in pages]).values_list("path", flat=True)
    near = {path for here in paths for path in (here, here[: -Page.steplen])}
    keys = Page.objects.filter(path__in=near).values_list("translation_key", flat=True)
    list(lock_all(Page.objects.filter(translation_key__in=set(keys)).only("pk")))


def _as_it_is(page: Page) -> Page:
    """A page read anew, its place with it."""
    now = Page.objects.filter(pk=page.pk).first()
    if now is None:
        raise PageGone(title=page.get_admin_display_title())
    return now


def goes_along(page: Page, before: Page, after: Page) -> list[tuple[Page, Page]]:
    """Translations that stand where a page stands, in their language, each with where it goes."""
    if before.pk == after.pk or before.locale_id != after.locale_id:
        return []
    beside = before.get_translations()
    there = {one.locale_id: one for one in after.get_translations()}
    kin = page.get_translations().select_related("locale").order_by("locale")
    return [
        (one, there[one.locale_id])
        for one in kin
        if one.locale_id in there and beside.filter(pk=one.get_parent().pk).exists()
    ]


def stays_behind(page: Page, before: Page, after: Page) -> list[Locale]:
    """The languages in which a translation stands beside, and the place a page goes to does not exist."""
    if before.pk == after.pk or before.locale_id != after.locale_id:
        return []
    moving = {one.pk for one, _there in goes_along(page, before, after)}
    beside = {one.locale_id for one in before.get_translations()}
    kin = page.get_translations().exclude(pk__in=moving).select_related("locale").order_by("locale")
    return [one.locale for one in kin if one.locale_id in beside]


def require_room(page: Page, before: Page, after: Page) -> None:
    """Refuse a move after which two pages of a language would answer at one address."""
    for one, there in [(page, after), *goes_along(page, before, after)]:
        if other := there.get_children().filter(slug=one.slug).exclude(pk=one.pk).first():
            raise AddressTakenThere(
                other=other.draft_title or other.title,
                title=one.draft_title or one.title,
                slug=one.slug,
                language=one.locale.get_display_name(),
            )


def take_along(page: Page, before: Page, after: Page) -> None:
    """Move what goes along; what a translation would take along itself has gone by then."""
    for one, there in goes_along(page, before, after):
        # Both may have moved within the tree since they were read.
        here = Page.objects.get(pk=one.pk)
        MovePageAction(here, Page.objects.get(pk=there.pk), pos="last-child").execute()
