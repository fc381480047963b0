"""Pictures of speakers: made small, upright and free of their place and owner."""

from hashlib import blake2b

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from catalogue.pictures import BadPicture, small_picture
from fairs.sessions.errors import PictureNotAccepted

MAX_BYTES = 8_000_000
LONGEST_SIDE = 480


def portrait_from(upload: UploadedFile) -> ContentFile[bytes]:
    """The picture as WebP without metadata; a refusal for anything that is not a picture."""
    try:
        content = small_picture(
            upload, size=upload.size or 0, most_bytes=MAX_BYTES, longest_side=LONGEST_SIDE
        )
    except BadPicture as bad:
        raise PictureNotAccepted(name=upload.name or "?") from bad
    return ContentFile(content, name=f"{blake2b(content, digest_size=20).hexdigest()}.webp")
