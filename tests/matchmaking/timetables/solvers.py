"""Which solver makes the timetables of a test."""

import pytest

from matchmaking.timetables import solving
from tests.matchmaking.timetables import greedy

REALLY = pytest.mark.parametrize("makes", [solving.solve], ids=["real"], indirect=True)
BOTH = pytest.mark.parametrize("makes", [greedy.solve, solving.solve], ids=["greedy", "real"], indirect=True)
