import gzip
import json
from datetime import timedelta
from itertools import product

import pytest

from matchmaking.problem import Meeting, Mode, Status, Timetable
from matchmaking.reading import Unreadable, as_document, problem_from, read_problem, write_timetable
from matchmaking.solver.searching import Budget, solve

pytestmark = pytest.mark.unit


def document(**told):
    """A fair of one request, as parsed JSON."""
    meeting = {"request": 0, "slot": 1, "table": 0, "person_a": 0, "person_b": 1, "pool": 0}
    slot = {"day": 0, "block": 0, "minutes": 20}
    person = {"calendar": 0, "busy": [0], "sessions": [0], "max_per_day": 4, "max_run": 2}
    return {
        "format": "b2b-schedule-instance/1",
        "name": "one",
        "mode": "repair",
        "slots": [
            slot | {"id": 0, "start": "2027-03-09T09:00+00:00"},
            slot | {"id": 1, "start": "2027-03-09T09:20+00:00"},
        ],
        "calendars": [
            {"id": 0, "tz": "Asia/Tokyo", "windows": [["2027-03-09T18:00+09:00", "2027-03-09T18:40+09:00"]]}
        ],
        "sessions": [{"id": 0, "slots": []}],
        "table_types": [{"id": 0, "name": "standard", "virtual": False}],
        "tables": [{"id": 0, "type": 0, "owner": None, "closed": []}],
        "interpreter_pools": [{"id": 0, "langs": ["en", "zh"], "capacity": [1, 1]}],
        "companies": [
            {"id": each, "langs": [lang], "min_meetings": 1, "people": [each]}
            for each, lang in enumerate(["en", "zh"])
        ],
        "people": [person | {"id": each, "company": each} for each in range(2)],
        "requests": [
            {
                "id": 0,
                "a": 0,
                "b": 1,
                "mutual": True,
                "value": 120,
                "table_types": [0],
                "people_a": None,
                "people_b": [1],
            }
        ],
        "pinned": [],
        "published": [meeting],
        "max_moves": 2,
    } | told


def crowd(people, requests):
    """Two companies of so many people each, and so many requests between them."""
    some = document()
    keys = [range(people), range(people, 2 * people)]
    return {
        "published": [],
        "people": [
            some["people"][0] | {"id": n, "company": side} for side, row in enumerate(keys) for n in row
        ],
        "companies": [some["companies"][side] | {"people": list(row)} for side, row in enumerate(keys)],
        "requests": [
            some["requests"][0] | {"id": n, "people_a": None, "people_b": None} for n in range(requests)
        ],
    }


def test_a_problem_is_read_as_it_stands():
    problem = problem_from(document())

    assert (problem.mode, problem.max_moves) == (Mode.REPAIR, 2)
    assert problem.published == (Meeting(0, 1, 0, 0, 1, 0),)
    assert problem.people_of(problem.requests[0]) == ((0,), (1,))
    assert problem.pools_of(problem.requests[0]) == (0,)


def test_windows_of_another_offset_are_the_same_moments():
    problem = problem_from(document())

    assert problem.slots_inside(problem.calendars[0]) == {0, 1}
    assert problem.availability() == [{1}, {1}]


