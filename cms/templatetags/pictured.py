"""A picture of the editors as a page shows it."""

from typing import Any

from django import template
from wagtail.images.shortcuts import get_renditions_or_not_found

from cms.files.models import Picture
from cms.files.sizes import FORMATS, PLACES, specs_of

register = template.Library()


@register.inclusion_tag("cms/parts/pictured.html")
def pictured(picture: Picture, place: str, alt: str = "", is_first: bool = False) -> dict[str, Any]:
    """The picture in the sizes of a place, as AVIF where the browser can, and no wider than it is."""
    shape = PLACES[place]
    drawn = get_renditions_or_not_found(picture, specs_of(place))
    # A picture that is small is the same in several sizes: a width is named once.
    by_format = {
        kind: {drawn[spec].width: drawn[spec] for spec in reversed(specs)}
        for kind, specs in shape.specs.items()
    }
    named = {
        kind: ", ".join(f"{one.url} {width}w" for width, one in sorted(found.items()))
        for kind, found in by_format.items()
    }
    plain = by_format[FORMATS[-1]]
    return {
        "sources": [(f"image/{kind}", named[kind]) for kind in FORMATS[:-1]],
        "srcset": named[FORMATS[-1]],
        "sizes": shape.shown,
        "smallest": plain[min(plain)],
        "alt": alt,
        "is_first": is_first,
    }
