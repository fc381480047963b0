"""A run and a version in the reader's words: figures, what changes for whom, what has no place and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from fairs.editions.models import Edition
from fairs.sessions.agenda import AGAIN, KEPT_LEFT
from matchmaking.meetings.places import place_at
from matchmaking.meetings.queries import with_booths
from matchmaking.parties.models import Delegate, Interpreter, MeetingTable, Party, Slot
from matchmaking.parties.states import TableKind
from matchmaking.requests.models import Request
from matchmaking.timetables.comparing import Difference
from matchmaking.timetables.fitting import Obstacle
from matchmaking.timetables.losses import losses_from, upset_by
from matchmaking.timetables.models import Run
from matchmaking.timetables.queries import interpreter_in_words, pair_in_words
from matchmaking.timetables.states import SHORT_HEADS, KeptBack, Reason, RunMode, ShortReason
from matchmaking.timetables.told import Told
from moussem.core.paging import page_of
from moussem.core.templatetags.figures import number_text

ROWS = 20


@dataclass(frozen=True)
class Grouped:
    """A page of a long list under the reasons of its rows."""

    page: Page
    counted: Counter[str]
    heads: Mapping[Any, Any]
    rows: list[dict[str, Any]]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The rows of the page under each reason, with how many there are of it on all pages."""
        return [
            {"head": self.heads.get(reason, reason), "many": self.counted[reason], "rows": list(same)}
            for reason, same in groupby(self.rows, key=itemgetter("reason"))
        ]


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


def people_of(told: Told, difference: Difference) -> list[dict[str, Any]]:
    """Each person for whom something changes, and what; by the name of their organisation."""
    rows = [
        {"delegate": told.delegates[key], "change": told.rows_of(key, change)}
        for key, change in difference.by_person().items()
        if key in told.delegates
    ]
    return sorted(rows, key=lambda row: (row["delegate"].party.organisation.name, row["delegate"].pk))


def unheld_of(edition: Edition, explained: dict[str, Any], number: Any = None) -> Grouped:
    """A page of the requests without a place under their reasons, the most frequent reason first."""
    counted = Counter(row["reason"] for row in explained.get("unheld", []))
    turns = {reason: turn for turn, (reason, _many) in enumerate(counted.most_common())}
    page = _page(explained.get("unheld", []), turns, number)
    keys = {key for row in page for key in (row["request"], *row["outranked_by"])}
    found = Request.objects.filter(edition=edition, pk__in=keys)
    known = {one.pk: one for one in found.select_related("buyer__organisation", "exporter__organisation")}
    rows = [
        {
            **row,
            "request": known[row["request"]],
            "rivals": [known[key] for key in row["outranked_by"] if key in known],
        }
        for row in page
        if row["request"] in known
    ]
    return Grouped(page, counted, dict(Reason.choices), rows)


def short_of(edition: Edition, explained: dict[str, Any], number: Any = None) -> Grouped:
    """A page of the parties that get fewer meetings than are kept for them, by what could be done."""
    told = explained.get("short", [])
    counted = Counter(row["reason"] for row in told)
    page = _page(told, {reason: turn for turn, reason in enumerate(SHORT_HEADS)}, number)
    shared = {one["key"] for row in page for one in row.get("shares", ()) if one["what"] == "party"}
    found = Party.objects.filter(edition=edition, pk__in={*shared, *(row["company"] for row in page)})
    known = {one.pk: one for one in found.select_related("organisation")}
    words = dict(ShortReason.choices)
    rows = [
        {
            **row,
            "party": known[row["company"]],
            "why": _why_short(words, row),
            "shared": [_scarce(one, known) for one in row.get("shares", ())],
        }
        for row in page
        if row["company"] in known
    ]
    return Grouped(page, counted, SHORT_HEADS, rows)


def _why_short(words: Mapping[Any, Any], row: dict[str, Any]) -> str:
    if row["reason"] == ShortReason.PARTNERS_CANNOT and not row["most"]:
        return _("None of its requests can be held.")
    return str(words[row["reason"]]) % {"most": number_text(row["most"])}


def _page(rows: list[dict[str, Any]], turns: Mapping[str, int], number: Any) -> Page:
    """A page of rows whose reasons take turns."""
    return page_of(sorted(rows, key=lambda row: turns[row["reason"]]), number, ROWS)


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


def obstacle_of(edition: Edition, obstacle: Obstacle | None) -> str:
    """What keeps a draft from being published, in a sentence; empty where nothing does."""
    if obstacle is None:
        return ""
    asked = Request.objects.filter(edition=edition, pk=obstacle.request)
    found = asked.select_related("buyer__organisation", "exporter__organisation").first()
    sides = (found.buyer.organisation.label, found.exporter.organisation.label) if found else ()
    return str(obstacle.what.label) % {"pair": " – ".join(sides)}


def kept_back_of(counted: Counter[str]) -> str:
    """How many meetings do not go back to where they were, and why; empty where all do."""
    if not counted:
        return ""
    words = dict(KeptBack.choices)
    listed = pgettext("between items of a list", ", ").join(
        _("%(reason)s (%(many)s)") % {"reason": words[why], "many": number_text(many)}
        for why, many in counted.most_common()
    )
    said = ngettext(
        "%(many)s meeting does not go back to its place: %(reasons)s.",
        "%(many)s meetings do not go back to their places: %(reasons)s.",
        counted.total(),
    )
    return said % {"many": number_text(counted.total()), "reasons": listed}


