"""A page that is moved takes its translations along: each goes to the same place in its language."""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Locale, Page

from cms.translations.errors import AddressTakenThere
from moussem.core.errors import require


def keep_together() -> None:
    """Wagtail moves a page and what stands below it in two steps; with its translations it is one."""
    MovePageAction.execute = transaction.atomic(MovePageAction.execute)


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
    for one, there in goes_along(page, before, after):
        is_free = Page._slug_is_available(one.slug, there, page=one)
        require(
            is_free,
            AddressTakenThere,
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
