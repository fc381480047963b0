"""Who writes and publishes a translation, and when it may be read: whole, each word read by a person."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.translations.errors import NotConfirmed, NotTranslated
from cms.translations.memory import MACHINE
from moussem.core.errors import require


def may_write_translation(by: Any, page: Page) -> bool:
    """Whether somebody writes in this page, which nobody has locked; the house itself may."""
    if by is None:
        return True
    locked = page.get_lock()
    return page.permissions_for_user(by).can_edit() and not (locked and locked.for_user(by))


def may_publish_translation(by: Any, page: Page) -> bool:
    """Whether somebody lets readers see this page; the house itself may."""
    return by is None or (may_write_translation(by, page) and page.permissions_for_user(by).can_publish())


def is_being_written(page: Page) -> bool:
    """Whether somebody holds this page, sent it on its way, or wrote what readers do not see yet."""
    waits = page.has_unpublished_changes or page.scheduled_revision is not None
    return bool(page.locked or waits or page.current_workflow_state)


def sources_for(user: Any) -> QuerySet[TranslationSource]:
    """What is translated of the pages that somebody works on."""
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    written = own.filter(translation_key=OuterRef("object_id"), locale=OuterRef("locale"))
    return TranslationSource.objects.filter(Exists(written))


def passages_said(translation: Translation) -> QuerySet[StringSegment]:
    """Passages that say whether they are translated, and whether by a machine that nobody confirmed."""
    said = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=translation.target_locale
    )
    return translation.source.stringsegment_set.annotate(
        is_said=Exists(said.filter(has_error=False)), is_machine=Exists(said.filter(translation_type=MACHINE))
    )


def unsaid(translation: Translation) -> int:
    """How many passages have no translation that can be used."""
    return passages_said(translation).filter(is_said=False).count()


def unconfirmed(translation: Translation) -> int:
    """How many passages are a machine’s draft."""
    return passages_said(translation).filter(is_machine=True).count()


def with_passages_left(translations: QuerySet[Translation]) -> QuerySet[Any]:
    """These, each with how many passages nobody has translated or confirmed; nothing where none is left."""
    said = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
    )
    done = said.filter(has_error=False).exclude(translation_type=MACHINE)
    open_ones = StringSegment.objects.filter(~Exists(done), source=OuterRef("source")).order_by()
    return translations.annotate(
        left=Subquery(open_ones.values("source").annotate(number=Count("pk")).values("number"))
    )


def require_finished(translation: Translation) -> None:
    """Refuse a page that would go out in two languages, or in words nobody has read."""
    count = unsaid(translation)
    require(not count, NotTranslated, count=count)
    count = unconfirmed(translation)
    require(not count, NotConfirmed, count=count)


def require_whole(page: Page) -> None:
    """The same of a page, where it is the translation of another."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    if translation is not None:
        require_finished(translation)
