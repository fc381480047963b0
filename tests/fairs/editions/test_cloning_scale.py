"""A clone asks as much of a large fair as of a small one, and nothing of it points at the fair before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairs.applications.models import Category
from fairs.editions.actions import clone_edition
from fairs.models import Booth
from tests.factories.fairs import CategoryFactory, QuestionFactory, who_runs
from tests.factories.floor import fair
from tests.factories.sessions import RoomFactory, SessionFactory, SpeakerFactory, TrackFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def clone_of(edition):
    starts_on = edition.starts_on + timedelta(days=400)
    # Under an address that nobody has: looking for another one asks more.
    name = f"Fair {edition.pk}"
    return clone_edition(edition, actor=who_runs(edition), starts_on=starts_on, name_en=name)


def fair_with(sessions):
    """A fair with a room, a track, a speaker and a category for each of its sessions."""
    edition = fair().edition
    for _number in range(sessions):
        parts = {"room": RoomFactory(edition=edition), "track": TrackFactory(edition=edition)}
        session = SessionFactory(edition=edition, **parts)
        session.speakers.set([SpeakerFactory(edition=edition)])
        QuestionFactory(edition=edition, category=CategoryFactory(edition=edition))
    return edition


def test_clone_asks_the_same_number_of_questions_for_twenty_two_sessions_as_for_two():
    asked = []
    for sessions in (2, 22):
        edition = fair_with(sessions)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            new = clone_of(edition)
        asked.append(len(queries))
        assert new.sessions.count() == sessions

    assert asked[0] == asked[1]


def test_sessions_of_a_clone_have_its_own_rooms_tracks_and_speakers():
    edition = fair_with(3)

    new = clone_of(edition)

    for one in new.sessions.all():
        assert (one.room.edition, one.track.edition, one.speakers.get().edition) == (new, new, new)
    same = [(one.room.name_en, one.track.name_en) for one in edition.sessions.all()]
    assert [(one.room.name_en, one.track.name_en) for one in new.sessions.all()] == same


def test_booths_of_a_clone_are_meant_for_the_copies_of_their_own_categories():
    scene = fair()
    first, second = scene.edition.categories.all()[:2]
    # The same place in the list for both: names tell them apart.
    Category.objects.filter(pk=second.pk).update(position=first.position)
    scene.edition.booths.filter(number__startswith="A").update(category=second)
    scene.edition.booths.filter(number="B1").update(category=first)
    meant = dict(Booth.objects.filter(edition=scene.edition).values_list("number", "category__name_en"))

    new = clone_of(scene.edition)

    copies = Booth.objects.filter(edition=new).select_related("category")
    assert {one.number: one.category and one.category.name_en for one in copies} == meant
    assert {one.category.edition for one in copies if one.category} == {new}
