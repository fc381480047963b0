"""The passages of a page beside their translation, as a translator reads and writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue
from wagtail_localize.strings import StringValue
from wagtail_localize.views.edit_translation import (
    FieldHasNoEditPanelError,
    TabHelper,
    get_segment_location_info,
)

from cms.translations.memory import MACHINE

BREAK = re.compile(r"<br\s*/?>")


@dataclass(frozen=True)
class Passage:
    """One text of the source, where it stands, and what it is in the other language."""

    segment: StringSegment
    place: str
    part: str
    block: str
    said: StringTranslation | None

    @property
    def key(self) -> str:
        return f"passage-{self.segment.pk}"

    @property
    def source(self) -> str:
        return shown(self.segment.string.data, self.is_plain)

    @property
    def text(self) -> str:
        return shown(self.said.data, self.is_plain) if self.said else ""

    @property
    def is_plain(self) -> bool:
        """Without marks such as bold: signs are typed as they are read."""
        return "<" not in BREAK.sub("", self.segment.string.data)

    @property
    def is_machine(self) -> bool:
        return self.said is not None and self.said.translation_type == MACHINE

    @property
    def error(self) -> str:
        return str(self.said.get_error() or "") if self.said else ""

    @property
    def rows(self) -> int:
        """As high as the source needs, so that both sides are read at once."""
        return min(max(self.source.count("\n") + 1, len(self.source) // 55 + 1), 14)


def shown(data: str, plain: bool) -> str:
    """What is kept, as it is typed: lines are lines."""
    text = BREAK.sub("\n", data)
    return unescape(text) if plain else text


def kept(text: str, plain: bool) -> str:
    """What was typed, as it is kept."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return str(StringValue.from_plaintext(lines).data) if plain else lines.replace("\n", "<br/>")


def passages_of(translation: Translation) -> list[Passage]:
    """The passages of a page in the order of its editor, each with what is said in the other language."""
    source = translation.source.get_source_instance()
    tabs = TabHelper(source)
    said = {
        (one.translation_of_id, one.context_id): one
        for one in StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale=translation.target_locale
        ).select_related("translation_of", "context")
    }
    found = []
    for segment in segments_of(translation):
        try:
            place = _place_of(segment, source, tabs)
        except FieldHasNoEditPanelError:
            place = {"order": len(tabs.field_ordering_mapping), "field": "", "subField": "", "blockId": ""}
        passage = Passage(
            segment=segment,
            place=str(place["field"]),
            part=str(place["subField"] or ""),
            block=str(place["blockId"] or segment.context.path.partition(".")[0]),
            said=said.get((segment.string_id, segment.context_id)),
        )
        found.append((place["order"], segment.order, passage))
    return [passage for *_order, passage in sorted(found, key=lambda one: one[:2])]


def _place_of(segment: StringSegment, source: Any, tabs: TabHelper) -> dict[str, Any]:
    path = segment.context.path
    place: dict[str, Any] = get_segment_location_info(
        source, tabs, path, segment.context.get_field_path(source)
    )
    return place


def segments_of(translation: Translation) -> QuerySet[StringSegment]:
    """What of a page is text, as it was when its words were last taken."""
    return translation.source.stringsegment_set.select_related("string", "context").order_by("order")


def grouped(passages: list[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    """Passages by the block or field they stand in, under its name."""
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.block, []).append(passage)
    for members in groups.values():
        yield members[0].place, members


def has_changed(source: TranslationSource, page: Page) -> bool:
    """Whether other words were published, or written before the first day, since a source was taken."""
    changed = page.last_published_at if page.live else page.latest_revision_created_at
    if not changed or changed <= source.last_updated_at:
        return False
    # That it was published alone, as it was, changes nothing for who translates it.
    now = page.specific if page.live else page.get_latest_revision_as_object()
    taken = source.stringsegment_set.values_list("context__path", "string__data")
    return words_of(now) != set(taken)


def words_of(page: Any) -> set[tuple[str, str]]:
    """The texts of a page, each with where it stands."""
    words = (one for one in extract_segments(page) if isinstance(one, StringSegmentValue))
    return {(one.path, one.string.data) for one in words}
