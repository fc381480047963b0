"""Uploads judged by their content and kept under names of ours."""

import uuid
from typing import Any

from django.core.files.base import ContentFile

from catalogue.errors import PaperRefused
from catalogue.papers import BadPaper, paper_from


def kept_paper(upload: Any) -> ContentFile:
    """A PDF or a picture of a paper under a name that nobody can guess; refused when it is anything else."""
    try:
        content, ending = paper_from(upload, size=upload.size)
    except BadPaper as bad:
        raise PaperRefused(reason=PaperRefused.reasons[bad.why]) from bad
    return ContentFile(content, name=f"{uuid.uuid4().hex}.{ending}")
