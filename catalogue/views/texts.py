"""What there is to read for the words of a search: beside its products, before them, or all of it."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalogue.search.asked import asked_of
from catalogue.search.beside import Telling, told_beside
from catalogue.search.results import Results
from moussem.core.reading import answers_any_words

# Products come first: so many texts stand below them. Where there are none, texts have the page.
BESIDE, ALONE = 3, 12


def told_with(results: Results) -> Telling:
    """What there is to read for the words of a search, told on its first page.

    Where no engine answered for the products, nobody waits for it a second time.
    """
    if results.is_makeshift or results.page.number != 1:
        return Telling()
    rows = BESIDE if results.page.paginator.count else ALONE
    return told_beside(results.asked.text, get_language() or "", 0, rows)


@answers_any_words
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """All there is to read for some words, by pages."""
    asked = asked_of(request.GET)
    if not asked.text.strip():
        return HttpResponseRedirect(reverse("catalogue:index"))
    told, page = _page_of(asked.text, request.GET.get("page"))
    address = f"{reverse('catalogue:index')}?{urlencode({'q': asked.text})}"
    context = {"asked": asked, "told": told, "page": page, "products_href": address}
    return render(request, "catalogue/texts.html", context)


def _page_of(text: str, number: str | None) -> tuple[Telling, Page]:
    """The page that is asked for, or the nearest one."""
    language = get_language() or ""
    first = int(number) - 1 if number and number.isascii() and number.isdigit() and len(number) < 4 else 0
    told = told_beside(text, language, max(first, 0) * ALONE, ALONE)
    page = Paginator(range(told.total), ALONE).get_page(number)
    if (page.number - 1) != max(first, 0):
        told = told_beside(text, language, (page.number - 1) * ALONE, ALONE)
    return told, page
