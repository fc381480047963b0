"""What of a page is no words, the same in every language: its blocks and their order, pictures, choices."""

import json
from collections.abc import Set
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import SegmentOverride, Translation
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import OverridableSegmentValue

from cms.translations.passages import has_changed, shown, words_of
from cms.translations.rules import unconfirmed, unsaid
from moussem.core.text import unbroken

ADDRESS = "slug"
BLOCK = {"type", "value", "id"}


def as_it_would_be(translation: Translation) -> Any:
    """The page in its language, unsaved, of what was taken of its source and what is said of that."""
    return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)


def content_of(page: Any) -> dict[str, Any]:
    """What a page has in common with its translations, and what of it is translated."""
    kept = page.serializable_data()
    return {one.field_name: kept.get(one.field_name) for one in get_translatable_fields(type(page))}


def says_the_same(translation: Translation, one: Any, other: Any) -> bool:
    """Whether two states of a translation have the same words, and the same addresses of its own."""
    own = _own_places(translation)
    return words_of(one) == words_of(other) and _addresses(one, own) == _addresses(other, own)


def lacks_blocks(translation: Translation, page: Page) -> bool:
    """Whether a page that readers see was last written before other blocks of its source came out.

    Where words are missing, who translates them brings the blocks as well.
    """
    origin = translation.source.get_source_instance()
    if not page.live or not origin.live or unsaid(translation):
        return False
    own = _own_places(translation)
    coming, latest = as_it_would_be(translation), page.get_latest_revision_as_object()
    return _differ(translation.source.as_instance(), origin, own) or _differ(coming, latest, own)


def reads_as_before(translation: Translation) -> bool:
    """Whether readers see another state of a page than its source and who translates it have by now."""
    page, own = translation.get_target_instance(), _own_places(translation)
    origin, coming = translation.source.get_source_instance(), as_it_would_be(translation)
    return (
        _differ(translation.source.as_instance(), origin, own)
        or _differ(coming, page, own)
        or _lines_of(coming) != _lines_of(page)
    )


def left_behind(source: Page) -> list[Locale]:
    """The languages in which readers see a page as it was, though its source is published or planned anew."""
    begun = Translation.objects.filter(
        source__object_id=source.translation_key, source__locale=source.locale_id, enabled=True
    ).select_related("source", "target_locale")
    seen = {one.locale_id: one for one in source.get_translations() if one.live or one.scheduled_revision}
    return [
        one.target_locale
        for one in begun.order_by("target_locale")
        if one.target_locale_id in seen
        and (
            has_changed(one.source, source)
            or unsaid(one)
            or unconfirmed(one)
            or (seen[one.target_locale_id].live and source.live and reads_as_before(one))
        )
    ]


def _lines_of(page: Any) -> set[tuple[str, str]]:
    """The words of a page as a line each: a title is kept as one, whatever was typed."""
    return {(path, unbroken(shown(text, plain=True))) for path, text in words_of(page)}


def _own_places(translation: Translation) -> Set[str]:
    """Where a language has an address of its own, or could have one."""
    kept = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    )
    return {ADDRESS, *kept.values_list("context__path", flat=True)}


def _addresses(page: Any, places: Set[str]) -> set[tuple[str, str]]:
    found = (one for one in extract_segments(page) if isinstance(one, OverridableSegmentValue))
    told = {(one.path, json.dumps(one.data)) for one in found if one.path in places}
    return {*told, (ADDRESS, page.slug)}


def _differ(one: Any, other: Any, own: Set[str]) -> bool:
    """Whether two states of a page differ in anything but their words and what a language has of its own."""
    left_out = own | {path for path, _text in words_of(one) | words_of(other)}
    return _bare(_read(one), "", left_out) != _bare(_read(other), "", left_out)


def _read(page: Any) -> dict[str, Any]:
    content = content_of(page)
    if "body" in content:
        content["body"] = list(page.body.get_prep_value())
    return content


def _bare(value: Any, path: str, left_out: Set[str]) -> Any:
    """What is kept at a place, without its words; of a block also its kind and its number."""
    if path in left_out:
        return None
    if isinstance(value, dict) and value.keys() >= BLOCK:
        inside = f"{path}.{value['id']}"
        return value["type"], value["id"], _bare(value["value"], inside, left_out)
    if isinstance(value, dict):
        return {key: _bare(part, f"{path}.{key}".lstrip("."), left_out) for key, part in value.items()}
    if isinstance(value, list):
        return [_bare(part, path, left_out) for part in value]
    # Titles of sources stand in one text with their addresses.
    is_worded = isinstance(value, str) and any(one.startswith(f"{path}.") for one in left_out)
    return None if is_worded else value
