import pytest
from django.db import connection

from fairs.live.checks import connections_wanted, enough_connections

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_connections_are_added_up(settings):
    settings.WEB_WORKERS, settings.LIVE_DATABASE_THREADS = 3, 4

    assert connections_wanted() == 57


@pytest.mark.service
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a real PostgreSQL")
def test_too_few_connections_are_told(settings):
    assert enough_connections(["default"]) == []

    settings.WEB_WORKERS = 10_000

    assert [one.id for one in enough_connections(["default"])] == ["live.W001"]
    assert enough_connections([]) == []
