"""When a translation may be read: it is whole, and a person has read every word of it."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translations.errors import NotConfirmed, NotTranslated
from cms.translations.memory import MACHINE
from moussem.core.errors import require


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
