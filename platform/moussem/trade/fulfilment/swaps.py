"""Which lots took the place of which: what the log kept of it, in the reader's words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalogue.models import Lot
from moussem.core.models import LogEntry
from moussem.core.text import isolated
from moussem.trade.order.models import Line

Parts = dict[int, Decimal]
Lots = Mapping[int, Lot]
REARRANGED = "lots.rearranged"


def lots_swapped(story: Iterable[LogEntry]) -> Lots:
    """The lots that the story of an order tells of, for what is said of them."""
    moves = [parts for entry in _swaps_in(story) for parts in _moved(entry)]
    return Lot.objects.in_bulk({lot for parts in moves for lot in parts}) if moves else {}


def swaps_told(story: Iterable[LogEntry], lines: Iterable[Line], lots: Lots) -> dict[int, str]:
    """What each change of lots in the story of an order did to which goods, by the key of its entry."""
    if not lots:
        # Most orders: their lines need not be read for this.
        return {}
    titles = {line.pk: line.label for line in lines}
    colon = pgettext("between a label and its value", ": ")
    told = {
        entry.pk: (isolated(titles.get(entry.facts["line"], "")), _said(*_moved(entry), lots))
        for entry in _swaps_in(story)
    }
    return {key: colon.join(one for one in words if one) for key, words in told.items()}


def swaps_by_line(story: Iterable[LogEntry], lots: Lots) -> dict[int, str]:
    """What all changes of lots came to, by the key of the line; nothing where it is as it was."""
    came_to: dict[int, tuple[Parts, Parts]] = {}
    for entry in _swaps_in(story):
        was, now = _moved(entry)
        came_to[entry.facts["line"]] = (came_to.get(entry.facts["line"], (was, now))[0], now)
    said = {line: _said(was, now, lots) for line, (was, now) in came_to.items()}
    return {line: sentence for line, sentence in said.items() if sentence}


def _swaps_in(story: Iterable[LogEntry]) -> list[LogEntry]:
    return [entry for entry in story if entry.verb == REARRANGED]


def _moved(entry: LogEntry) -> tuple[Parts, Parts]:
    return _parts(entry.facts["was"]), _parts(entry.facts["now"])


def _parts(kept: Mapping[str, str]) -> Parts:
    return {int(lot): Decimal(quantity) for lot, quantity in kept.items()}


def _said(was: Parts, now: Parts, lots: Lots) -> str:
    less = [lot for lot in was if now.get(lot, 0) < was[lot] and lot in lots]
    more = [lot for lot in now if was.get(lot, 0) < now[lot] and lot in lots]
    if not (less and more):
        return ""
    between = pgettext("between items of a list", ", ")
    facts = {
        "was": between.join(isolated(lots[lot].code) for lot in less),
        "now": between.join(_named(lots[lot]) for lot in more),
    }
    if any(lot in now for lot in less):
        return _("A part of lot %(was)s was replaced by %(now)s") % facts
    return (
        ngettext("Lot %(was)s was replaced by %(now)s", "Lots %(was)s were replaced by %(now)s", len(less))
        % facts
    )


def _named(lot: Lot) -> str:
    code = isolated(lot.code)
    if lot.best_before is None:
        return _("lot %(code)s") % {"code": code}
    return _("lot %(code)s (best before %(day)s)") % {"code": code, "day": date_format(lot.best_before)}
