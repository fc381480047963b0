"""What organisers and operators see of live rooms."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fairs.live import keeping
from fairs.live.actions import close_room, renew_presences, tell_of_process, tend_rooms, write
from fairs.live.measures import Measures
from fairs.live.models import LiveProcess
from fairs.live.safety.actions import close_report, report_entry
from fairs.live.watching import rooms_watched
from tests.factories.live import call_room, guest_of, session_room, stand_room
from tests.factories.sessions import organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def figures(**told):
    return {**Measures().told(), "connections": 3, **told}


def page_of(client, edition, person):
    client.force_login(person)
    return client.get(reverse("fairs:live_rooms", args=[edition.slug]))


def test_figures_of_all_processes_are_told_on_the_machine_itself(client):
    tell_of_process("other", figures())
    tell_of_process("gone", figures(), now=timezone.now() - timedelta(minutes=1))

    answer = client.get("/metrics")

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    connections = [line for line in answer.text.splitlines() if line.startswith("moussem_live_connections")]
    assert connections == [
        'moussem_live_connections{process="other"} 3',
        f'moussem_live_connections{{process="{keeping.PROCESS}"}} 0',
    ]


@pytest.mark.parametrize(
    "stranger",
    [{"REMOTE_ADDR": "203.0.113.9"}, {"headers": {"X-Forwarded-For": "127.0.0.1"}}, {"REMOTE_ADDR": ""}],
)
def test_strangers_are_told_no_figures(client, stranger):
    answer = client.get("/metrics", **stranger)

    assert (answer.status_code, "moussem_live" in answer.text) == (403, False)


@pytest.mark.parametrize(("told", "status"), [("Bearer secret", 200), ("Bearer secreT", 403), ("", 403)])
def test_figures_are_told_from_afar_to_whoever_knows_the_token(client, settings, told, status):
    settings.METRICS_TOKEN = "secret"

    answer = client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers={"Authorization": told})

    assert answer.status_code == status


def test_process_that_is_silent_is_forgotten():
    tell_of_process("one", figures())
    tell_of_process("one", figures(connections=4))
    tell_of_process("gone", figures(), now=timezone.now() - timedelta(minutes=1))

    tend_rooms()

    assert [(one.process, one.figures["connections"]) for one in LiveProcess.objects.all()] == [("one", 4)]


def test_organiser_sees_rooms_people_messages_and_slow_connections(client):
    room = session_room()
    stand = stand_room(room.edition)
    guest = guest_of(room)
    for _number in range(3):
        write(room, "chat", {"text": "Salam"}, author=guest, client_uuid=uuid4())
    ago = timezone.now() - timedelta(minutes=5)
    write(room, "chat", {"text": "Earlier"}, author=guest, client_uuid=uuid4(), now=ago)
    renew_presences([(room.pk, guest.pk), (stand.pk, guest.pk)], process="one")
    tell_of_process("one", figures(slow_rooms={str(room.pk): 2}))

    answer = page_of(client, room.edition, organiser(room.edition))

    told = answer.context
    assert (told["people"], told["open"], told["said"], told["slow"]) == (1, 2, 3, 2)
    assert {(one.room, one.people, one.said, one.slow) for one in told["rooms"]} == {
        (room, 1, 3, 2),
        (stand, 1, 0, 0),
    }


def test_rooms_of_another_edition_and_calls_are_not_shown(client):
    room, other = session_room(), session_room()
    call = call_room(guest_of(room), edition=room.edition)
    renew_presences([(call.pk, guest_of(room).pk), (other.pk, guest_of(other).pk)], process="one")

    told = page_of(client, room.edition, organiser(room.edition)).context

    assert ([one.room for one in told["rooms"]], told["people"]) == ([room], 0)


def test_closed_rooms_come_last(client):
    closed = session_room()
    open_one = stand_room(closed.edition)
    close_room(closed)

    told = page_of(client, closed.edition, organiser(closed.edition)).context

    assert [one.room for one in told["rooms"]] == [open_one, closed]


def test_edition_without_live_rooms_says_what_to_do(client):
    room = session_room()
    edition, person = room.edition, organiser(room.edition)
    room.delete()

    assert "No live room has opened yet" in page_of(client, edition, person).text


def test_rooms_with_most_people_come_first_and_quiet_stands_are_folded(client):
    room = session_room()
    busy, quiet, left = (stand_room(room.edition) for _number in range(3))
    guest = guest_of(room)
    renew_presences([(busy.pk, guest.pk)], process="one")
    ago = timezone.now() - timedelta(minutes=12)
    write(left, "chat", {"text": "Salam"}, author=guest, client_uuid=uuid4(), now=ago)

    told = page_of(client, room.edition, organiser(room.edition)).context

    assert [one.room for one in told["loud"]] == [busy, left, room]
    assert [one.room for one in told["quiet"]] == [quiet]


def test_minutes_of_a_room_are_drawn_as_high_as_much_was_said(client):
    room = session_room()
    guest, now = guest_of(room), timezone.now()
    for minutes in (0, 0, 4, 29, 31):
        at = now - timedelta(minutes=minutes)
        write(room, "chat", {"text": "Salam"}, author=guest, client_uuid=uuid4(), now=at)

    (one,) = rooms_watched(room.edition, {}, now)

    assert (one.recent, one.rhythm[29], one.rhythm[25], one.rhythm[0]) == (4, 2, 1, 1)
    assert one.bars == [(0, 10, 10), (75, 10, 10), (87, 0, 20)]


def test_stand_is_named_as_its_reader_names_it_and_leads_to_its_room(client):
    room = stand_room()
    organisation = room.exhibitor.organisation
    organisation.name_ar = "تعاونية تيزي"
    organisation.save()
    client.force_login(organiser(room.edition))

    with override("ar"):
        page = client.get(reverse("fairs:live_rooms", args=[room.edition.slug])).text
        address = reverse("fairs:stand", args=[room.edition.slug, room.exhibitor_id])

    assert ("تعاونية تيزي" in page, f'href="{address}"' in page) == (True, True)


def test_organiser_reads_how_many_reports_wait(client):
    room = session_room()
    write(room, "chat", {"text": "Bad words"}, author=guest_of(room))
    runs = organiser(room.edition)
    assert page_of(client, room.edition, runs).context["reports"] == 0
    report = report_entry(room, actor=guest_of(room), seq=1, words="Rude")

    assert "1 report waits." in page_of(client, room.edition, runs).text
    close_report(report, actor=runs)
    assert page_of(client, room.edition, runs).context["reports"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_many_rooms_as_for_one(client, count, django_assert_num_queries):
    room = session_room()
    for _number in range(count - 1):
        stand_room(room.edition)
    client.force_login(organiser(room.edition))
    address = reverse("fairs:live_rooms", args=[room.edition.slug])
    client.get(address)

    with django_assert_num_queries(PAGE):
        client.get(address)


PAGE = 12


def test_minutes_of_the_hour_that_the_clock_repeats_are_told_apart(time_machine):
    # In Casablanca the clock went back an hour at 02:00 UTC, before Ramadan of 2026.
    room = session_room()
    guest, now = guest_of(room), datetime(2026, 2, 15, 2, 10, tzinfo=UTC)
    time_machine.move_to(now, tick=False)
    for minutes in (0, 5, 25):
        at = now - timedelta(minutes=minutes)
        write(room, "chat", {"text": "Salam"}, author=guest, client_uuid=uuid4(), now=at)

    with timezone.override("Africa/Casablanca"):
        (one,) = rooms_watched(room.edition, {}, now)

    assert [at for at, many in enumerate(reversed(one.rhythm)) if many] == [0, 5, 25]