def test_a_slot_must_lie_wholly_within_a_window():
    window = [["2027-03-09T18:00+09:00", "2027-03-09T18:39+09:00"]]
    problem = problem_from(document(calendars=[{"id": 0, "tz": "", "windows": window}]))

    assert problem.slots_inside(problem.calendars[0]) == {0}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"format": "other/1"}, "other_format"),
        ({"mode": "dream"}, "wrong_value"),
        ({"mode": []}, "wrong_value"),
        ({"sessions": [{"id": False, "slots": []}]}, "id_out_of_place"),
        ({"sessions": [{"id": 0.0, "slots": []}]}, "id_out_of_place"),
        ({"requests": [document()["requests"][0] | {"b": 0}]}, "meets_itself"),
        *[
            ({rows: [document()["published"][0] | {key: -1}]}, "wrong_value")
            for rows, key in product(("published", "pinned"), document()["published"][0])
        ],
        ({"slots": None}, "missing_list"),
        ({"requests": [{"id": 0}]}, "missing_key"),
        ({"requests": [7]}, "wrong_value"),
        ({"tables": [{"id": 3, "type": 0, "owner": None, "closed": []}]}, "id_out_of_place"),
        ({"tables": [{"id": 0, "type": 5, "owner": None, "closed": []}]}, "unknown_id"),
        ({"tables": [{"id": 0, "type": 0, "owner": 9, "closed": []}]}, "unknown_id"),
        ({"interpreter_pools": [{"id": 0, "langs": ["en", "zh"], "capacity": [1]}]}, "capacity_length"),
        ({"interpreter_pools": [{"id": 0, "langs": ["en"], "capacity": [1, 1]}]}, "wrong_value"),
        ({"sessions": []}, "unknown_id"),
        ({"slots": [document()["slots"][0], document()["slots"][0] | {"id": 1}]}, "slots_overlap"),
        ({"slots": [one | {"id": 1 - one["id"]} for one in document()["slots"][::-1]]}, "slots_overlap"),
        ({"slots": [one | {"minutes": 0} for one in document()["slots"]]}, "wrong_value"),
        ({"slots": [one | {"minutes": -20} for one in document()["slots"]]}, "wrong_value"),
        (
            {"calendars": [{"id": 0, "windows": [["2027-03-09T19:00+09:00", "2027-03-09T18:00+09:00"]]}]},
            "window_backwards",
        ),
        ({"sessions": [{"id": 0, "slots": [2]}]}, "unknown_id"),
        ({"tables": [{"id": 0, "type": 0, "owner": None, "closed": [9]}]}, "unknown_id"),
        ({"people": [one | {"busy": [-1]} for one in document()["people"]]}, "unknown_id"),
        ({"people": [one | {"company": 0} for one in document()["people"]]}, "other_company"),
        ({"requests": [document()["requests"][0] | {"people_a": [1]}]}, "other_company"),
        ({"requests": [document()["requests"][0] | {"b": 7}]}, "unknown_id"),
        ({"interpreter_pools": [{"id": 0, "langs": ["en", "zh"], "capacity": [1, -1]}]}, "wrong_value"),
        ({"published": document()["published"] * 2}, "named_twice"),
        ({"pinned": [document()["published"][0] | {"pool": 3}]}, "unknown_id"),
        ({"slots": document()["slots"] * 501}, "too_many"),
        ({"requests": document()["requests"] * 60_001}, "too_many"),
        ({"slots": document()["slots"] * 100, "people": document()["people"] * 6_000}, "too_many_places"),
        (crowd(201, 1), "too_many_pairs"),
        (crowd(40, 2_000), "too_many_pairs"),
        ({"max_moves": "two"}, "wrong_value"),
        ({"max_moves": -1}, "wrong_value"),
        ({"calendars": [{"id": 0, "windows": [["2027-03-09T18:00", "2027-03-09T19:00"]]}]}, "wrong_value"),
        ({"pinned": [{"request": 4, "slot": 0, "table": 0, "person_a": 0, "person_b": 1}]}, "unknown_id"),
    ],
)
def test_what_is_wrong_has_a_code(told, code):
    with pytest.raises(Unreadable) as refusal:
        problem_from(document(**told))

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"{", "not_json"), (b"[]", "not_an_object"), (b"\xff", "not_utf8"), (b"[" * 99999, "not_json")],
)
def test_a_file_that_is_no_problem_has_a_code(tmp_path, content, code):
    (tmp_path / "in.json").write_bytes(content)

    with pytest.raises(Unreadable) as refusal:
        read_problem(tmp_path / "in.json")

    assert refusal.value.code == code


def test_calendars_of_more_windows_than_can_be_looked_through_are_told():
    window = ["2027-03-09T18:00+09:00", "2027-03-09T18:40+09:00"]

    with pytest.raises(Unreadable) as refusal:
        problem_from(document(calendars=[{"id": 0, "tz": "", "windows": [window] * 1_000_001}]))

    told = {"where": "windows", "found": 1_000_001, "slots": 2, "wanted": 2_000_000}
    assert (refusal.value.code, refusal.value.told) == ("too_many_places", told)


def test_a_packed_file_that_is_larger_than_anything_is_not_unpacked(tmp_path):
    with gzip.open(tmp_path / "in.json.gz", "wb", compresslevel=1) as file:
        for _ in range(201):
            file.write(b" " * 1_000_000)

    with pytest.raises(Unreadable) as refusal:
        read_problem(tmp_path / "in.json.gz")

    assert refusal.value.code == "too_long"


