"""A run and a version in the reader's words: figures, what changes for whom, what has no place and why."""

from collections import Counter
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairs.editions.models import Edition
from matchmaking.parties.models import Party
from matchmaking.parties.states import TableKind
from matchmaking.requests.models import Request
from matchmaking.timetables.comparing import Difference
from matchmaking.timetables.queries import pair_in_words
from matchmaking.timetables.states import Reason, ShortReason
from matchmaking.timetables.told import Told


def figures_of(progress: dict[str, Any]) -> dict[str, Any]:
    """The figures of a run, each with a number, and how near the bound its value comes."""
    figures = {
        "value": 0,
        "bound": 0,
        "shortfall": 0,
        "least": 0,
        "idle": 0,
        "held": 0,
        "asked": 0,
        "done": 0,
    }
    figures |= {name: value for name, value in progress.items() if value is not None}
    figures["share"] = round(100 * figures["value"] / figures["bound"], 2) if figures["bound"] else 100.0
    seats = 2 * figures["held"]
    figures["idle_each"] = round(figures["idle"] / seats, 2) if seats else 0
    return figures


def people_of(edition: Edition, difference: Difference) -> list[dict[str, Any]]:
    """Each person for whom something changes, and what; by the name of their organisation."""
    told = Told(edition, difference.places)
    rows = [
        {"delegate": told.delegates[key], "change": told.rows_of(key, change)}
        for key, change in difference.by_person().items()
        if key in told.delegates
    ]
    return sorted(rows, key=lambda row: (row["delegate"].party.organisation.name, row["delegate"].pk))


def unheld_of(edition: Edition, explained: dict[str, Any]) -> list[dict[str, Any]]:
    """Requests without a place under the reason, the most frequent reason first."""
    rows = explained.get("unheld", [])
    keys = {row["request"] for row in rows} | {key for row in rows for key in row["outranked_by"]}
    found = Request.objects.filter(Q(pk__in=keys), edition=edition)
    known = {one.pk: one for one in found.select_related("buyer__organisation", "exporter__organisation")}
    words = dict(Reason.choices)
    counted = Counter(row["reason"] for row in rows)
    groups: dict[str, list[dict[str, Any]]] = {reason: [] for reason, _many in counted.most_common()}
    for row in rows:
        if row["request"] in known:
            rivals = [known[key] for key in row["outranked_by"] if key in known]
            groups[row["reason"]].append({"request": known[row["request"]], "rivals": rivals})
    return [{"reason": words.get(reason, reason), "rows": some} for reason, some in groups.items() if some]


def short_of(edition: Edition, explained: dict[str, Any]) -> list[dict[str, Any]]:
    """Parties that get fewer meetings than were promised, and why."""
    rows = explained.get("short", [])
    shared = {one["key"] for row in rows for one in row.get("shares", ()) if one["what"] == "party"}
    found = Party.objects.filter(edition=edition, pk__in={*shared, *(row["company"] for row in rows)})
    known = {one.pk: one for one in found.select_related("organisation")}
    words = dict(ShortReason.choices)
    return [
        {
            **row,
            "party": known[row["company"]],
            "why": str(words[row["reason"]]) % {"most": row["most"]},
            "shared": [_scarce(one, known) for one in row.get("shares", ())],
        }
        for row in rows
        if row["company"] in known
    ]


def _scarce(one: dict[str, Any], known: dict[int, Party]) -> str:
    """A scarce thing of a proof, by its name."""
    if one["what"] == "party":
        party = known.get(one["key"])
        return _("the time of %(party)s") % {"party": party.organisation.label} if party else ""
    if one["what"] == "interpreters":
        return _("interpreters %(one)s–%(other)s") % pair_in_words(tuple(one["key"]))
    return str(dict(TableKind.choices).get(one["key"], one["key"]))


def helps_of(explained: dict[str, Any]) -> list[str]:
    """What would give more meetings a place, in sentences."""
    return [_help(one) for one in explained.get("help", [])]


def _help(one: dict[str, Any]) -> str:
    """What one or two more of something on a day would add to what is possible at all."""
    day, many, is_one = parse_date(one["day"]), one["meetings"], one["units"] == 1
    told: dict[str, Any] = {"meetings": many, "day": date_format(day, "l j F") if day else ""}
    if one["what"] == "interpreters":
        told |= pair_in_words(tuple(one["key"]))
        few = _("One more interpreter %(one)s–%(other)s on %(day)s lets better meetings be held, not more.")
        said = ngettext(
            "One more interpreter %(one)s–%(other)s on %(day)s makes room for up to %(meetings)s meeting.",
            "One more interpreter %(one)s–%(other)s on %(day)s makes room for up to %(meetings)s meetings.",
            many,
        )
        two = ngettext(
            "Two more interpreters %(one)s–%(other)s on %(day)s make room for up to %(meetings)s meeting.",
            "Two more interpreters %(one)s–%(other)s on %(day)s make room for up to %(meetings)s meetings.",
            many,
        )
    else:
        told["kind"] = dict(TableKind.choices).get(one["key"], one["key"])
        few = _("One more of “%(kind)s” on %(day)s lets better meetings be held, not more.")
        said = ngettext(
            "One more of “%(kind)s” on %(day)s makes room for up to %(meetings)s meeting.",
            "One more of “%(kind)s” on %(day)s makes room for up to %(meetings)s meetings.",
            many,
        )
        two = ngettext(
            "Two more of “%(kind)s” on %(day)s make room for up to %(meetings)s meeting.",
            "Two more of “%(kind)s” on %(day)s make room for up to %(meetings)s meetings.",
            many,
        )
    # Two are told only where they make room.
    return ((said if many > 0 else few) if is_one else two) % told


def conflict_of(edition: Edition, explained: dict[str, Any]) -> list[Request]:
    """The pinned meetings that cannot stand together."""
    found = Request.objects.filter(edition=edition, pk__in=explained.get("conflict", []))
    return list(found.select_related("buyer__organisation", "exporter__organisation"))
