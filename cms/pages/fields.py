"""Sources of a page as a field whose titles are translated one by one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextField
from wagtail_localize.segments import StringSegmentValue

from cms.pages.sources import Source, key_of, lines_of, text_of


class SourcesField(TextField):  # type: ignore[type-arg]
    """Sources of which the titles alone are translated: addresses and dates are those of the page."""

    def get_translatable_segments(self, text: str) -> list[StringSegmentValue]:
        """Each title once, as wagtail-localize asks for it."""
        titles = dict.fromkeys(title for title, *_rest in lines_of(text or ""))
        return [StringSegmentValue(key_of(title), title) for title in titles]

    def restore_translated_segments(self, text: str, segments: Iterable[Any]) -> str:
        """The sources of the page, each under its title in the language of the translation."""
        said = {segment.path: " ".join(segment.render_text().split()) for segment in segments}
        return text_of(_titled(source, said.get(key_of(source[0]), "")) for source in lines_of(text))


def _titled(source: Source, said: str) -> Source:
    title, address, when, language = source
    # A title that stays as it was stays in its language too.
    return (said, address, when, "") if said and said != title else (title, address, when, language)
