from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from fairs.editions.actions import clone_edition
from fairs.editions.errors import EditionOver
from fairs.editions.states import EditionState
from fairs.sessions.actions import (
    call_off_session,
    delete_part,
    delete_session,
    keep_room,
    keep_speaker,
    keep_track,
    plan_session,
    take_seat,
)
from fairs.sessions.errors import PartInUse, PictureNotAccepted, SeatsGiven, ShownAlready
from fairs.sessions.models import Room, Session, Showing, Track
from fairs.sessions.portraits import portrait_from
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.people import UserFactory
from tests.factories.sessions import (
    BEFORE,
    FIRST,
    ProgrammeEditionFactory,
    SessionFactory,
    SpeakerFactory,
    TrackFactory,
    attendee,
    organiser,
    organiser_of_fairs,
    shown_session,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAMES = {"name_en": "Room A", "name_fr": "Salle A", "name_ar": "قاعة أ"}


def verbs():
    return list(LogEntry.objects.filter(subject_type="fairs.edition").values_list("verb", flat=True))


def test_rooms_tracks_and_speakers_are_kept_in_order_and_logged():
    edition = ProgrammeEditionFactory()
    actor = organiser(edition)

    room = keep_room(edition, actor=actor, seats=40, **NAMES)
    track = keep_track(edition, actor=actor, **NAMES)
    speaker = keep_speaker(edition, actor=actor, name="Ilham")
    keep_room(edition, actor=actor, room=room, seats=50)

    assert (room.seats, track.position, str(speaker)) == (50, 0, "Ilham")
    assert verbs() == ["room_kept", "track_kept", "speaker_kept", "room_kept"]


@pytest.mark.parametrize("stranger", [UserFactory, lambda: organiser_of_fairs().user])
def test_nobody_else_plans_a_programme(stranger):
    session = SessionFactory()
    who = stranger()

    for act in (
        lambda: keep_track(session.edition, actor=who, **NAMES),
        lambda: plan_session(session.edition, actor=who, session=session, speakers=[], name_en="Ours"),
        lambda: call_off_session(session, actor=who),
        lambda: delete_session(session, actor=who),
        lambda: delete_part(session.edition, actor=who, part=session.room),
    ):
        with pytest.raises(NotYours):
            act()

    session.refresh_from_db()
    assert (session.name_en, session.is_cancelled, verbs()) == ("Saffron by lots", False, [])


def test_programme_of_an_edition_that_is_over_stands_fast():
    session = SessionFactory(edition__state=EditionState.CLOSED)

    with pytest.raises(EditionOver):
        call_off_session(session, actor=organiser(session.edition))

    session.refresh_from_db()
    assert (session.is_cancelled, verbs()) == (False, [])


def test_room_that_a_session_has_is_not_deleted():
    session = shown_session()
    actor = organiser(session.edition)
    Session.objects.update(room=None)

    with pytest.raises(PartInUse) as refused:
        delete_part(session.edition, actor=actor, part=session.room)

    assert refused.value.facts == {"name": "Room Toubkal", "count": 1}
    assert Room.objects.count() == 1


def test_part_that_no_session_has_is_deleted():
    track = TrackFactory()

    delete_part(track.edition, actor=organiser(track.edition), part=track)

    assert (Track.objects.count(), verbs()) == (0, ["track_deleted"])


def test_session_that_visitors_saw_is_cancelled_and_never_deleted():
    session = shown_session()

    with pytest.raises(ShownAlready):
        delete_session(session, actor=organiser(session.edition))

    assert (Session.objects.count(), Showing.objects.count()) == (1, 1)


def test_draft_that_nobody_saw_is_deleted():
    session = SessionFactory()

    delete_session(session, actor=organiser(session.edition))

    assert (Session.objects.count(), verbs()) == (0, ["session_deleted"])


def test_seats_that_were_given_stay():
    session = shown_session(capacity=5)
    for _number in range(2):
        take_seat(session.showing, actor=attendee(session.edition), now=BEFORE)
    mail.outbox.clear()

    with pytest.raises(SeatsGiven) as refused:
        plan_session(
            session.edition, actor=organiser(session.edition), session=session, speakers=[], capacity=1
        )

    session.refresh_from_db()
    assert refused.value.facts == {"taken": 2, "capacity": 1}
    assert (session.capacity, session.taken, mail.outbox) == (5, 2, [])


def test_only_a_picture_becomes_a_portrait():
    with pytest.raises(PictureNotAccepted):
        portrait_from(SimpleUploadedFile("me.jpg", b"<svg/>"))


def test_clone_takes_the_programme_along_as_drafts_of_its_days():
    session = shown_session(day=1, hour=9, capacity=30)
    old = session.edition
    session.speakers.add(SpeakerFactory(edition=old))
    SessionFactory(edition=old, room=None, is_cancelled=True)

    new = clone_edition(old, actor=organiser(old), starts_on=FIRST + timedelta(days=364))

    copy = new.sessions.get()
    assert copy.begins_at - session.begins_at == timedelta(days=364)
    assert (copy.room.edition, copy.capacity, copy.taken, copy.uid == session.uid) == (new, 30, 0, False)
    assert [one.edition for one in copy.speakers.all()] == [new]
    assert (old.sessions.count(), old.rooms.count(), new.showings.count()) == (2, 1, 0)
