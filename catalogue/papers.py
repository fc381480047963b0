"""Uploaded papers (certificates, lab reports): PDF or a picture, told by content. No Django in here."""

import io
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from catalogue.pictures import MOST_PIXELS, kind_of
from moussem.core.pdfs import fault_of_pdf, is_pdf

MOST_BYTES = 8_000_000
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


class BadPaper(Exception):
    """Why a file is no paper: ``kind``, ``bytes``, ``active``, ``bomb``, ``broken`` or ``locked``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def paper_from(upload: BinaryIO, *, size: int) -> tuple[bytes, str]:
    """The content of an uploaded paper and the ending its content deserves."""
    if size > MOST_BYTES:
        raise BadPaper("bytes")
    content = upload.read(MOST_BYTES + 1)
    kind = kind_of(content)
    if kind not in FORMATS:
        # A picture may have the words of a PDF in it; whatever else begins with them is judged as one.
        if not is_pdf(content):
            raise BadPaper("kind")
        kind = "application/pdf"
    if kind == "application/pdf":
        if fault := fault_of_pdf(content):
            raise BadPaper(fault)
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
