"""What every template may ask."""

from django.conf import settings
from django.utils.translation import get_language_bidi


def site(request):
    """The site's own facts: demonstration or not, direction of the text, currencies."""
    return {
        "DEMONSTRATION": settings.DEMONSTRATION,
        "SITE_URL": settings.SITE_URL,
        "TEXT_DIRECTION": "rtl" if get_language_bidi() else "ltr",
        "CURRENCIES": settings.CURRENCIES,
    }
