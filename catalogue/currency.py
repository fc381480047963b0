"""The currency a visitor reads prices in: a cookie, so that choosing needs neither account nor session."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "currency"
PARAMETER = "currency"
YEAR = 365 * 24 * 3600


def chosen_currency(request: HttpRequest) -> str:
    """The currency asked in this address, else the one chosen before, else the site's own."""
    for asked in (request.GET.get(PARAMETER), request.COOKIES.get(COOKIE)):
        if asked in settings.CURRENCIES:
            return asked
    return settings.OSCAR_DEFAULT_CURRENCY


def remember_currency(response: HttpResponse, currency: str) -> HttpResponse:
    """The same answer, which also keeps the choice for a year."""
    response.set_cookie(
        COOKIE,
        currency,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response
