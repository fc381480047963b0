"""Requests that cannot be read are refused at the door, before a page that would show them."""

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict

# What browsers send, our pages being in UTF-8; everything ASCII says is UTF-8 as well.
READ = {"utf-8", "ascii"}


class ReadableRequestMiddleware:
    """Refuses a content in another writing than ours, and more parameters than Django reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if charset := (request.content_params or {}).get("charset", ""):
            # Django knows it by one name only, and the page of a refusal reads the request too.
            request.encoding = "utf-8"
            if not _is_ours(charset):
                raise BadRequest("The content is not written in UTF-8.")
        try:
            _asked = request.GET
        except TooManyFieldsSent:
            request.GET = QueryDict()
            raise
        return self.get_response(request)


def _is_ours(charset: str) -> bool:
    """Whether a content type names a writing that is read here."""
    try:
        return codecs.lookup(charset.strip("\"' ")).name in READ
    except (LookupError, ValueError):
        return False
