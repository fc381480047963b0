"""What pages show of a picture, kept in the process by the picture's word.

Every change gives a picture a word that was never used before (`Picture.save`, `cms.receivers.size_goes`),
and every page reads its pictures with their words: nothing has to be forgotten, here or in another process.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.images.models import SourceImageIOError
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.files.models import Picture
from cms.files.sizes import FORMATS, PLACES, specs_of

KEPT = 2048


@dataclass(frozen=True)
class Source:
    """A picture by its name and word: two that agree in them are drawn alike."""

    number: int
    word: str
    picture: Picture = field(compare=False, repr=False)

    @classmethod
    def of(cls, picture: Picture) -> "Source":
        return cls(picture.pk, picture.word, picture)


def pictured(picture: Picture | None, place: str, *, alt: str = "", is_first: bool = False) -> SafeString:
    """A picture in the sizes of a place, as AVIF where the browser can, and no wider than it is."""
    if picture is None:
        return SafeString("")
    try:
        return _kept(Source.of(picture), place, alt, is_first)
    except SourceImageIOError:
        # Not kept: the file may come back.
        return _drawn(get_renditions_or_not_found(picture, specs_of(place)), place, alt, is_first)


@lru_cache(maxsize=KEPT)
def _kept(source: Source, place: str, alt: str, is_first: bool) -> SafeString:
    return _drawn(source.picture.get_renditions(*specs_of(place)), place, alt, is_first)


def _drawn(renditions: dict[str, Any], place: str, alt: str, is_first: bool) -> SafeString:
    shape = PLACES[place]
    # A picture that is small is the same in several sizes: a width is named once.
    by_format = {
        kind: {renditions[spec].width: renditions[spec] for spec in reversed(specs)}
        for kind, specs in shape.specs.items()
    }
    named = {
        kind: ", ".join(f"{one.url} {width}w" for width, one in sorted(found.items()))
        for kind, found in by_format.items()
    }
    plain = by_format[FORMATS[-1]]
    told = {
        "sources": [(f"image/{kind}", named[kind]) for kind in FORMATS[:-1]],
        "srcset": named[FORMATS[-1]],
        "sizes": shape.shown,
        "smallest": plain[min(plain)],
        "alt": alt,
        "is_first": is_first,
    }
    return SafeString(render_to_string("cms/parts/pictured.html", told))
