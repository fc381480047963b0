"""Pictures of packed goods: what a phone took, made small, upright and free of its place and owner."""

import io
from hashlib import blake2b

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from moussem.core.errors import require
from moussem.trade.fulfilment.errors import PhotoNotAccepted

MAX_BYTES = 8_000_000
MAX_PIXELS = 60_000_000
# What must be unpacked whole before it can be made small.
MAX_PIXELS_WHOLE = 24_000_000
SCALED_WHILE_READ = ("JPEG", "MPO")
LONGEST_SIDE = 1600
# A phone's JPEG with several pictures in it opens as MPO, through the reader of JPEG.
FORMATS = ("JPEG", "PNG", "WEBP")
Image.init()


def readable_photo(upload: UploadedFile) -> ContentFile[bytes]:
    """The picture re-encoded as WebP without metadata; a refusal for anything that is not a picture."""
    name = upload.name or "?"
    require((upload.size or 0) <= MAX_BYTES, PhotoNotAccepted, name=name)
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            most = MAX_PIXELS if picture.format in SCALED_WHILE_READ else MAX_PIXELS_WHOLE
            require(picture.width * picture.height <= most, PhotoNotAccepted, name=name)
            # Made small before anything is copied: a file of 100 kB may unpack to hundreds of megabytes.
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PhotoNotAccepted(name=name) from error
    out = io.BytesIO()
    upright.save(out, "WEBP", quality=80)
    # Named after what it shows: nobody can guess it, and the same picture sent twice is known.
    name = blake2b(out.getvalue(), digest_size=20).hexdigest()
    return ContentFile(out.getvalue(), name=f"{name}.webp")
