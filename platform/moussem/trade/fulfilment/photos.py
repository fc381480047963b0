"""Pictures of packed goods: what a phone took, made small, upright and free of its place and owner."""

from hashlib import blake2b

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from catalogue.pictures import BadPicture, small_picture
from moussem.trade.fulfilment.errors import PhotoNotAccepted

MAX_BYTES = 8_000_000
LONGEST_SIDE = 1600


def readable_photo(upload: UploadedFile) -> ContentFile[bytes]:
    """The picture re-encoded as WebP without metadata; a refusal for anything that is not a picture."""
    try:
        content = small_picture(
            upload, size=upload.size or 0, most_bytes=MAX_BYTES, longest_side=LONGEST_SIDE
        )
    except BadPicture as bad:
        raise PhotoNotAccepted(name=upload.name or "?") from bad
    # Named after what it shows: nobody can guess it, and the same picture sent twice is known.
    return ContentFile(content, name=f"{blake2b(content, digest_size=20).hexdigest()}.webp")
