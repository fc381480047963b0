"""Where the edition says so, the organiser reads a message before the other side does."""

import pytest
from django.urls import reverse

from matchmaking.parties.actions import plan_matching
from matchmaking.requests.actions import edit_request, remove_message, show_message
from matchmaking.requests.queries import messages_for, messages_to_read
from matchmaking.requests.states import MessageState, Priority
from moussem.core.errors import NotYours
from moussem.core.models import OutboxMessage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SECRET = "Write to me at home."


@pytest.fixture
def held(fair, asks):
    plan_matching(fair.edition, actor=fair.organiser, reads_messages=True)
    OutboxMessage.objects.all().delete()
    return asks(message=SECRET)


def pages_of(client, who, request):
    """Everything that somebody can open of a request."""
    client.force_login(who)
    slug = request.edition.slug
    addresses = (("home", slug), ("directory", slug), ("request", slug, request.pk))
    return [
        client.get(reverse(f"matchmaking:{name}", args=rest)).content.decode() for name, *rest in addresses
    ]


def mails():
    return [one.payload["body"] for one in OutboxMessage.objects.all()]


def test_a_held_message_is_read_by_its_writer_and_the_organiser_alone(client, fair, held):
    assert not any(SECRET in text for text in (*pages_of(client, fair.sells, held), *mails()))
    assert any(SECRET in text for text in pages_of(client, fair.buys, held))
    assert list(messages_to_read(fair.edition)) == list(held.messages.all())
    assert [len(messages_for(held, reader)) for reader in (fair.buyer, fair.exporter)] == [1, 0]


def test_a_shown_message_is_read_by_the_other_side(client, fair, held):
    show_message(held.messages.get(), actor=fair.organiser)

    assert any(SECRET in text for text in pages_of(client, fair.sells, held))
    assert list(messages_to_read(fair.edition)) == []


def test_of_a_removed_message_its_writer_is_told_and_the_request_stands(client, fair, held):
    OutboxMessage.objects.all().delete()

    removed = remove_message(held.messages.get(), actor=fair.organiser)

    assert not any(SECRET in text for text in (*pages_of(client, fair.sells, held), *mails()))
    assert [one.payload["to"] for one in OutboxMessage.objects.all()] == [fair.buys.email]
    assert (removed.request.is_pending, list(messages_to_read(fair.edition))) == (True, [])


def test_a_message_that_is_changed_waits_again(fair, held):
    show_message(held.messages.get(), actor=fair.organiser)
    told = {"lines": [{"product": fair.product}], "priority": Priority.NICE}

    edit_request(held, actor=fair.buys, message=SECRET, **told)
    assert messages_to_read(fair.edition).count() == 0

    changed = edit_request(held, actor=fair.buys, message="Ring me.", **told)
    assert changed.messages.get().state == MessageState.HELD


def test_only_the_organiser_decides_on_messages(fair, held, refused):
    for stranger in (fair.buys, fair.sells):
        refused(NotYours, show_message, held.messages.get(), actor=stranger)
        refused(NotYours, remove_message, held.messages.get(), actor=stranger)
