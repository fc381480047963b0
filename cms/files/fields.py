"""Files as an editor uploads them: each is judged by its content, and what is kept is made safe first."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.forms import FileField
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField

from cms.files.papers import BadPaper, check_paper
from cms.files.pictures import BadPicture, bare_picture

PICTURE_REFUSED = {
    "kind": _("Only pictures as JPEG, PNG, WebP or AVIF are taken."),
    "ending": _("This file is not what its name says. Save the picture anew and upload it again."),
    "bytes": _("This picture is larger than 10 MB. Save it smaller and upload it again."),
    "pixels": _(
        "This picture has too many pixels: 40 million at most as JPEG, 24 million in another format. Save it "
        "smaller and upload it again."
    ),
    "moving": _("Moving pictures are not taken. Save one of its pictures and upload that."),
    "broken": _("This picture is damaged or not complete. Save it anew and upload it again."),
}

PAPER_REFUSED = {
    "kind": _("Only documents as PDF, DOCX, XLSX, ODT, ODS or CSV are taken."),
    "bytes": _("This document is larger than 10 MB. Save it smaller and upload it again."),
    "active": _(
        "This document holds a program, a formula that runs by itself or another file. Save it without and "
        "upload it again."
    ),
    "bomb": _(
        "This document unpacks to far more than it should hold, or is too intricate to be looked through. "
        "Save it anew and upload it again."
    ),
    "broken": _(
        "This document is damaged, shows no page, or is not what its name says. Save it anew and upload it "
        "again."
    ),
    "locked": _("This document opens with a password alone. Save it without and upload it again."),
}


class PictureField(WagtailImageField):
    """A picture that is kept upright and without what its camera told of the place."""

    # The content decides, and our own sentences say so.
    default_validators: list[Any] = []

    def to_python(self, data: Any) -> Any:
        """The upload with the same picture in it, made bare."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        upload.seek(0)
        try:
            content = bare_picture(upload, name=upload.name, size=upload.size)
        except BadPicture as bad:
            raise ValidationError(PICTURE_REFUSED[bad.why], code=bad.why) from bad
        replace(upload, content)
        return upload


class PaperField(WagtailDocumentField):
    """A document that a reader can open without harm, under a name that every disk and browser takes."""

    def to_python(self, data: Any) -> Any:
        """The upload under a safe name."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        upload.seek(0)
        try:
            check_paper(upload, name=upload.name, size=upload.size)
        except BadPaper as bad:
            raise ValidationError(PAPER_REFUSED[bad.why], code=bad.why) from bad
        upload.seek(0)
        upload.name = safe_name(upload.name)
        return upload


def safe_name(name: str) -> str:
    """A file's name of plain letters and one ending."""
    stem, _dot, ending = name.rpartition(".")
    return f"{slugify(stem)[:60] or 'document'}.{ending.lower()}"


def replace(upload: UploadedFile, content: bytes) -> None:
    """Put another content into an upload, so that whoever keeps it keeps nothing of the first one."""
    if isinstance(upload, TemporaryUploadedFile):
        Path(upload.temporary_file_path()).write_bytes(content)
    else:
        upload.file = BytesIO(content)
    upload.seek(0)
    upload.size = len(content)
