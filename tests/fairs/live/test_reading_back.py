"""What was said earlier in a room, read page by page without script, by those who may."""

import re

import pytest
from django.urls import reverse

from fairs.live.actions import close_room, write
from fairs.live.queries import LATEST
from fairs.live.safety.actions import block_person
from tests.factories.live import guest_of, session_room, stand_room, thread_at
from tests.factories.sessions import attendee

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def page_of(room):
    if room.session_id:
        return reverse("fairs:session_room", args=[room.edition.slug, room.session_id])
    return reverse("fairs:stand_thread", args=[room.edition.slug, room.pk])


def numbers(client, address):
    """The lines of a page, and where it leads to those before them."""
    page = client.get(address).content.decode()
    earlier = re.search(r'href="\?before=(\d+)#said"', page)
    return [int(one) for one in re.findall(r"Line (\d+)\b", page)], earlier and int(earlier[1])


def filled(room, author, many):
    for number in range(many):
        write(room, "chat", {"text": f"Line {number}"}, author=author)
    return room


def test_closed_talk_is_read_back_to_its_first_word(client):
    room = session_room()
    filled(room, guest_of(room), LATEST + 20)
    close_room(room)
    client.force_login(guest_of(room))

    latest, before = numbers(client, page_of(room))
    first, nothing = numbers(client, f"{page_of(room)}?before={before}")

    assert latest == list(range(20, LATEST + 20))
    assert (first, nothing) == (list(range(20)), None)


def test_as_many_as_a_page_shows_lead_nowhere(client):
    room = session_room()
    filled(room, guest_of(room), LATEST)
    client.force_login(guest_of(room))

    assert numbers(client, page_of(room)) == (list(range(LATEST)), None)


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٥"])
def test_what_is_no_number_of_an_entry_reads_the_latest(client, before):
    room = session_room()
    filled(room, guest_of(room), 2)
    client.force_login(guest_of(room))

    assert numbers(client, f"{page_of(room)}?before={before}") == ([0, 1], None)


def test_what_was_blocked_stays_unread_further_up(client):
    room = session_room()
    brahim, reader = guest_of(room), guest_of(room)
    filled(room, brahim, 2)
    filled(room, guest_of(room), LATEST)
    block_person(room, actor=reader, other=brahim.pk)
    client.force_login(reader)

    assert numbers(client, page_of(room)) == (list(range(LATEST)), None)
    assert numbers(client, f"{page_of(room)}?before=3") == ([], None)


def test_long_conversation_at_a_stand_is_read_back_by_its_visitor_alone(client):
    stand = stand_room()
    visitor = guest_of(stand)
    room = filled(thread_at(stand, visitor, text="Do you ship?"), visitor, LATEST)
    client.force_login(visitor)

    assert numbers(client, page_of(room))[1] == 2
    assert "Do you ship?" in client.get(f"{page_of(room)}?before=2").content.decode()
    client.force_login(attendee(stand.edition))
    assert client.get(f"{page_of(room)}?before=2").status_code == 404
