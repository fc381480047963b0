"""Uploads judged by their content and kept under names of ours."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.files.base import ContentFile

from catalogue.errors import PaperRefused
from catalogue.papers import BadPaper, paper_from

P, R = ParamSpec("P"), TypeVar("R")


def judge_paper(upload: Any) -> None:
    """Read an upload, if there is one, before anything is locked: ``kept_paper`` says what was found."""
    if upload and not hasattr(upload, "verdict"):
        try:
            upload.verdict = paper_from(upload, size=upload.size)
        except BadPaper as bad:
            upload.verdict = bad


def judging(paper: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Has an action's argument of this name judged before the action opens its transaction."""

    def around(action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def judged(*args: P.args, **kwargs: P.kwargs) -> R:
            judge_paper(kwargs.get(paper))
            return action(*args, **kwargs)

        return judged

    return around


def kept_paper(upload: Any) -> ContentFile:
    """A PDF or a picture of a paper under a name that nobody can guess; refused when it is anything else."""
    judge_paper(upload)
    if isinstance(bad := upload.verdict, BadPaper):
        raise PaperRefused(reason=PaperRefused.reasons[bad.why]) from bad
    content, ending = upload.verdict
    return ContentFile(content, name=f"{uuid.uuid4().hex}.{ending}")
