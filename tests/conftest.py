"""Scenes shared by every storey."""

import pytest

from moussem.core.schema import go_beyond_models


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with what migrations do beyond models: `--nomigrations` leaves it out."""
    with django_db_blocker.unblock():
        go_beyond_models()
