"""Answers squeezed on their way, where no proxy in front of us does it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Pictures, papers and archives are squeezed already; a download keeps its length, so that a browser shows
# how much of it is left.
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


class SqueezeTexts(GZipMiddleware):
    """Gzip for texts that are sent whole.

    The secret of a form does not show in how short its page became: Django masks it anew in each answer, and
    the middleware adds bytes at random.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponse | HttpResponseBase
    ) -> HttpResponseBase:
        is_text = response.headers.get("Content-Type", "").startswith(TEXTS)
        if not is_text or response.status_code == 206:
            return response
        return super().process_response(request, response)
