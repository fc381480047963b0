"""How a page is told to feeds, to networks and to machines: its picture, its words, its subjects."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images.models import SourceImageIOError

from cms.files.kept import KEPT, Source
from cms.files.models import Picture
from cms.files.sizes import SHARED

# What a page of some kind is about.
ABOUT = ("product", "market", "region")
KIND_OF_FILE = "image/jpeg"


class Shared(NamedTuple):
    """A picture in the size it is shared in."""

    path: str
    size: int


def with_what_is_shared(pages: Sequence[Any]) -> Sequence[Any]:
    """The pages, of any kinds, with all that is told of them, in as many queries however many they are."""
    pictures = Prefetch("picture", Picture.objects.prefetch_renditions(SHARED))
    for kind in {type(page) for page in pages}:
        held = [name for name in (*ABOUT, "locale") if hasattr(kind, name)]
        alike = [page for page in pages if type(page) is kind]
        prefetch_related_objects(alike, *held, *([pictures] if hasattr(kind, "picture") else []))
    return pages


def shared_picture(page: Any) -> Shared | None:
    """The leading picture as it is shared; nothing where there is none, or its file is gone."""
    picture = getattr(page, "picture", None)
    if picture is None:
        return None
    try:
        return _shared(Source.of(picture))
    except (SourceImageIOError, OSError):
        return None


@lru_cache(maxsize=KEPT)
def _shared(source: Source) -> Shared:
    rendition = source.picture.get_rendition(SHARED)
    return Shared(rendition.url, rendition.file.size)


def subjects_of(page: Any) -> list[str]:
    """What a page is about, in the words of its language."""
    if hasattr(page, "get_subject_display"):
        return [str(page.get_subject_display())]
    if hasattr(page, "get_kind_display"):
        return [str(page.get_kind_display())]
    return [str(getattr(page, name).label) for name in ABOUT if hasattr(page, name)]
