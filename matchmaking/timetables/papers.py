"""Agendas as a spreadsheet and on paper."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from fairs.editions.models import Edition
from fairs.report.tables import Table
from fairs.sessions.clocks import differ
from fairs.sessions.models import Showing
from fairs.sessions.queries import coming_to
from fairs.sessions.states import AttendanceState
from fairs.templatetags.fairs import zone_name
from matchmaking.meetings.models import Meeting
from matchmaking.meetings.places import place_of
from matchmaking.meetings.queries import meetings_at, with_goods
from matchmaking.parties.models import Delegate
from matchmaking.timetables.queries import versions_at
from moussem.core.templatetags.figures import quantity_text
from moussem.core.templatetags.times import clock_of
from moussem.organisations.models import Organisation
from moussem.trade.documents.pdf import fonts, printable


@dataclass(frozen=True)
class _Line:
    """A meeting or a session on a sheet."""

    begins: datetime
    ends: datetime
    on: date
    what: str
    more: str
    where: str


def _standing(edition: Edition) -> QuerySet[Meeting]:
    found = meetings_at(edition).standing()
    return found.select_related("buyer__party__organisation", "exporter__party__organisation")


def _hours(told: Any, zone: str) -> str:
    """From when to when a slot or a line of a sheet is, by the clocks of a zone."""
    clock = ZoneInfo(zone)
    begins, ends = (moment.astimezone(clock) for moment in (told.begins, told.ends))
    return f"{begins:%H:%M}–{ends:%H:%M}"


def _moments(told: Any, zone: str) -> tuple[time, time]:
    """When a slot begins and ends, by the clocks of a zone."""
    begins, ends = (moment.astimezone(ZoneInfo(zone)) for moment in (told.begins, told.ends))
    return begins.time(), ends.time()


def tables_of(edition: Edition) -> list[Table]:
    """All meetings by their time, and those of each person one after the other."""
    meetings = list(_standing(edition))
    clock = {"clock": clock_of(edition.time_zone)}
    hours = (_("From (%(clock)s)") % clock, _("Until (%(clock)s)") % clock)
    columns = (_("Day"), *hours, _("Buyer"), _("Exporter"), _("Where"), _("Interpreter"))
    rows = tuple(
        (
            one.slot.on,
            *_moments(one.slot, edition.time_zone),
            one.request.buyer.organisation.label,
            one.request.exporter.organisation.label,
            place_of(one),
            one.interpreter.name if one.interpreter else "",
        )
        for one in meetings
    )
    people = (_("Person"), _("Organisation"), _("Day"), *hours, _("Meets"), _("Where"), _("Interpreter"))
    own = tuple(
        (
            str(delegate.person),
            delegate.party.organisation.label,
            one.slot.on,
            *_moments(one.slot, edition.time_zone),
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


def agendas(edition: Edition, *, delegate: int | None = None, language: str = "") -> list[dict[str, Any]]:
    """A sheet for each person who meets, in their own language, by the clocks of the fair and their own.

    Of one ``delegate`` also where nothing but sessions is kept, and in the ``language`` that is read.
    """
    meetings = with_goods(_standing(edition))
    if delegate is not None:
        meetings = meetings.filter(Q(buyer=delegate) | Q(exporter=delegate))
    people = [(one, found) for one, found in _by_person(meetings) if delegate in (None, one.pk)]
    if delegate is not None and not people:
        known = Delegate.objects.there().filter(edition=edition, pk=delegate)
        people = [(one, []) for one in known.select_related("person", "party__organisation")]
    kept = _sessions(edition, [one.person_id for one, _found in people])
    number = versions_at(edition).values_list("number", flat=True).first()
    sheets = []
    for one, found in people:
        if found or kept[one.person_id]:
            with override(language or one.person.language):
                sheets.append(_sheet(edition, one, found, kept[one.person_id], number))
    return sheets


def _sessions(edition: Edition, people: Iterable[int]) -> dict[int, list[Showing]]:
    """The sessions in which people have a seat."""
    kept: dict[int, list[Showing]] = defaultdict(list)
    for one in coming_to(edition).filter(state=AttendanceState.SEATED, person__in=list(people)):
        kept[one.person_id].append(one.session.showing)
    return kept


def _sheet(
    edition: Edition,
    delegate: Delegate,
    found: Iterable[tuple[Meeting, Any]],
    kept: Iterable[Showing],
    number: int | None,
) -> dict[str, Any]:
    zones = (edition.time_zone, delegate.time_zone)
    lines = [_meeting_line(delegate, one, other) for one, other in found]
    lines += [_session_line(edition, one) for one in kept]
    lines.sort(key=lambda line: (line.begins, line.ends))
    own = delegate.time_zone if any(differ(line.begins, *zones) for line in lines) else ""
    zone = _("Hours are those of the fair (%(clock)s).") % {"clock": clock_of(edition.time_zone)}
    if own:
        zone += " " + _("Hours in brackets are those in %(place)s.") % {"place": zone_name(own)}
    return {
        "language": get_language(),
        "edition": edition.label,
        "name": str(delegate.person),
        "organisation": delegate.party.organisation.label,
        "zone": zone,
        "foot": _printed(edition, number),
        "notes": pgettext("room on paper to write", "Notes"),
        "days": [
            {"day": date_format(on, "l j F"), "rows": [_row(edition, line, own) for line in some]}
            for on, some in groupby(lines, key=lambda line: line.on)
        ],
    }


def _printed(edition: Edition, number: int | None) -> str:
    """Which timetable a sheet is of and when it was printed: an old one is told from a new one."""
    now = timezone.now().astimezone(ZoneInfo(edition.time_zone))
    told = {
        "number": number,
        "day": date_format(now, "j F Y"),
        "hour": f"{now:%H:%M}",
        "clock": clock_of(edition.time_zone),
    }
    if number is None:
        return _("Printed on %(day)s at %(hour)s (%(clock)s)") % told
    return _("Timetable %(number)s, printed on %(day)s at %(hour)s (%(clock)s)") % told


def _meeting_line(delegate: Delegate, meeting: Meeting, other: Organisation) -> _Line:
    """Whom somebody meets, about what, and where."""
    separator = pgettext("between items of a list", ", ")
    is_buyer = meeting.request.buyer_id == delegate.party_id
    them = (meeting.exporter if is_buyer else meeting.buyer).person
    more = [str(them)] if them.get_full_name() and them.get_full_name() != other.name else []
    for line in meeting.request.lines.all():
        amount = [quantity_text(line.quantity, line.unit)] if line.quantity else []
        more.append(separator.join([str((line.product or line.family).label), *amount]))
    where = [place_of(meeting)]
    if meeting.interpreter:
        where.append(_("interpreter: %(name)s") % {"name": meeting.interpreter.name})
    slot = meeting.slot
    return _Line(slot.begins, slot.ends, slot.on, other.label, " · ".join(more), separator.join(where))


def _session_line(edition: Edition, showing: Showing) -> _Line:
    on = showing.begins_at.astimezone(ZoneInfo(edition.time_zone)).date()
    where = showing.room.label if showing.room else ""
    return _Line(showing.begins_at, showing.ends_at, on, showing.label, _("session"), where)


def _row(edition: Edition, line: _Line, own: str) -> dict[str, str]:
    there = _hours(line, own) if own else ""
    begins = line.begins.astimezone(ZoneInfo(own or edition.time_zone))
    if own and begins.date() != line.on:
        there = f"{date_format(begins, 'D')} {there}"
    return {
        "hours": _hours(line, edition.time_zone),
        "there": f"({there})" if own else "",
        "what": line.what,
        "more": line.more,
        "where": line.where,
    }


def paper(edition: Edition, sheets: Sequence[dict[str, Any]]) -> bytes:
    """The sheets as PDF, drawn by `agendas.typ`."""
    source = Path(__file__).with_name("agendas.typ").read_bytes()
    told = {"title": edition.label, "sheets": list(sheets)}
    text = json.dumps(printable(told), ensure_ascii=False)
    return typst.compile(source, font_paths=fonts(), sys_inputs={"data": text})
