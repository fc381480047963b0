"""What a door answers, as a table: the browser is held to the same one in tests/e2e/test_door.py."""

import json
from pathlib import Path

import pytest

from fairs.badges.allowed import DoorRules, Listed, Shown, Step, decide

pytestmark = pytest.mark.unit

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))


def answered(case):
    told = case["door"]
    door = DoorRules(
        openings=tuple(tuple(one) for one in told["openings"]),
        expires=told["expires"],
        roles=tuple(told["roles"]),
        early_roles=tuple(told["early_roles"]),
        early_seconds=told["early_seconds"],
        hall=told.get("hall", 0),
    )
    listed = Listed(**case["listed"]) if case["listed"] else None
    steps = [Step(**one) for one in case["steps"]]
    answer = decide(Shown(**case["shown"]), listed, door, steps, case["way"], case["at"])
    return {"outcome": answer.outcome, "code": answer.code, "about": answer.about}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_door_answers_as_the_table_says(case):
    assert answered(case) == case["answer"]
