"""Uploaded pictures made safe and light: re-encoded, upright, bare. No Django in here."""

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10_000_000
MOST_PIXELS = 60_000_000
# What must be unpacked whole before it can be made small.
MOST_PIXELS_WHOLE = 24_000_000
LEAST_SIDE = 300
WIDTHS = (320, 640, 1280)
# What a WebP can hold; only a strip of paper is taller.
MOST_TALL = 16_383
ACCEPTED = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
SETTINGS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 75, "method": 4},
    "avif": {"format": "AVIF", "quality": 55, "speed": 9},
}


class BadPicture(Exception):
    """Why a file is not taken as a photo: ``kind``, ``bytes``, ``pixels``, ``small`` or ``broken``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Picture:
    """A photo ready to be kept: the widest version as JPEG, and the bytes of each rendition."""

    content: bytes
    width: int
    height: int
    renditions: dict[tuple[int, str], bytes]

    @property
    def widths(self) -> list[int]:
        """The widths of the renditions, narrowest first."""
        return sorted({width for width, _extension in self.renditions})


def picture_from(upload: BinaryIO, *, size: int) -> Picture:
    """The photo in an upload, judged by its content and never by its name."""
    wide = _narrowed(_upright(upload, size, MOST_BYTES, LEAST_SIDE), WIDTHS[-1])
    kept = io.BytesIO()
    wide.save(kept, "JPEG", quality=85, optimize=True)
    return Picture(kept.getvalue(), wide.width, wide.height, dict(_renditions(wide)))


def small_picture(upload: BinaryIO, *, size: int, most_bytes: int, longest_side: int) -> bytes:
    """The picture in an upload as one WebP, no side longer than asked."""
    image = _upright(upload, size, most_bytes, 1)
    image.thumbnail((longest_side, longest_side))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80)
    return out.getvalue()


def _upright(upload: BinaryIO, size: int, most_bytes: int, least_side: int) -> Image.Image:
    """The pixels alone of an upload, as they were seen."""
    if size > most_bytes:
        raise BadPicture("bytes")
    image = _opened(upload.read(most_bytes + 1), least_side)
    # What a camera wrote beside a picture may be torn while the picture is sound: it stays as it lies.
    with suppress(SyntaxError, ValueError, OSError, KeyError, TypeError, struct.error):
        ImageOps.exif_transpose(image, in_place=True)
    return _plain(image)


def _opened(content: bytes, least_side: int) -> Image.Image:
    kind = ACCEPTED.get(kind_of(content))
    if kind is None:
        raise BadPicture("kind")
    try:
        image = Image.open(io.BytesIO(content), formats=[kind])
        # The header is read before a single pixel is unpacked; a JPEG is made smaller while it is read.
        if image.width * image.height > (MOST_PIXELS if kind == "JPEG" else MOST_PIXELS_WHOLE):
            raise BadPicture("pixels")
        size = image.size
        image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPicture("broken") from error
    if min(size) < least_side:
        raise BadPicture("small")
    return image


def kind_of(content: bytes) -> str:
    """The media type that the first bytes tell; empty where they tell none."""
    try:
        found = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return ""
    return str(found[0].mime_type) if found else ""


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone, on white where they were transparent."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    share = min(1, width / image.width, MOST_TALL / image.height)
    if share == 1:
        return image
    width, height = (max(1, round(side * share)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _renditions(image: Image.Image) -> Iterator[tuple[tuple[int, str], bytes]]:
    for width in sorted({min(width, image.width) for width in WIDTHS}):
        narrow = _narrowed(image, width)
        for extension, settings in SETTINGS.items():
            buffer = io.BytesIO()
            narrow.save(buffer, **settings)
            yield (width, extension), buffer.getvalue()
