from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine


@pytest.fixture
def time_machine_at_noon():
    """Noon in Casablanca, so that nothing is near the edge of a day."""
    noon = datetime.now(ZoneInfo("Africa/Casablanca")).replace(hour=12, minute=0, second=0)
    with time_machine.travel(noon):
        yield noon
