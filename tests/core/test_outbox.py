from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from moussem.core.carriers import HANDLERS
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post
from moussem.core.schedule import JOBS
from moussem.core.tasks import deliver_outbox

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LETTER = {"to": "amina@example.com", "subject": "Your password", "body": "https://moussem.example/secret/"}


def test_delivered_mail_keeps_no_link_behind():
    post("mail", **LETTER)

    deliver_outbox.enqueue()

    assert mail.outbox[0].body == LETTER["body"]
    kept = OutboxMessage.objects.get()
    assert kept.payload == {"to": LETTER["to"], "subject": LETTER["subject"]}
    assert kept.delivered_at <= timezone.now()


@pytest.mark.parametrize("part", ["to", "subject"])
def test_header_with_a_line_break_is_not_sent(part):
    post("mail", **{**LETTER, part: "amina@example.com\r\nBcc: eve@example.com"})

    deliver_outbox.enqueue()

    kept = OutboxMessage.objects.get()
    assert (mail.outbox, kept.delivered_at, kept.attempts) == ([], None, 1)
    assert kept.payload["body"] == LETTER["body"]


def test_pending_text_is_shown_to_nobody(client, admin_user):
    post("mail", **LETTER)
    client.force_login(admin_user)

    page = client.get(f"/admin/core/outboxmessage/{OutboxMessage.objects.get().pk}/change/").content.decode()

    assert LETTER["to"] in page and LETTER["body"] not in page


@pytest.fixture
def carried(monkeypatch):
    """What a carrier of ours was given; it fails with the errors that it is told first."""
    given, errors = [], []

    def carry(payload):
        given.append(payload["about"])
        if errors:
            raise errors.pop(0)

    monkeypatch.setitem(HANDLERS, "test", carry)
    carry.given, carry.errors = given, errors
    return carry


def test_clock_delivers_what_failed_once_it_is_due_again(carried):
    carried.errors.append(ConnectionError("nobody there"))
    post("test", about="one")
    deliver_outbox.enqueue()
    kept = OutboxMessage.objects.get()
    assert (kept.delivered_at, kept.attempts, kept.last_error) == (None, 1, "ConnectionError: nobody there")

    again = JOBS["moussem.core.tasks.deliver_what_waits"]
    assert again.run() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        assert again.run() == 1

    kept.refresh_from_db()
    assert carried.given == ["one", "one"]
    assert (kept.attempts, kept.last_error, kept.delivered_at is None) == (2, "", False)


def test_message_that_breaks_its_carrier_does_not_hold_up_the_others(carried):
    carried.errors.append(KeyError("a fault of ours"))
    post("test", about="broken")
    post("test", about="sound")

    deliver_outbox.enqueue()
    deliver_outbox.enqueue()

    assert carried.given == ["broken", "sound"]
    assert list(OutboxMessage.objects.filter(delivered_at=None).values_list("payload", flat=True)) == [
        {"about": "broken"}
    ]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_message_is_carried(monkeypatch):
    open_ones = []
    monkeypatch.setitem(HANDLERS, "test", lambda payload: open_ones.append(connection.in_atomic_block))

    post("test", about="one")

    assert open_ones == [False]
