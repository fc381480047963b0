"""A fixed moment: deadlines and days to come stay where the tests put them."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.isolation.watching import state_of_the_database

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def on_a_monday_in_may():
    """Ten in the morning in Casablanca."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def refused():
    """Runs something that must be refused; the refusal, once it is sure that nothing was written."""

    def run(refusal, act, *args, **told):
        before = state_of_the_database()
        with pytest.raises(refusal) as caught:
            act(*args, **told)
        assert type(caught.value) is refusal
        assert state_of_the_database() == before
        return caught.value

    return run
