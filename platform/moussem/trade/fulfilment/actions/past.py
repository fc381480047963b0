"""Goods past their best-before date do not leave."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.models import Lot
from moussem.core.templatetags.figures import quantity_text
from moussem.trade.fulfilment import errors
from moussem.trade.fulfilment.queries import past_lines
from moussem.trade.order.models import Line, Order

# So many lots are offered in a sentence.
MOST_OFFERED = 3


def refuse_past_lots(order: Order) -> None:
    """Refuse to pack or send goods of a lot past its date, with the lots to take them from instead."""
    for past in past_lines(order):
        lot = past.lots[0]
        facts = {"code": lot.code, "title": past.line.label, "day": date_format(lot.best_before)}
        others = [_offered(other, past.line) for other in past.others[:MOST_OFFERED]]
        if not others:
            raise errors.LastLotIsPast(**facts)
        raise errors.LotIsPast(**facts, others=pgettext("between items of a list", ", ").join(others))


def _offered(lot: Lot, line: Line) -> str:
    told = {"code": lot.code, "free": quantity_text(lot.available.normalize(), line.unit)}
    if lot.best_before is None:
        return _("%(code)s (%(free)s)") % told
    return _("%(code)s (%(free)s, best before %(day)s)") % {**told, "day": date_format(lot.best_before)}
