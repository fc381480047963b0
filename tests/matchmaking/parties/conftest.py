"""An exporter that meets at a fair, and who speaks for it."""

from datetime import date

import pytest

from tests.factories.matchmaking import exporter_at, meeting_edition, speaker_of


@pytest.fixture
def exporter():
    return exporter_at(meeting_edition(starts_on=date(2030, 5, 6)))


@pytest.fixture
def owner(exporter):
    return speaker_of(exporter)
