"""Pictures of editors made safe: what they say they are, upright, bare of what a camera told.."""

import io
from typing import Any, BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from catalogue.pictures import kind_of

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
# What must be unpacked whole before it can be made small.
MOST_PIXELS_WHOLE = 24_000_000
# Wider than any rendition asks for, on a screen of double density.
LONGEST_SIDE = 3200
ENDINGS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}
KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/avif": "AVIF"}
KEPT: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 86, "method": 4},
    "AVIF": {"quality": 75, "speed": 8},
}
CLEAR = {"RGBA", "LA", "PA"}
TORN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)
# What the library itself calls too much, at more pixels than we do.
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class BadPicture(Exception):
    """Why a file is not taken: ``kind``, ``ending``, ``bytes``, ``pixels``, ``moving`` or ``broken``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def bare_picture(upload: BinaryIO, *, name: str, size: int) -> bytes:
    """The same picture, upright, with nothing but its pixels; judged by content before any is unpacked."""
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise BadPicture("kind")
    if size > MOST_BYTES:
        raise BadPicture("bytes")
    content = upload.read(MOST_BYTES + 1)
    kind = KINDS.get(kind_of(content))
    if kind is None:
        raise BadPicture("kind")
    if kind != ENDINGS[ending]:
        raise BadPicture("ending")
    try:
        return _kept(_opened(content, kind), kind)
    except BOMB as error:
        raise BadPicture("pixels") from error
    except TORN as error:
        raise BadPicture("broken") from error


def _opened(content: bytes, kind: str) -> Image.Image:
    """The pixels of a picture, once its header says that there are not too many."""
    with Image.open(io.BytesIO(content), formats=[kind]) as looked_at:
        if looked_at.width * looked_at.height > (MOST_PIXELS if kind == "JPEG" else MOST_PIXELS_WHOLE):
            raise BadPicture("pixels")
        # A photo of a phone holds a second, smaller one; that does not make it move.
        if kind != "JPEG" and getattr(looked_at, "n_frames", 1) > 1:
            raise BadPicture("moving")
        if kind != "AVIF":
            looked_at.verify()
    # A picture that was verified must be opened again.
    image = Image.open(io.BytesIO(content), formats=[kind])
    if kind == "JPEG":
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    return image


def _kept(image: Image.Image, kind: str) -> bytes:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    clear = image.mode in CLEAR or "transparency" in image.info
    mode = "RGBA" if clear and kind != "JPEG" else "RGB"
    # Pixels are pasted on a ground of their own: whatever came along with them stays behind.
    plain = Image.new(mode, image.size)
    plain.paste(image.convert(mode))
    out = io.BytesIO()
    plain.save(out, kind, **KEPT[kind])
    return out.getvalue()
