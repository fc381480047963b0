"""Problems and timetables as JSON of the exchange format; what is wrong with a file is told by a code."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import datetime
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import Any, TypeVar

from matchmaking.problem import (
    Calendar,
    Company,
    Meeting,
    Mode,
    Person,
    Pool,
    Problem,
    Request,
    Slot,
    Status,
    Table,
    TableType,
    Timetable,
)
from matchmaking.solver.measuring import existing_published, is_elsewhere, is_forced

INSTANCE = "b2b-schedule-instance/1"
SCHEDULE = "b2b-schedule/1"
Row = TypeVar("Row")
# Sums of larger numbers would not fit what the search reckons with; no fair has so much of anything. Values
# are searched with as shares of the dearest.
MOST, MOST_VALUE = 1_000_000, 10**15
# The largest fair that was tried has 48 slots, 7,800 people and 45,000 requests. What is beyond these
# would be read and laid out for longer than anybody waits, before a search looks at its clock.
MOST_BYTES = 200_000_000
MOST_ROWS = {"slots": 1_000, "requests": 60_000, "companies": 20_000, "people": 20_000, "tables": 20_000}
MOST_OTHER_ROWS, MOST_PLACES = 60_000, 2_000_000
# The pairs of people who might meet, for one request and for all: each is tried in each slot.
MOST_OF_ONE, MOST_PAIRS = 40_000, 3_000_000


class Unreadable(Exception):
    """A file that is no problem: a code with what a sentence about it has to name."""

    def __init__(self, code: str, **told: object) -> None:
        super().__init__(code, told)
        self.code = code
        self.told = told


def read_problem(path: Path) -> Problem:
    """The problem in a file, gzipped or not; raises `Unreadable`."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise Unreadable("too_long", file=path.name, wanted=MOST_BYTES // 1_000_000)
        found = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable("not_utf8", file=path.name) from error
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable("no_file", file=path.name) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json", file=path.name, line=getattr(error, "lineno", 0)) from error
    return problem_from(found)


def problem_from(found: object) -> Problem:
    """The problem that parsed JSON describes; raises `Unreadable`."""
    if not isinstance(found, dict):
        raise Unreadable("not_an_object")
    if found.get("format") != INSTANCE:
        raise Unreadable("other_format", found=str(found.get("format")), wanted=INSTANCE)
    _check_sizes(found)
    problem = Problem(
        name=str(found.get("name", "")),
        mode=_mode(found),
        slots=_rows(found, "slots", _slot),
        calendars=_rows(found, "calendars", _calendar),
        sessions=_rows(found, "sessions", lambda row: frozenset(_ints(row, "slots"))),
        table_types=_rows(found, "table_types", _table_type),
        tables=_rows(found, "tables", _table),
        pools=_rows(found, "interpreter_pools", _pool),
        companies=_rows(found, "companies", _company),
        people=_rows(found, "people", _person),
        requests=_rows(found, "requests", _request),
        pinned=_rows(found, "pinned", _meeting, numbered=False),
        published=_rows(found, "published", _meeting, numbered=False),
        max_moves=_whole_or_none(found, "max_moves"),
    )
    _check_times(problem)
    _check_references(problem)
    _check_people(problem)
    _check_pins(problem)
    return problem


def _check_sizes(found: Mapping[str, Any]) -> None:
    """Nothing is longer than can be solved; looked at before a row is read."""
    many = {name: len(rows) for name, rows in found.items() if isinstance(rows, list)}
    slots = many.get("slots", 0)
    for name, count in many.items():
        most = MOST_ROWS.get(name, MOST_OTHER_ROWS)
        if count > most:
            raise Unreadable("too_many", where=name, found=count, wanted=most)
        if name not in ("slots", "requests", "companies") and count * slots > MOST_PLACES:
            raise Unreadable("too_many_places", where=name, found=count, slots=slots, wanted=MOST_PLACES)


def _mode(found: Mapping[str, Any]) -> Mode:
    mode = found.get("mode", "plan")
    if mode not in list(Mode):
        raise Unreadable("wrong_value", where="mode", row=0, found=str(mode))
    return Mode(mode)


def _rows(
    found: Mapping[str, Any], name: str, make: Callable[[Mapping[str, Any]], Row], numbered: bool = True
) -> tuple[Row, ...]:
    rows = found.get(name)
    if rows is None and not numbered:
        return ()
    if not isinstance(rows, list):
        raise Unreadable("missing_list", where=name)
    made = []
    for position, row in enumerate(rows):
        try:
            if numbered and not (_is_whole(row["id"]) and row["id"] == position):
                raise Unreadable("id_out_of_place", found=str(row["id"]))
            made.append(make(row))
        except Unreadable as refusal:
            raise Unreadable(refusal.code, where=name, row=position, **refusal.told) from refusal
        except KeyError as error:
            raise Unreadable("missing_key", where=name, row=position, key=str(error.args[0])) from error
        except (TypeError, ValueError, AttributeError, IndexError) as error:
            raise Unreadable("wrong_value", where=name, row=position, found=str(error)) from error
    return tuple(made)


