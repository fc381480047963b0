import tomllib

import pytest

from moussem.core.slots import SLOTS
from tests.house.plan import NAMES, ROOM_FILES, ROOT, STOREYS, storey_of_file

pytestmark = pytest.mark.unit


def settings_of(tool):
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][tool]


def contract(start):
    (found,) = [c for c in settings_of("importlinter")["contracts"] if c["name"].startswith(start)]
    return found


def rooms():
    """The dotted name of every package that holds at least two of the room files."""
    for name, folder in STOREYS.items():
        for place in sorted({path.parent for path in (ROOT / folder).rglob("*.py")}):
            inside = {path.stem for path in place.iterdir() if path.suffix == ".py" or path.is_dir()}
            if storey_of_file(place) == name and len(inside & ROOM_FILES) >= 2:
                yield ".".join((name, *place.relative_to(ROOT / folder).parts))


def test_linter_and_plan_name_the_same_storeys():
    assert contract("Storeys")["layers"] == NAMES


def test_every_room_stands_under_the_contract_of_rooms():
    listed = set(contract("Inside a room")["containers"])

    assert set(rooms()) - listed == set()


def test_every_trade_room_has_its_place():
    placed = {room for layer in contract("Trade rooms")["layers"] for room in layer.split(" : ")}
    trade = ROOT / STOREYS["moussem.trade"]
    found = {path.parent.name for path in trade.glob("*/__init__.py")} - {
        "migrations",
        "management",
        "templatetags",
    }

    assert found - placed == set()


def test_types_are_checked_where_django_is_forbidden():
    pure = contract("Arithmetic")["source_modules"]
    files = {name.replace(".", "/").replace("moussem/", "platform/moussem/", 1) + ".py" for name in pure}

    assert set(settings_of("mypy")["files"]) == files
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_slots_are_few_and_documented():
    assert len(SLOTS) <= 11
    assert [name for name, text in SLOTS.items() if not text.endswith(".")] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert [line for line in text.splitlines() if "://" in line or line.startswith("-")] == []
    assert "--hash=sha256:" in text
