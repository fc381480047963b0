"""The score of a stand: each part by its share, and nothing that is not told."""

from datetime import UTC, datetime, timedelta

import pytest

from fairs.live.rehearsal.readiness import WEIGHTS, Facts, Part, Practice, readiness_of
from tests.house.plan import ROOT

pytestmark = pytest.mark.unit
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
WHOLE = Facts(
    written=("ar", "en", "fr"),
    shown=2,
    pictured=2,
    priced=2,
    people=1,
    spoken=("ar", "fr"),
    has_hours=True,
    tested_at=NOW - timedelta(days=14),
    practice=Practice(asked=5, good=5),
)


def test_weights_are_a_hundred_and_stand_in_the_document():
    text = (ROOT / "docs" / "live.md").read_text(encoding="utf-8")

    assert sum(WEIGHTS.values()) == 100
    assert [part for part in Part if f"| `{part}` | {WEIGHTS[part]} |" not in text] == []


def test_stand_with_everything_has_all_of_it():
    found = readiness_of(WHOLE, NOW)

    assert (found.score, found.missing) == (100, [])


def test_stand_with_nothing_has_nothing():
    found = readiness_of(Facts(), NOW)

    assert (found.score, [one.part for one in found.missing]) == (0, list(Part))


@pytest.mark.parametrize(
    ("facts", "part", "points"),
    [
        ({"written": ("en", "de")}, Part.TEXTS, 5),
        ({"shown": 3, "pictured": 1}, Part.PICTURES, 3),
        ({"shown": 4, "priced": 2}, Part.PRICES, 5),
        ({"spoken": ("ar", "zgh")}, Part.LANGUAGES, 0),
        ({"tested_at": NOW - timedelta(days=14, seconds=1)}, Part.DEVICES, 0),
        ({"practice": Practice(asked=5, good=0)}, Part.PRACTICE, 10),
        ({"practice": Practice(asked=4, good=3)}, Part.PRACTICE, 17),
    ],
)
def test_share_of_a_part_gives_that_share_of_its_points(facts, part, points):
    (line,) = [one for one in readiness_of(Facts(**facts), NOW).lines if one.part == part]

    assert line.points == points