def _whole(row: Mapping[str, Any], key: str) -> int:
    value: int = row[key]
    if not _is_whole(value):
        raise ValueError(f"{key}: {value!r}")
    return value


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(row: Mapping[str, Any], key: str, most: int = MOST) -> int:
    value = _whole(row, key)
    if value < 0:
        raise ValueError(f"{key}: {value!r}")
    if value > most:
        raise Unreadable("too_large", key=key, found=value, wanted=most)
    return value


def _limit(row: Mapping[str, Any], key: str) -> int:
    """A count that limits what nobody reaches, however large it is."""
    value = _whole(row, key)
    return min(value, MOST) if value > 0 else _count(row, key)


def _whole_or_none(row: Mapping[str, Any], key: str) -> int | None:
    try:
        return None if row.get(key) is None else _limit(row, key)
    except ValueError as error:
        raise Unreadable("wrong_value", where=key, row=0, found=str(error)) from error


def _ints(row: Mapping[str, Any], key: str) -> tuple[int, ...]:
    values = row[key]
    if not isinstance(values, list) or not all(map(_is_whole, values)):
        raise ValueError(f"{key}: {values!r}")
    return tuple(values)


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    return moment


def _slot(row: Mapping[str, Any]) -> Slot:
    minutes = _count(row, "minutes")
    if not minutes:
        raise ValueError(f"minutes: {minutes!r}")
    return Slot(row["id"], _whole(row, "day"), _whole(row, "block"), _moment(row["start"]), minutes)


def _calendar(row: Mapping[str, Any]) -> Calendar:
    windows = tuple((_moment(begins), _moment(ends)) for begins, ends in row["windows"])
    return Calendar(row["id"], str(row.get("tz", "")), windows)


def _table_type(row: Mapping[str, Any]) -> TableType:
    return TableType(row["id"], str(row.get("name", "")), bool(row["virtual"]))


def _table(row: Mapping[str, Any]) -> Table:
    owner = None if row["owner"] is None else _whole(row, "owner")
    return Table(row["id"], _whole(row, "type"), owner, frozenset(_ints(row, "closed")))


def _pool(row: Mapping[str, Any]) -> Pool:
    one, other = row["langs"]
    capacity = tuple(min(each, MOST) for each in _ints(row, "capacity"))
    if min(capacity, default=0) < 0:
        raise ValueError(f"capacity: {min(capacity)!r}")
    return Pool(row["id"], (str(one), str(other)), capacity)


def _company(row: Mapping[str, Any]) -> Company:
    langs = frozenset(map(str, row["langs"]))
    return Company(row["id"], langs, _count(row, "min_meetings"), _ints(row, "people"))


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        id=row["id"],
        company=_whole(row, "company"),
        calendar=_whole(row, "calendar"),
        busy=frozenset(_ints(row, "busy")),
        sessions=_ints(row, "sessions"),
        max_per_day=_limit(row, "max_per_day"),
        max_run=_limit(row, "max_run"),
    )


def _request(row: Mapping[str, Any]) -> Request:
    return Request(
        id=row["id"],
        a=_whole(row, "a"),
        b=_whole(row, "b"),
        mutual=bool(row.get("mutual", False)),
        value=_count(row, "value", MOST_VALUE),
        table_types=_ints(row, "table_types"),
        people_a=None if row["people_a"] is None else _ints(row, "people_a"),
        people_b=None if row["people_b"] is None else _ints(row, "people_b"),
    )


def _meeting(row: Mapping[str, Any]) -> Meeting:
    pool = None if row.get("pool") is None else _count(row, "pool")
    request, slot, table = (_count(row, key) for key in ("request", "slot", "table"))
    return Meeting(request, slot, table, _count(row, "person_a"), _count(row, "person_b"), pool)


def _check_times(problem: Problem) -> None:
    """Slots follow each other in time, and windows end after they begin."""
    for before, slot in pairwise(problem.slots):
        if (slot.start - before.start).total_seconds() < before.minutes * 60:
            raise Unreadable("slots_overlap", where="slots", row=slot.id)
    windows = 0
    for calendar in problem.calendars:
        if any(ends < begins for begins, ends in calendar.windows):
            raise Unreadable("window_backwards", where="calendars", row=calendar.id)
        windows += len(calendar.windows)
    slots = len(problem.slots)
    if windows * slots > MOST_PLACES:
        raise Unreadable("too_many_places", where="windows", found=windows, slots=slots, wanted=MOST_PLACES)


