"""What is said at a stand again and again is told once, or held up."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.live import pacing, protocol
from fairs.live.commands import answer, load_subjects
from fairs.live.errors import TooFast
from fairs.live.stands.actions import MOST_IN_AN_HOUR, end_thread, hand_over, say_where, take_thread
from fairs.live.stands.errors import AskedEnough
from fairs.live.stands.models import StandThread
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.live import guest_of, keeper_of, receiving_at, stand_room, thread_at

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
load_subjects()


@pytest.fixture
def stand():
    return stand_room()


def lines():
    found = LogEntry.objects.filter(verb__startswith="booth_person").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_same_said_again_changes_nothing_and_is_not_noted(stand):
    amina = keeper_of(stand)
    words = [(True, ["fr"]), (True, ["fr"]), (True, []), (True, ["fr", "ar"]), (False, []), (False, [])]

    since = []
    for is_there, languages in words:
        row = say_where(stand.exhibitor, actor=amina, is_there=is_there, languages=languages)
        since.append(row.there_since)

    assert lines() == ["booth_person_there", "booth_person_there", "booth_person_away"]
    assert (since[0] == since[1] == since[2] != since[3], since[4:]) == (True, [None, None])


def test_there_of_yesterday_is_said_anew_today(stand):
    amina = keeper_of(stand)
    row = say_where(stand.exhibitor, actor=amina, is_there=True, languages=["fr"])
    row.there_since = timezone.now() - timedelta(days=1)
    row.save()

    say_where(stand.exhibitor, actor=amina, is_there=True, languages=["fr"])

    assert lines() == ["booth_person_there"] * 2


def test_whoever_comes_and_goes_without_end_is_held_up(stand):
    amina = keeper_of(stand)

    def attend(where):
        told = protocol.command("stand.attend", "", room=stand.pk, where=where, languages=["fr"])
        return answer(amina, protocol.parse(told))

    with pytest.raises(TooFast):
        for number in range(int(pacing.DEEDS.burst) + 5):
            attend("away" if number % 2 else "there")


def test_visitor_begins_no_conversations_at_a_stand_without_end(stand, refused):
    keeper_of(stand)
    visitor, other = guest_of(stand), guest_of(stand)
    for _each in range(MOST_IN_AN_HOUR):
        last = thread_at(stand, visitor)
        end_thread(last.thread, actor=visitor)

    told = refused(AskedEnough, thread_at, stand, visitor)
    thread_at(stand, other)
    StandThread.objects.filter(visitor=visitor).update(asked_at=timezone.now() - timedelta(hours=1))
    thread_at(stand, visitor)

    assert f"{MOST_IN_AN_HOUR} conversations" in told.message
    assert StandThread.objects.open().count() == 2


def test_whoever_is_given_a_conversation_again_and_again_is_written_to_once_an_hour(stand):
    amina, karim = receiving_at(stand), keeper_of(stand)
    thread = thread_at(stand, guest_of(stand)).thread
    take_thread(thread, actor=amina)

    for _each in range(3):
        hand_over(thread, actor=amina, to=karim.pk)
        take_thread(thread, actor=amina)

    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [karim.email]


def test_other_commands_on_the_page_of_a_stand_lead_back_to_it(stand, client):
    client.force_login(guest_of(stand))
    page = reverse("fairs:stand", args=[stand.edition.slug, stand.exhibitor_id])

    for name in ("stand.look", "presence.who", "person.blocks"):
        answer = client.post(page, {"do": name})
        assert (answer.status_code, answer.url) == (302, f"{page}#main")