def test_a_file_that_is_not_there_has_a_code(tmp_path):
    with pytest.raises(Unreadable) as refusal:
        read_problem(tmp_path / "nowhere.json")

    assert (refusal.value.code, refusal.value.told) == ("no_file", {"file": "nowhere.json"})


def test_a_packed_file_is_read(tmp_path):
    path = tmp_path / "in.json.gz"
    path.write_bytes(gzip.compress(json.dumps(document()).encode()))

    assert read_problem(path) == problem_from(document())


def test_a_packed_file_that_is_damaged_has_a_code(tmp_path):
    packed = bytearray(gzip.compress(json.dumps(document()).encode()))
    packed[20:40] = b"\xff" * 20
    (tmp_path / "in.json.gz").write_bytes(packed)

    with pytest.raises(Unreadable) as refusal:
        read_problem(tmp_path / "in.json.gz")

    assert refusal.value.code == "no_file"


def test_slots_keep_their_length():
    slot = problem_from(document()).slots[1]

    assert slot.start + timedelta(minutes=slot.minutes) == problem_from(document()).calendars[0].windows[0][1]


def test_a_timetable_is_written_whole(tmp_path):
    timetable = Timetable("one", meetings=(Meeting(0, 1, 0, 0, 1, 0), Meeting(1, 0, 0, 0, 1)))

    write_timetable(timetable, tmp_path / "out.json")

    assert json.loads((tmp_path / "out.json").read_text()) == as_document(timetable)
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_a_contradiction_is_written_with_its_requests():
    document = as_document(Timetable("one", Status.INFEASIBLE, conflict=(3, 5)))

    assert (document["status"], document["conflict"]) == ("infeasible", [3, 5])


@pytest.mark.parametrize(
    ("rows", "key", "number", "most"),
    [
        ("companies", "min_meetings", 10**30, 10**6),
        ("requests", "value", 2**62, 10**15),
        ("slots", "minutes", 10**7, 10**6),
    ],
)
def test_numbers_that_nobody_reckons_with_are_told_with_the_largest_that_are(rows, key, number, most):
    told = document()
    told[rows][0][key] = number

    with pytest.raises(Unreadable) as refusal:
        problem_from(told)

    where = {"where": rows, "row": 0, "key": key, "found": number, "wanted": most}
    assert (refusal.value.code, refusal.value.told) == ("too_large", where)


@pytest.mark.parametrize(
    ("rows", "key", "number"),
    [
        ("people", "max_per_day", 10**9),
        ("people", "max_run", 2**63),
        ("slots", "day", 20270309),
        ("slots", "block", -(2**63)),
        ("interpreter_pools", "capacity", [2**63, 1]),
        ("requests", "value", 10**15),
    ],
)
def test_limits_that_nobody_reaches_and_numbers_of_days_are_taken(rows, key, number):
    told = document()
    told[rows][0][key] = number

    timetable = solve(problem_from(told), budget=Budget(100, 100))

    assert (len(timetable.meetings), timetable.figures.value) == (1, told["requests"][0]["value"])


def test_no_limit_of_moves_is_too_high():
    assert problem_from(document(max_moves=10**9)).max_moves == 10**6


PIN = {"request": 0, "slot": 1, "table": 0, "person_a": 0, "person_b": 1, "pool": 0}


def test_a_pin_said_twice_is_one():
    assert len(set(problem_from(document(pinned=[PIN, PIN])).pinned)) == 1


def test_a_request_that_is_pinned_to_two_places_is_refused_with_its_row():
    with pytest.raises(Unreadable) as refusal:
        problem_from(document(pinned=[PIN, PIN, PIN | {"slot": 0}]))

    assert (refusal.value.code, refusal.value.told) == ("pinned_twice", {"row": 2, "found": 0})


def test_pins_that_move_more_than_may_are_refused_unless_they_must():
    open_all_day = {"people": [one | {"busy": []} for one in document()["people"]]}
    moves = {"pinned": [PIN | {"slot": 0}], "max_moves": 0}

    with pytest.raises(Unreadable) as refusal:
        problem_from(document(**moves, **open_all_day))

    assert (refusal.value.code, refusal.value.told) == ("pins_move_too_many", {"found": 1, "wanted": 0})
    assert problem_from(document(**moves | {"max_moves": 1}, **open_all_day)).max_moves == 1
    one_is_away = [one | {"busy": [one["id"]]} for one in document()["people"]]
    assert problem_from(document(**moves, people=one_is_away)).max_moves == 0
