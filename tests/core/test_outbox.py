import pytest
from django.core import mail
from django.utils import timezone

from moussem.core.models import OutboxMessage
from moussem.core.outbox import post
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
