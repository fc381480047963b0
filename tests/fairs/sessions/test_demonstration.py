import pytest

from fairs.sessions.demonstration import SLUG, bring_in_the_programme
from fairs.sessions.queries import pending_of
from tests.factories.sessions import ProgrammeEditionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_demonstration_brings_in_the_same_programme_each_day():
    edition = ProgrammeEditionFactory(slug=SLUG)

    for _day in range(2):
        bring_in_the_programme()

    counts = [part.count() for part in (edition.sessions, edition.showings, edition.tracks, edition.releases)]
    assert counts == [12, 12, 3, 2]
    assert pending_of(edition) == []


def test_demonstration_without_its_fair_brings_in_nothing():
    edition = ProgrammeEditionFactory()

    bring_in_the_programme()

    assert edition.sessions.count() == 0
