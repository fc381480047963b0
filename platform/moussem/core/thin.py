"""Pages without pictures, for weak networks and for those who pay by the megabyte."""

import re
from collections.abc import Callable
from html import unescape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.html import escape

COOKIE = "pictures"
OFF, ON = "off", "on"
YEAR = 365 * 24 * 60 * 60
PICTURE = re.compile(r"<img\b[^>]*>|<source\b[^>]*>|</?picture\b[^>]*>")
ALT = re.compile(r'\balt="([^"]*)"')
# A picture without which the page is of no use, such as a code to be shown.
NEEDED = "data-needed"


def is_thin(request: HttpRequest) -> bool:
    """Whether somebody wants no pictures: by their own word, else by that of their browser."""
    said = request.COOKIES.get(COOKIE)
    if said in (OFF, ON):
        return said == OFF
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def without_pictures(page: str) -> str:
    """The page with the words of its pictures in their place, and a mark by which styles leave out theirs."""
    bare = PICTURE.sub(_words_of, page)
    return bare.replace("<html ", "<html data-thin ", 1)


def _words_of(tag: re.Match[str]) -> str:
    if NEEDED in tag[0]:
        return tag[0]
    alt = ALT.search(tag[0])
    words = unescape(alt[1]).strip() if alt else ""
    return f'<span class="picture-words">{escape(words)}</span>' if words else ""


class ThinPages:
    """Leaves pictures out of the pages of fairs and live rooms where nobody wants them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.is_thin = is_thin(request)
        answer = self.get_response(request)
        match = request.resolver_match
        is_ours = match is not None and match.namespaces[:1] and match.namespaces[0] in settings.THIN_ROOMS
        if not is_ours or answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
            return answer
        patch_vary_headers(answer, ["Cookie", "Save-Data"])
        if request.is_thin:
            answer.content = without_pictures(answer.content.decode(answer.charset))
        return answer
