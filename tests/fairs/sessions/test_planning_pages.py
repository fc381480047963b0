"""The organiser's pages of a programme."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from fairs.editions.models import Edition
from fairs.sessions.models import Release, Room, Session, Showing, Speaker
from tests.factories.sessions import (
    FIRST,
    ProgrammeEditionFactory,
    SessionFactory,
    SpeakerFactory,
    TrackFactory,
    organiser,
    release,
    shown_session,
)
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAMES = {"name_en": "By sea", "name_fr": "Par mer", "name_ar": "بحرًا"}
TYPED = {
    **NAMES,
    "on": str(FIRST),
    "begins": "10:00",
    "ends": "11:30",
    "mode": "hybrid",
    "languages": ["fr"],
    "capacity": "30",
}


@pytest.fixture
def edition(client):
    edition = ProgrammeEditionFactory()
    client.force_login(organiser(edition))
    return edition


def address(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


@pytest.mark.parametrize("sessions", [1, 3])
def test_plan_takes_as_many_queries_for_three_sessions_as_for_one(
    client, edition, django_assert_num_queries, sessions
):
    for number in range(sessions):
        one = SessionFactory(edition=edition, hour=9 + number, track=TrackFactory(edition=edition))
        one.speakers.add(SpeakerFactory(edition=edition))

    with django_assert_num_queries(12):
        client.get(address("plan", edition))


def test_plan_shows_a_day_and_says_of_each_what_cannot_be_held(client, edition):
    first = SessionFactory(edition=edition)
    SessionFactory(edition=edition, room=first.room)
    third = SessionFactory(edition=edition, day=1)

    page = client.get(address("plan", edition), {"day": str(FIRST + timedelta(days=1))})

    cells = [cell for row in page.context["day"].rows for cell in row.cells if cell.showing]
    assert [cell.showing.pk for cell in cells] == [third.pk]
    told = [(tab.sessions, tab.troubled, tab.is_current) for tab in page.context["tabs"]]
    assert told == [(2, 2, False), (1, 0, True)]
    assert page.context["troubles"] == 2


def test_warning_of_a_clash_leads_to_the_other_session(client, edition):
    first = SessionFactory(edition=edition)
    second = SessionFactory(edition=edition, room=first.room)

    page = client.get(address("plan", edition), {"day": str(FIRST)}).content.decode()

    links = [address("plan_session", edition, one.pk) for one in (first, second)]
    assert [page.count(f'class="session__other" href="{link}"') for link in links] == [1, 1]
    assert page.count("session--clashes") == 2


def test_session_is_planned_in_the_hours_of_the_editions_clocks(client, edition):
    Edition.objects.update(time_zone="Asia/Tokyo")

    answer = client.post(address("add_session", edition), TYPED)

    session = Session.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{address('plan', edition)}?day={FIRST}&done=add_session-new-{edition.slug}",
    )
    assert (f"{session.begins_at:%H:%M}", f"{session.ends_at:%H:%M}") == ("01:00", "02:30")
    assert (session.capacity, session.languages, session.edition) == (30, ["fr"], edition)


def test_form_of_a_session_shows_what_is_kept_and_keeps_the_same(client, edition):
    session = SessionFactory(edition=edition, track=TrackFactory(edition=edition))
    session.speakers.add(SpeakerFactory(edition=edition))

    send(client, address("plan_session", edition, session.pk))

    kept = Session.objects.get()
    assert (kept.begins_at, kept.room, kept.track) == (session.begins_at, session.room, session.track)
    assert kept.speakers.count() == 1


def test_end_before_the_beginning_is_told_by_its_field(client, edition):
    page = client.post(address("add_session", edition), {**TYPED, "ends": "09:00"})

    assert page.context["form"].errors == {"ends": ["This hour must come after the first one."]}
    assert Session.objects.count() == 0


def test_room_of_another_edition_is_no_choice(client, edition):
    other = SessionFactory()

    page = client.post(address("add_session", edition), {**TYPED, "room": other.room.pk})

    assert list(page.context["form"].errors) == ["room"]
    assert edition.sessions.count() == 0


def test_conflicts_are_said_under_both_sessions(client, edition):
    first = SessionFactory(edition=edition)
    SessionFactory(edition=edition, room=first.room, name_en="By sea")
    SessionFactory(edition=edition, room=None, hour=13)

    page = client.get(address("plan", edition)).content.decode()

    assert "In Room Toubkal at the same time: “By sea”." in page
    assert "In Room Toubkal at the same time: “Saffron by lots”." in page
    assert "It runs into a break." in page


def test_changes_come_before_the_button_that_releases_them(client, edition):
    SessionFactory(edition=edition)
    page = client.get(address("release", edition)).content.decode()

    sentence = "“Saffron by lots” is new: Monday 6 May, 10:00, Room Toubkal."
    assert 0 < page.index(sentence) < page.index("Release the first version")
    assert Showing.objects.count() == 0

    assert client.post(address("release", edition))["Location"] == address("plan", edition)
    assert (Release.objects.get().number, Showing.objects.count()) == (1, 1)


def test_session_is_cancelled_restored_and_deleted_by_buttons(client, edition):
    shown, draft = SessionFactory(edition=edition), None
    release(edition)
    draft = SessionFactory(edition=edition)

    client.post(address("call_off_session", edition, shown.pk))
    assert Session.objects.get(pk=shown.pk).is_cancelled
    client.post(address("restore_session", edition, shown.pk))
    assert not Session.objects.get(pk=shown.pk).is_cancelled
    for one in (shown, draft):
        client.post(address("delete_session", edition, one.pk))
    assert list(Session.objects.all()) == [shown]


def test_parts_are_added_changed_and_deleted(client, edition):
    client.post(address("add_part", edition, "rooms"), {**NAMES, "seats": "40"})
    room = Room.objects.get()
    send(client, address("part", edition, "rooms", room.pk), seats="50")
    assert Room.objects.get().seats == 50

    client.post(address("delete_part", edition, "rooms", room.pk))
    assert Room.objects.count() == 0
    assert client.get(address("add_part", edition, "halls")).status_code == 404


def test_conflicts_are_said_in_sentences_before_the_release(client, edition):
    first = SessionFactory(edition=edition)
    SessionFactory(edition=edition, room=first.room, name_en="By sea")

    page = client.get(address("release", edition)).content.decode()

    assert "In Room Toubkal at the same time: “By sea”." in page
    assert "Told(" not in page


def test_portrait_of_a_speaker_is_made_small_and_shown_after_the_release(client, edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    photo = io.BytesIO()
    Image.new("RGB", (1200, 900), "orange").save(photo, "JPEG")
    upload = SimpleUploadedFile("me.jpg", photo.getvalue(), "image/jpeg")

    client.post(address("add_part", edition, "speakers"), {"name": "Ilham Tazi", "picture": upload})

    speaker = Speaker.objects.get()
    with Image.open(speaker.picture) as kept:
        assert (kept.format, kept.size) == ("WEBP", (480, 360))
    session = SessionFactory(edition=edition)
    session.speakers.add(speaker)
    release(edition)
    page = client.get(address("session", edition, session.pk)).content.decode()
    assert speaker.picture.url in page


def test_file_that_is_no_picture_is_told_and_nothing_kept(client, edition):
    upload = SimpleUploadedFile("me.jpg", b"<svg/>", "image/jpeg")

    page = client.post(address("add_part", edition, "speakers"), {"name": "Ilham", "picture": upload})

    assert "“me.jpg” is not a picture that can be shown" in page.content.decode()
    assert Speaker.objects.count() == 0


def test_page_of_the_fair_shows_what_comes_next_of_a_released_programme(client):
    session = shown_session()
    SessionFactory(edition=session.edition, name_en="Draft")

    page = client.get(reverse("fairs:edition", args=[session.edition.slug])).content.decode()

    assert "Saffron by lots" in page
    assert "Draft" not in page
