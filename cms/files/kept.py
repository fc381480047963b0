"""What pages show of a picture, kept in the process by the picture's word.

Every change gives a picture a word that was never used before (`Picture.save`, `cms.receivers.size_goes`),
and every page reads its pictures with their words: nothing has to be forgotten, here or in another process.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Filter, ResponsiveImage, SourceImageIOError
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.files.models import Picture

KEPT = 2048
FORMAT = "format-webp"


@dataclass(frozen=True)
class Source:
    """A picture by its name and word: two that agree in them are drawn alike."""

    number: int
    word: str
    picture: Picture = field(compare=False, repr=False)

    @classmethod
    def of(cls, picture: Picture) -> "Source":
        return cls(picture.pk, picture.word, picture)


def sizes_of(picture: Picture | None, spec: str, **attributes: str) -> SafeString:
    """The `<img>` of a picture in the sizes that a filter specification names."""
    if picture is None:
        return SafeString("")
    specs = tuple(Filter.expand_spec([FORMAT, spec]))
    told = tuple(attributes.items())
    try:
        return _drawn(Source.of(picture), specs, told)
    except SourceImageIOError:
        # Not kept: the file may come back.
        return _img(get_renditions_or_not_found(picture, specs), told)


@lru_cache(maxsize=KEPT)
def _drawn(source: Source, specs: tuple[str, ...], attributes: tuple[tuple[str, str], ...]) -> SafeString:
    return _img(source.picture.get_renditions(*specs), attributes)


def _img(renditions: dict[str, Any], attributes: tuple[tuple[str, str], ...]) -> SafeString:
    return mark_safe(ResponsiveImage(renditions, dict(attributes)).__html__())  # noqa: S308
