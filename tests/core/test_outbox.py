from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moussem.core import tasks
from moussem.core.carriers import HANDLERS
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post, post_all
from moussem.core.schedule import JOBS
from moussem.core.tasks import deliver_outbox

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MAIL = {"to": "amina@example.com", "subject": "Your password", "body": "https://moussem.example/secret/"}


def test_delivered_mail_keeps_no_link_behind():
    post("mail", **MAIL)

    deliver_outbox.enqueue()

    assert mail.outbox[0].body == MAIL["body"]
    kept = OutboxMessage.objects.get()
    assert kept.payload == {"to": MAIL["to"], "subject": MAIL["subject"]}
    assert kept.delivered_at <= timezone.now()


@pytest.mark.parametrize("part", ["to", "subject"])
def test_header_with_a_line_break_is_not_sent(part):
    post("mail", **{**MAIL, part: "amina@example.com\r\nBcc: eve@example.com"})

    deliver_outbox.enqueue()

    kept = OutboxMessage.objects.get()
    assert (mail.outbox, kept.delivered_at, kept.attempts) == ([], None, 1)
    assert kept.payload["body"] == MAIL["body"]


def test_pending_text_is_shown_to_nobody(client, admin_user):
    post("mail", **MAIL)
    client.force_login(admin_user)

    page = client.get(f"/admin/core/outboxmessage/{OutboxMessage.objects.get().pk}/change/").content.decode()

    assert MAIL["to"] in page and MAIL["body"] not in page


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


@pytest.fixture
def statements():
    """Counts what delivering so many messages takes."""

    def count(messages):
        post_all(OutboxMessage(kind="test", payload={"about": n}) for n in range(messages))
        with CaptureQueriesContext(connection) as queries:
            assert deliver_outbox.call() == messages
        return len(queries)

    return count


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


def test_what_one_batch_delivers_takes_five_statements_whatever_it_holds(carried, statements):
    assert [statements(1), statements(40)] == [5, 5]

    assert len(carried.given) == 41
    assert OutboxMessage.objects.filter(delivered_at=None).count() == 0


def test_more_than_a_batch_is_delivered_by_one_bell(carried):
    with transaction.atomic():
        post_all(OutboxMessage(kind="test", payload={"about": n}) for n in range(120))

    deliver_outbox.enqueue()

    assert carried.given == list(range(120))


def test_what_failed_in_a_batch_is_put_off_and_the_rest_goes(carried):
    carried.errors.append(ConnectionError("nobody there"))
    post("test", about="first")
    post("test", about="second")

    assert deliver_outbox.call() == 1

    first, second = OutboxMessage.objects.order_by("pk")
    assert (first.delivered_at, first.attempts, first.next_try_at > timezone.now()) == (None, 1, True)
    assert (second.delivered_at is None, second.attempts) == (False, 1)


def test_messages_behind_a_broken_one_are_due_at_once(carried):
    carried.errors += [KeyError("a fault of ours")]
    post("test", about="broken")
    post("test", about="sound")

    with pytest.raises(KeyError):
        deliver_outbox.call()

    broken, sound = OutboxMessage.objects.order_by("pk")
    assert (broken.attempts, broken.next_try_at > timezone.now()) == (1, True)
    assert (sound.attempts, sound.next_try_at <= timezone.now()) == (0, True)


def test_process_that_dies_is_replaced_and_the_message_that_killed_it_goes_alone(carried):
    post("test", about="deadly")
    post("test", about="sound")
    # Claimed by a process that was killed: nothing that comes after is written down.
    assert len(tasks._claim()[0]) == 2
    assert deliver_outbox.call() == 0

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert [message.payload["about"] for message in tasks._claim()[0]] == ["deadly"]
        assert deliver_outbox.call() == 1

    assert carried.given == ["sound"]


def test_nobody_else_takes_what_is_being_carried(monkeypatch):
    seen = []
    monkeypatch.setitem(HANDLERS, "test", lambda payload: seen.append(tasks._claim()[0]))
    post("test", about="one")
    post("test", about="two")

    deliver_outbox.enqueue()

    assert seen == [[], []]


def test_batch_whose_time_is_over_lets_go_of_the_rest(carried, monkeypatch):
    monkeypatch.setattr(tasks, "CARRY_FOR", timedelta(0))
    post("test", about="one")

    assert tasks._carry_each(tasks._claim()[0]) == []

    kept = OutboxMessage.objects.get()
    assert (carried.given, kept.attempts, kept.next_try_at <= timezone.now()) == ([], 0, True)


def test_carrier_whose_time_is_over_leaves_the_rest_to_the_next_bell(carried, monkeypatch):
    monkeypatch.setattr(tasks, "CARRY_FOR", timedelta(0))
    monkeypatch.setattr(tasks, "BATCH", 1)
    post_all(OutboxMessage(kind="test", payload={"about": n}) for n in range(3))

    assert deliver_outbox.call() == 0

    assert carried.given == []
    assert OutboxMessage.objects.filter(attempts=0, delivered_at=None).count() == 3
