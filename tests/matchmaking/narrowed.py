"""Small fairs whose people, tables and interpreters can less than when their timetable was published."""

import sys
from importlib import import_module
from pathlib import Path

from matchmaking.problem import Status
from matchmaking.reading import INSTANCE, as_document, problem_from
from matchmaking.solver.searching import solve
from tests.matchmaking.scenes import QUICK, broken_rules

# Where the exchange format is at hand, its own checker judges as well.
SHARED = Path(__file__).resolve().parents[3] / "shared" / "scheduler"
BUYERS, COMPANIES, SLOTS, IN_BLOCK = 5, 11, 16, 4
WHOLE_FAIR = [["2027-03-09T00:00+00:00", "2027-03-11T00:00+00:00"]]
ONE_MORNING = [["2027-03-09T09:00+00:00", "2027-03-09T12:00+00:00"]]


def _slot(number):
    """Two days of two blocks of four."""
    day, block, place = number // (2 * IN_BLOCK), number // IN_BLOCK, number % IN_BLOCK
    begins = f"2027-03-{9 + day:02}T{10 + 4 * (block % 2)}:{20 * place % 60:02}+00:00"
    if place == 3:
        begins = f"2027-03-{9 + day:02}T{11 + 4 * (block % 2)}:00+00:00"
    return {"id": number, "day": day, "block": block, "start": begins, "minutes": 20}


def _company(number, people, dice):
    langs = dice.choice([["en"], ["fr"], ["en", "fr"]])
    return {"id": number, "langs": langs, "min_meetings": dice.randint(0, 3), "people": people}


def _person(number, company, dice):
    busy = sorted(dice.sample(range(SLOTS), 2))
    limits = {"max_per_day": dice.randint(3, 6), "max_run": dice.randint(2, 4)}
    return {"id": number, "company": company, "calendar": 0, "busy": busy, "sessions": []} | limits


def _request(number, pair, dice):
    types = dice.choice([[0], [0, 1], [1]])
    row = {"id": number, "a": pair[0], "b": pair[1], "mutual": True, "value": dice.randint(1, 200)}
    return row | {"table_types": types, "people_a": None, "people_b": None}


def held_fair(dice):
    """A fair as parsed JSON, to be repaired: with the timetable that its people hold."""
    companies, people = [], []
    for number in range(COMPANIES):
        own = list(range(len(people), len(people) + dice.choice([1, 1, 2])))
        people += [_person(each, number, dice) for each in own]
        companies.append(_company(number, own, dice))
    pairs = [(a, b) for a in range(BUYERS) for b in range(BUYERS, COMPANIES) if dice.random() < 0.8]
    found = {
        "format": INSTANCE,
        "name": "narrowed",
        "mode": "plan",
        "slots": [_slot(each) for each in range(SLOTS)],
        "calendars": [{"id": n, "tz": "UTC", "windows": w} for n, w in enumerate([WHOLE_FAIR, ONE_MORNING])],
        "sessions": [{"id": 0, "slots": [2, 3, 9]}],
        "table_types": [{"id": each, "name": str(each), "virtual": False} for each in range(2)],
        "tables": [
            {"id": each, "type": int(each == 3), "owner": 5 if each == 2 else None, "closed": []}
            for each in range(4)
        ],
        "interpreter_pools": [
            {"id": each, "langs": ["en", "fr"], "capacity": [1] * SLOTS} for each in range(2)
        ],
        "companies": companies,
        "people": people,
        "requests": [_request(each, pair, dice) for each, pair in enumerate(pairs)],
        "pinned": [],
        "published": [],
        "max_moves": None,
    }
    held = solve(problem_from(found), budget=QUICK)
    return found | {"mode": "repair", "published": as_document(held)["meetings"]}


def narrow(found, dice):
    """Take something from people, tables, interpreters and requests, and allow few moves or none."""
    for person in found["people"]:
        match dice.randrange(9):
            case 0:
                person["max_run"] = dice.randint(0, 2)
            case 1:
                person["max_per_day"] = dice.randint(0, 2)
            case 2:
                person["busy"] = sorted(dice.sample(range(SLOTS), 6))
            case 3:
                person["sessions"] = [0]
            case 4:
                person["calendar"] = 1
    for table in found["tables"]:
        table["closed"] = sorted(dice.sample(range(SLOTS), dice.choice([0, 0, 4])))
    found["tables"][2]["owner"] = dice.choice([5, 6, None])
    for pool in found["interpreter_pools"]:
        pool["capacity"] = [dice.choice([0, 1, 1]) for _ in range(SLOTS)]
    if dice.random() < 0.3:
        dice.choice(found["companies"])["langs"] = ["en"]
    for request in found["requests"]:
        if dice.random() < 0.1:
            request["people_a"] = found["companies"][request["a"]]["people"][-1:]
        if dice.random() < 0.1:
            request["table_types"] = [0]
    found["pinned"] = [dict(one) for one in found["published"] if dice.random() < 0.02]
    if found["pinned"] and dice.random() < 0.3:
        found["pinned"][0]["slot"] = dice.randrange(SLOTS)
    found["max_moves"] = dice.choice([0, 0, 1, 3])


def faults(found, problem, timetable):
    """What is wrong with an answer, by our own rules and by the checker's where it is at hand."""
    wrong = [] if timetable.status is Status.INFEASIBLE else broken_rules(problem, timetable.meetings)
    if SHARED.is_dir():
        if str(SHARED) not in sys.path:
            sys.path.append(str(SHARED))
        checker, answer = import_module("checker"), as_document(timetable)
        judged = checker.check_infeasible if timetable.status is Status.INFEASIBLE else checker.check
        wrong += judged(found, answer)[1]
    return wrong
