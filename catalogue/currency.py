"""The currency a visitor reads prices in: kept in the session, chosen in the header of every page."""

from django.conf import settings
from django.http import HttpRequest

SESSION_KEY = "currency"


def chosen_currency(request: HttpRequest) -> str:
    """The currency this visitor has chosen, else the first of the site."""
    chosen = getattr(request, "session", {}).get(SESSION_KEY)
    return chosen if chosen in settings.CURRENCIES else settings.CURRENCIES[0]


def remember_currency(request: HttpRequest, currency: str) -> None:
    """Prices are shown in this currency from now on."""
    request.session[SESSION_KEY] = currency
