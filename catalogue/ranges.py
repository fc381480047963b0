"""What is asked between bounds, in words: a price, a lead time."""

from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.search.asked import Asked
from catalogue.search.prices import Price
from catalogue.wishes import SHOWN_UNITS
from moussem.core.money import format_money
from moussem.core.templatetags.figures import number_text, unit_text


def price_text(price: Price) -> str:
    """The price that a question says; of which unit, where another one was said."""
    told = range_text(price.low, price.high, price.currency)
    if not price.per:
        return told
    unit = unit_text(SHOWN_UNITS.get(price.per, price.per), Decimal(1))
    return _("%(price)s per %(unit)s") % {"price": told, "unit": unit}


def range_text(lowest: float | Decimal | None, highest: float | Decimal | None, currency: str) -> str:
    """A range of prices; None is open."""
    low, high = (
        None if one is None else format_money(one, currency, get_language() or "en")
        for one in (lowest, highest)
    )
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("from %(low)s") % {"low": low} if low else _("up to %(high)s") % {"high": high}


def bounds_of(asked: Asked, currency: str) -> str:
    """The price range of a list's own choice."""
    return range_text(asked.low, asked.high, currency)


def within_text(days: int) -> str:
    """The days that somebody waits at most."""
    return ngettext("within %(days)s day", "within %(days)s days", days) % {"days": number_text(days)}
