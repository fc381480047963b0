"""What every page knows: the site, its languages, its currencies, its addresses, where it is written to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_bidi

from moussem.core.sites import site_url

LANGUAGES_IN_OWN_WORDS = (("en", "English"), ("fr", "Français"), ("ar", "العربية"))


def site(request: HttpRequest) -> dict[str, Any]:
    """The names that `base.html` and the components may count on in every page."""
    return {
        "DEMONSTRATION": settings.DEMONSTRATION,
        "SITE_URL": site_url(request),
        "LANGUAGES_IN_OWN_WORDS": LANGUAGES_IN_OWN_WORDS,
        "TEXT_DIRECTION": "rtl" if get_language_bidi() else "ltr",
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "CURRENCIES": settings.CURRENCIES,
        "SITE_ADDRESSES": settings.SITE_ADDRESSES,
    }
