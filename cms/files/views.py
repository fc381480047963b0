from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_document

from cms.files.papers import KINDS


@require_safe
def document(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A document, to be kept by its reader: never opened in our name, whatever its content is."""
    answer = serve_document(request, number, name)
    if answer.has_header("Content-Disposition"):
        if answer["Content-Type"].partition(";")[0] not in KINDS.values():
            answer["Content-Type"] = "application/octet-stream"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