def _check_people(problem: Problem) -> None:
    """Everybody belongs to one company, and nothing published is held twice."""
    of = [set(company.people) for company in problem.companies]
    for row, company in enumerate(problem.companies):
        _theirs(
            "companies", row, company.people, {n for n in company.people if problem.people[n].company == row}
        )
    for row, request in enumerate(problem.requests):
        _theirs("requests", row, request.people_a or (), of[request.a])
        _theirs("requests", row, request.people_b or (), of[request.b])
    pairs = 0
    for row, request in enumerate(problem.requests):
        of_one = prod(len(side) for side in problem.people_of(request))
        pairs += of_one
        for found, most in ((of_one, MOST_OF_ONE), (pairs, MOST_PAIRS)):
            if found > most:
                raise Unreadable("too_many_pairs", where="requests", row=row, found=found, wanted=most)
    seen: set[int] = set()
    for row, meeting in enumerate(problem.published):
        if meeting.request in seen:
            raise Unreadable("named_twice", where="published", row=row, key="request", found=meeting.request)
        seen.add(meeting.request)


def _check_pins(problem: Problem) -> None:
    """Each pinned request has one place, and pins move no more of what is published than may be moved."""
    pins: dict[int, Meeting] = {}
    for row, pin in enumerate(problem.pinned):
        if pins.setdefault(pin.request, pin) != pin:
            raise Unreadable("pinned_twice", row=row, found=pin.request)
    if problem.max_moves is None:
        return
    opened, unforced = problem.availability(), 0
    for old in existing_published(problem):
        new = pins.get(old.request)
        if new and is_elsewhere(old, new) and not is_forced(problem, old, opened):
            unforced += 1
    if unforced > problem.max_moves:
        raise Unreadable("pins_move_too_many", found=unforced, wanted=problem.max_moves)


def _theirs(where: str, row: int, named: Iterable[int], own: Set[int]) -> None:
    for each in named:
        if each not in own:
            raise Unreadable("other_company", where=where, row=row, found=each)


def _check_references(problem: Problem) -> None:
    """Every id that a row names exists, and every pool has a number for each slot."""
    slots, people = range(len(problem.slots)), range(len(problem.people))
    companies, types = range(len(problem.companies)), range(len(problem.table_types))
    for row, attended in enumerate(problem.sessions):
        _known("sessions", row, "slots", attended, slots)
    for row, table in enumerate(problem.tables):
        _known("tables", row, "closed", table.closed, slots)
        _known("tables", row, "type", [table.type], types)
        _known("tables", row, "owner", [] if table.owner is None else [table.owner], companies)
    for row, pool in enumerate(problem.pools):
        if len(pool.capacity) != len(problem.slots):
            raise Unreadable("capacity_length", row=row, found=len(pool.capacity), wanted=len(problem.slots))
    for row, company in enumerate(problem.companies):
        _known("companies", row, "people", company.people, people)
    for row, person in enumerate(problem.people):
        _known("people", row, "busy", person.busy, slots)
        _known("people", row, "company", [person.company], companies)
        _known("people", row, "calendar", [person.calendar], range(len(problem.calendars)))
        _known("people", row, "sessions", person.sessions, range(len(problem.sessions)))
    for row, request in enumerate(problem.requests):
        _known("requests", row, "company", [request.a, request.b], companies)
        if request.a == request.b:
            raise Unreadable("meets_itself", where="requests", row=row)
        _known("requests", row, "people", (*(request.people_a or ()), *(request.people_b or ())), people)
        _known("requests", row, "table_types", request.table_types, types)
    for name, meetings in (("pinned", problem.pinned), ("published", problem.published)):
        for row, meeting in enumerate(meetings):
            _known(name, row, "slot", [meeting.slot], slots)
            _known(name, row, "people", [meeting.person_a, meeting.person_b], people)
            if name == "pinned":
                _known(name, row, "request", [meeting.request], range(len(problem.requests)))
                _known(name, row, "table", [meeting.table], range(len(problem.tables)))
                pools = range(len(problem.pools))
                _known(name, row, "pool", [] if meeting.pool is None else [meeting.pool], pools)


def _known(where: str, row: int, key: str, named: Iterable[int], known: range) -> None:
    for each in named:
        if each not in known:
            raise Unreadable("unknown_id", where=where, row=row, key=key, found=each)


def as_document(timetable: Timetable) -> dict[str, Any]:
    """The timetable as the object that its file holds."""
    head = {"format": SCHEDULE, "instance": timetable.instance, "status": timetable.status.value}
    if timetable.status is Status.INFEASIBLE:
        return head | {"conflict": list(timetable.conflict)}
    return head | {"meetings": [_as_row(meeting) for meeting in timetable.meetings]}


def _as_row(meeting: Meeting) -> dict[str, int | None]:
    return {
        "request": meeting.request,
        "slot": meeting.slot,
        "table": meeting.table,
        "person_a": meeting.person_a,
        "person_b": meeting.person_b,
        "pool": meeting.pool,
    }


def write_timetable(timetable: Timetable, path: Path) -> None:
    """One meeting a line, so that two timetables compare; the file appears whole or not at all."""
    document = as_document(timetable)
    meetings = document.pop("meetings", None)
    lines = [json.dumps(document)]
    if meetings is not None:
        rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in meetings)
        lines = [lines[0][:-1] + ', "meetings": [', rows, "]}"]
    beside = path.with_name(path.name + ".part")
    beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.replace(path)
