"""Uploaded papers (certificates, lab reports): PDF or a picture, told by content. No Django in here."""

import io
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from catalogue.pictures import MOST_PIXELS, kind_of
from moussem.core.pdfs import fault_of_pdf

MOST_BYTES = 8_000_000
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
# A paper has no business running a program in its reader; that one is locked against changes is no fault.
FAULTS = {"active": "active", "bomb": "active", "broken": "broken"}


class BadPaper(Exception):
    """Why a file is not taken as a paper: ``kind``, ``bytes``, ``active`` or ``broken``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def paper_from(upload: BinaryIO, *, size: int) -> tuple[bytes, str]:
    """The content of an uploaded paper and the ending its content deserves."""
    if size > MOST_BYTES:
        raise BadPaper("bytes")
    content = upload.read(MOST_BYTES + 1)
    kind = "application/pdf" if content.startswith(b"%PDF-") else kind_of(content)
    if kind not in ENDINGS:
        raise BadPaper("kind")
    if kind == "application/pdf":
        if why := FAULTS.get(fault_of_pdf(content)):
            raise BadPaper(why)
    else:
        _check_picture(content, FORMATS[kind])
    return content, ENDINGS[kind]


def _check_picture(content: bytes, form: str) -> None:
    try:
        image = Image.open(io.BytesIO(content), formats=[form])
        if image.width * image.height > MOST_PIXELS:
            raise BadPaper("broken")
        image.verify()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPaper("broken") from error
