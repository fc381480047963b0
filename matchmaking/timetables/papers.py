"""Agendas as a spreadsheet and on paper."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from fairs.editions.models import Edition
from fairs.report.tables import Table
from fairs.sessions.clocks import differ
from fairs.templatetags.fairs import zone_name
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.places import place_of
from matchmaking.meetings.queries import meetings_at
from matchmaking.parties.models import Delegate
from moussem.trade.documents.pdf import fonts, printable


def _standing(edition: Edition) -> list[Meeting]:
    found = meetings_at(edition).standing()
    return list(found.select_related("buyer__party__organisation", "exporter__party__organisation"))


def _hours(meeting: Meeting, zone: str) -> str:
    clock = ZoneInfo(zone)
    begins, ends = (moment.astimezone(clock) for moment in (meeting.slot.begins, meeting.slot.ends))
    return f"{begins:%H:%M}–{ends:%H:%M}"


def tables_of(edition: Edition) -> list[Table]:
    """All meetings by their time, and those of each person one after the other."""
    meetings = _standing(edition)
    hours = _("Hours in %(place)s") % {"place": zone_name(edition.time_zone)}
    columns = (_("Day"), hours, _("Buyer"), _("Exporter"), _("Where"), _("Interpreter"))
    rows = tuple(
        (
            str(one.slot.on),
            _hours(one, edition.time_zone),
            one.request.buyer.organisation.label,
            one.request.exporter.organisation.label,
            place_of(one),
            one.interpreter.name if one.interpreter else "",
        )
        for one in meetings
    )
    people = (_("Person"), _("Organisation"), _("Day"), hours, _("Meets"), _("Where"), _("Interpreter"))
    own = tuple(
        (
            str(delegate.person),
            delegate.party.organisation.label,
            str(one.slot.on),
            _hours(one, edition.time_zone),
            other.label,
            place_of(one),
            one.interpreter.name if one.interpreter else "",
        )
        for delegate, found in _by_person(meetings)
        for one, other in found
    )
    return [
        Table("meetings", _("Meetings"), ("",) * (len(columns) - 1), columns, rows),
        Table("people", _("By person"), ("",) * (len(people) - 1), people, own),
    ]


def _by_person(meetings: Iterable[Meeting]) -> list[tuple[Delegate, list[tuple[Meeting, Any]]]]:
    """Everybody's meetings with the organisation on the other side, by the name of their own."""
    people: dict[int, Delegate] = {}
    found: dict[int, list[tuple[Meeting, Any]]] = defaultdict(list)
    for one in meetings:
        for delegate, other in one.sides():
            people[delegate.pk] = delegate
            found[delegate.pk].append((one, other.organisation))
    ordered = sorted(people.values(), key=lambda one: (one.party.organisation.name, one.pk))
    return [(one, found[one.pk]) for one in ordered]


def agendas(edition: Edition, *, delegate: int | None = None) -> list[dict[str, Any]]:
    """A sheet for each person who meets, in their own language, by the clocks of the fair and their own."""
    sheets = []
    for one, found in _by_person(_standing(edition)):
        if delegate in (None, one.pk):
            with override(one.person.language):
                sheets.append(_sheet(edition, one, found))
    return sheets


def _sheet(edition: Edition, delegate: Delegate, found: Sequence[tuple[Meeting, Any]]) -> dict[str, Any]:
    zones = (edition.time_zone, delegate.time_zone)
    own = delegate.time_zone if any(differ(one.slot.begins, *zones) for one, _other in found) else ""
    zone = _("Hours are those of the fair, in %(place)s.") % {"place": zone_name(edition.time_zone)}
    if own:
        zone += " " + _("Hours in brackets are those in %(place)s.") % {"place": zone_name(own)}
    days = groupby(found, key=lambda pair: pair[0].slot.on)
    return {
        "language": delegate.person.language,
        "edition": edition.label,
        "name": str(delegate.person),
        "organisation": delegate.party.organisation.label,
        "zone": zone,
        "days": [
            {
                "day": date_format(on, "l j F"),
                "rows": [_row(edition, one, other, own) for one, other in some],
            }
            for on, some in days
        ],
    }


def _row(edition: Edition, meeting: Meeting, other: Any, own: str) -> list[str]:
    hours = _hours(meeting, edition.time_zone)
    there = _hours(meeting, own) if own else ""
    begins = meeting.slot.begins.astimezone(ZoneInfo(own or edition.time_zone))
    if own and begins.date() != meeting.slot.on:
        there = f"{date_format(begins, 'D')} {there}"
    where = place_of(meeting)
    if meeting.interpreter:
        separator = pgettext("between items of a list", ", ")
        where += separator + _("interpreter: %(name)s") % {"name": meeting.interpreter.name}
    return [hours, f"({there})" if own else "", other.label, where]


def paper(edition: Edition, sheets: Sequence[dict[str, Any]]) -> bytes:
    """The sheets as PDF, drawn by `agendas.typ`."""
    source = Path(__file__).with_name("agendas.typ").read_bytes()
    told = {"title": edition.label, "sheets": list(sheets)}
    text = json.dumps(printable(told), ensure_ascii=False)
    return typst.compile(source, font_paths=fonts(), sys_inputs={"data": text})
