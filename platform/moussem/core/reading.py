"""Requests that cannot be read are refused at the door, before a page that would show them."""

import codecs
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, TooManyFieldsSent, ValidationError
from django.db.models import Field
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

View = TypeVar("View", bound=Callable[..., HttpResponse])
# What browsers send, our pages being in UTF-8; everything ASCII says is UTF-8 as well.
READ = {"utf-8", "ascii"}


# No person types it, and no database of production takes it.
NUL = "\0"
# The parameter in which a page is told the words that somebody searches for.
SEARCHED = "q"


class ReadableRequestMiddleware:
    """Refuses a content in another writing than ours, and more parameters than Django reads.

    A NUL in an address leads nowhere, and one in its parameters is refused: no page has to think of it.
    Pages of search look for their words without it: whoever searches there is always answered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if charset := (request.content_params or {}).get("charset", ""):
            # Django knows it by one name only, and the page of a refusal reads the request too.
            request.encoding = "utf-8"
            if not _is_ours(charset):
                raise BadRequest("The content is not written in UTF-8.")
        try:
            asked = request.GET
        except TooManyFieldsSent:
            request.GET = QueryDict()
            raise
        if NUL in request.path_info:
            raise Http404
        if any(NUL in said for said in asked.getlist(SEARCHED)):
            asked = request.GET = _without_nul(asked)
            request.searched_nul = True
        if any(NUL in name or any(NUL in said for said in told) for name, told in asked.lists()):
            request.GET = QueryDict()
            raise BadRequest("The address holds a NUL.")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """Refuse a page of the administration about a row whose number cannot be one, and a NUL elsewhere."""
        if getattr(request, "searched_nul", False) and not getattr(view, "answers_any_words", False):
            request.GET = QueryDict()
            raise BadRequest("The address holds a NUL.")
        desk, told = getattr(view, "model_admin", None), kwargs.get("object_id")
        if desk is not None and told is not None and not can_be_key(desk.opts.pk, unquote(told)):
            raise Http404


def answers_any_words(view: View) -> View:
    """Let a page of search answer whatever words it is asked for."""
    view.answers_any_words = True  # type: ignore[attr-defined]
    return view


def can_be_key(key: Field, told: str) -> bool:
    """Whether what an address or a form says may be the key of a row; there need not be one."""
    try:
        key.clean(told.replace(NUL, ""), None)
    except ValidationError:
        return False
    return NUL not in told


def _without_nul(asked: QueryDict) -> QueryDict:
    """The parameters of an address with the words of a search as they are without a NUL."""
    cleaned = asked.copy()
    cleaned.setlist(SEARCHED, [said.replace(NUL, "") for said in asked.getlist(SEARCHED)])
    cleaned._mutable = False
    return cleaned


def _is_ours(charset: str) -> bool:
    """Whether a content type names a writing that is read here."""
    try:
        return codecs.lookup(charset.strip("\"' ")).name in READ
    except (LookupError, ValueError):
        return False
