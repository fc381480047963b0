"""A fixed moment: deadlines and days to come stay where the tests put them."""

from datetime import UTC, datetime

import pytest
import time_machine

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def on_a_monday_in_may():
    """Ten in the morning in Casablanca."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
