"""A paper as a PDF, in English or French."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moussem.trade.documents.pdf import draw
from moussem.trade.documents.queries import documents_for
from moussem.trade.documents.sheet import sheet_of


@require_safe
@login_required
def document_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF of one document; an Arabic reader gets it in French, as banks and customs in Morocco do."""
    document = get_object_or_404(documents_for(request.user), number=number)
    asked = request.GET.get("language") or (get_language() or "en")
    language = "en" if asked.startswith("en") else "fr"
    response = HttpResponse(draw(sheet_of(document, language)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.number}-{language}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
