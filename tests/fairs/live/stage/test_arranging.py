"""What an organiser arranges: addresses from allow-lists, duties for who comes, recordings with consent."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.live.stage.addresses import is_stream, player_at
from fairs.live.stage.arranging import forget_lapsed, give_duty, keep_recording, set_stage, take_duty
from fairs.live.stage.errors import ConsentMissing, NotComing, RecordingTooEarly
from fairs.live.stage.models import LiveConsent, LiveDuty, LiveRecording, LiveStage
from fairs.live.stage.queries import recording_shown
from moussem.core.log import history_of
from tests.factories.live import guest_of, session_room
from tests.factories.people import UserFactory
from tests.factories.sessions import SpeakerFactory, organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FILM = "https://www.youtube.com/live/abcdefghijk"
STREAM = "https://live.example.org/talk/index.m3u8"


@pytest.fixture
def room():
    return session_room()


@pytest.fixture
def over(room):
    """A session that was held, with a speaker."""
    showing = room.session.showing
    showing.begins_at -= timedelta(hours=3)
    showing.ends_at -= timedelta(hours=3)
    showing.save()
    room.session.speakers.add(SpeakerFactory(edition=room.edition))
    return room.session


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (FILM, "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://youtu.be/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://m.youtube.com/watch?v=abcdefghijk&t=3", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://vimeo.com/event/1234567", "https://vimeo.com/event/1234567/embed"),
        ("https://vimeo.com/1234567", "https://player.vimeo.com/video/1234567?dnt=1"),
        ("https://tube.example.org/embed/7", "https://tube.example.org/embed/7"),
        ("http://youtu.be/abcdefghijk", ""),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", ""),
        ("https://youtube.com@evil.example/watch?v=abcdefghijk", ""),
        ("https://user:secret@tube.example.org/embed/7", ""),
        ("https://tube.example.org:8443/embed/7", ""),
        ("https://www.youtube.com/watch?v=abc&v=abcdefghijk", ""),
        ("https://www.youtube.com/watch?v=../../../evil", ""),
        ("javascript:alert(1)//youtube.com", ""),
        ("https://[bad", ""),
    ],
)  # fmt: skip
def test_players_come_from_the_allow_list(address, player):
    assert player_at(address, ["tube.example.org"]) == player


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        (STREAM, True),
        (STREAM + "?token=1", True),
        ("https://evil.example/index.m3u8", False),
        ("https://live.example.org/page.html", False),
        ("http://live.example.org/index.m3u8", False),
    ],
)
def test_streams_come_from_the_allow_list(address, is_one):
    assert is_stream(address, ["live.example.org"]) == is_one


def test_stage_is_kept_and_its_log_tells_no_address(room):
    actor = organiser(room.edition)

    for _time in range(2):
        set_stage(room.session, actor=actor, told={"kind": "embed", "address": FILM})

    stage = LiveStage.objects.get()
    (entry,) = history_of(stage)
    assert (stage.kind, stage.address, entry.verb) == ("embed", FILM, "live_stage_set")
    assert "youtube" not in str(entry.facts)


@pytest.mark.parametrize(
    ("kind", "address", "field"),
    [("embed", "https://evil.example/x", "address"), ("hls", STREAM, "address"), ("hls", "", "address")],
)
def test_form_refuses_what_is_not_on_the_lists(room, client, settings, kind, address, field):
    settings.LIVE_STREAM_HOSTS = []
    client.force_login(organiser(room.edition))
    here = reverse("fairs:set_live_stage", args=[room.edition.slug, room.session_id])

    answer = client.post(here, {"kind": kind, "address": address})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert LiveStage.objects.count() == 0


def test_organiser_sets_stage_and_channels_on_a_page(room, client, settings):
    settings.LIVE_STREAM_HOSTS = ["live.example.org"]
    room.session.interpretation = ["ar", "fr"]
    room.session.save()
    client.force_login(organiser(room.edition))
    here = reverse("fairs:set_live_stage", args=[room.edition.slug, room.session_id])
    sent = {"kind": "hls", "address": STREAM, "audio_address": "https://live.example.org/a.mp3",
            "channel_ar": "https://live.example.org/ar.m3u8", "questions_wait": "on"}  # fmt: skip

    shown = {
        "initial-kind": "none",
        **dict.fromkeys((f"initial-{name}" for name in sent if name != "kind"), ""),
    }
    assert client.post(here, {**shown, **sent}).status_code == 302

    stage = LiveStage.objects.get()
    assert (stage.kind, stage.channels, stage.questions_wait) == ("hls", {"ar": sent["channel_ar"]}, True)


def test_duty_is_given_once_to_who_comes_and_ended(room, refused):
    actor, salma = organiser(room.edition), guest_of(room, email="salma@example.org")

    given = [give_duty(room.session, "Salma@example.org", "moderator", actor=actor) for _time in range(2)]

    assert given == [LiveDuty.objects.get(person=salma)] * 2
    for email in (UserFactory().email, "nobody@example.org"):
        refused(NotComing, give_duty, room.session, email, "moderator", actor=actor)
    take_duty(given[0], actor=actor)
    take_duty(given[0], actor=actor)
    assert LiveDuty.objects.count() == 0
    assert [one.verb for one in history_of(room.session)][-2:] == ["live_duty_given", "live_duty_ended"]


def keep(session, until, speakers=None, address="https://films.example.org/1"):
    agreed = session.speakers.all() if speakers is None else speakers
    return keep_recording(
        session, address=address, expires_on=until, speakers=agreed, actor=organiser(session.edition)
    )


def test_recording_is_shown_until_its_last_day(over):
    last = date(2026, 12, 31)
    recording = keep(over, last)
    now = timezone.now()

    shown = [recording_shown(over.showing, now, day) for day in (last, last + timedelta(days=1))]

    assert shown == [recording, None]


def test_recording_needs_the_consent_of_each_speaker(over, refused):
    refused(ConsentMissing, keep, over, date(2026, 12, 31), [])
    keep(over, date(2026, 12, 31))
    assert LiveConsent.objects.get().noted_by == organiser(over.edition)

    over.speakers.add(SpeakerFactory(edition=over.edition, name="Somebody else"))

    assert recording_shown(over.showing, timezone.now(), date(2026, 1, 1)) is None


def test_consent_is_noted_before_and_the_recording_kept_after(room, refused):
    room.session.speakers.add(SpeakerFactory(edition=room.edition))

    refused(RecordingTooEarly, keep, room.session, date(2026, 12, 31))
    keep(room.session, None, address="")
    assert (LiveConsent.objects.count(), LiveRecording.objects.count()) == (1, 0)


def test_recording_is_gone_after_its_day(over):
    keep(over, timezone.localdate() - timedelta(days=2))

    forget_lapsed()

    assert LiveRecording.objects.count() == 0
    assert history_of(over).last().verb == "live_recording_forgotten"


def test_recording_stands_on_the_page_for_who_came_and_nobody_else(over, client):
    keep(over, timezone.localdate())
    here = reverse("fairs:session", args=[over.edition.slug, over.pk])
    admitted = guest_of(over.live_room)

    assert b"films.example.org" not in client.get(here).content
    client.force_login(UserFactory())
    assert b"films.example.org" not in client.get(here).content
    client.force_login(admitted)
    assert b"films.example.org" in client.get(here).content