def conflict_of(edition: Edition, explained: dict[str, Any]) -> list[Request]:
    """The pinned meetings that cannot stand together."""
    found = Request.objects.filter(edition=edition, pk__in=explained.get("conflict", []))
    return list(found.select_related("buyer__organisation", "exporter__organisation"))


def titles_of(edition: Edition, runs: Iterable[Run]) -> dict[int, str]:
    """By run what it was asked for: of a repair what went wrong, and when."""
    runs = list(runs)
    names = _names_of(edition, [one.upset for one in runs])
    slots = {one.pk: one for one in Slot.objects.filter(edition=edition)} if names else {}
    clock = ZoneInfo(edition.time_zone)
    return {one.pk: _title(one, names, slots, clock) for one in runs}


def _names_of(edition: Edition, upsets: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """What and who went missing, by name."""
    keys = {(what, key) for upset in upsets for what, some in upset.items() for key in some}
    asked: dict[str, set[str]] = defaultdict(set)
    for what, key in keys:
        asked[what].add(key)
    names = {}
    if tables := asked["tables"]:
        for table in with_booths(MeetingTable.objects.filter(edition=edition, pk__in=tables)):
            names["tables", str(table.pk)] = place_at(table, table.booth_number)
    if delegates := asked["delegates"]:
        found = Delegate.objects.filter(edition=edition, pk__in=delegates)
        for one in found.select_related("person", "party__organisation"):
            names["delegates", str(one.pk)] = f"{one.person} – {one.party.organisation.label}"
    if interpreters := asked["interpreters"]:
        for spoken in Interpreter.objects.filter(edition=edition, pk__in=interpreters):
            names["interpreters", str(spoken.pk)] = interpreter_in_words(spoken)
    return names


def losses_of(edition: Edition, upset: dict[str, Any]) -> list[str]:
    """What went wrong, one thing after the other, and when."""
    slots = {one.pk: one for one in Slot.objects.filter(edition=edition)}
    return _losses(upset, _names_of(edition, [upset]), slots, ZoneInfo(edition.time_zone))


def named_before(edition: Edition, codes: Iterable[str]) -> dict[str, str]:
    """What a page carries of what went wrong, in words: what is known at an edition and still to come."""
    slots = list(Slot.objects.filter(edition=edition))
    to_come = [one for one in slots if one.begins > timezone.now()]
    upsets = {one.code: upset_by([one], slots, to_come) for one in losses_from(codes)}
    names, by_key = _names_of(edition, upsets.values()), {one.pk: one for one in slots}
    told = {code: _losses(one, names, by_key, ZoneInfo(edition.time_zone)) for code, one in upsets.items()}
    return {code: said[0] for code, said in told.items() if said}


def _losses(
    upset: dict[str, Any], names: dict[tuple[str, str], str], slots: dict[int, Slot], clock: ZoneInfo
) -> list[str]:
    told = []
    for what, some in upset.items():
        said = _("%(what)s closed, %(when)s") if what == "tables" else _("%(what)s not there, %(when)s")
        for key, lost in some.items():
            hours = sorted((slots[one] for one in lost if one in slots), key=lambda slot: slot.begins)
            if hours and (what, key) in names:
                told.append(said % {"what": names[what, key], "when": _hours(hours[0], hours[-1], clock)})
    return told


def _title(run: Run, names: dict[tuple[str, str], str], slots: dict[int, Slot], clock: ZoneInfo) -> str:
    first, *others = _losses(run.upset, names, slots, clock) or [_asked(run)]
    if not others:
        return first
    said = ngettext("%(first)s, and %(many)s thing more", "%(first)s, and %(many)s things more", len(others))
    return said % {"first": first, "many": number_text(len(others))}


def _asked(run: Run) -> str:
    """What was asked for, and when: many runs are asked for the same."""
    is_repair = run.mode == RunMode.REPAIR
    what = _("Repair: what has become free is filled") if is_repair else capfirst(run.get_mode_display())
    asked = timezone.localtime(run.asked_at)
    return _("%(what)s, %(day)s %(hour)s") % {
        "what": what,
        "day": date_format(asked, "j F"),
        "hour": f"{asked:%H:%M}",
    }


def _hours(first: Slot, last: Slot, clock: ZoneInfo) -> str:
    """From the beginning of one slot to the end of another, by the clocks of the fair."""
    begins, ends = f"{first.begins.astimezone(clock):%H:%M}", f"{last.ends.astimezone(clock):%H:%M}"
    if first.on == last.on:
        hours = f"{KEPT_LEFT}{begins}–{ends}{AGAIN}"
        return _("%(day)s, %(hours)s") % {"day": date_format(first.on, "D j F"), "hours": hours}
    return _("%(day)s %(begins)s – %(other_day)s %(ends)s") % {
        "day": date_format(first.on, "D j F"),
        "begins": begins,
        "other_day": date_format(last.on, "D j F"),
        "ends": ends,
    }
