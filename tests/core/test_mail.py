import pytest
from django.core import mail

from moussem.core.mail import Invitation, beside_or_attached, write_mail
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post, post_all

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

ASKED = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:الزعفران\r\nEND:VCALENDAR\r\n"


def send(invitation, *also):
    message = write_mail(
        "account/email/base_message.txt",
        to="a@example.com",
        language="ar",
        invitation=invitation,
        also=also,
    )
    message.payload |= {"subject": "Saffron", "body": "At nine.\n"}
    post_all([message])
    (sent,) = mail.outbox
    return sent.message()


def test_invitation_stands_beside_the_text_with_its_method():
    sent = send(Invitation(ASKED, "REQUEST"))

    text, calendar = sent.get_payload()
    assert sent.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), text.get_payload(decode=True).decode()) == ("text/plain", "At nine.\n")
    assert calendar.get_content_type() == "text/calendar"
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "utf-8")
    assert calendar.get_payload(decode=True).decode().splitlines() == ASKED.splitlines()


def test_delivered_invitation_is_not_kept():
    send(Invitation(ASKED, "CANCEL"))

    assert OutboxMessage.objects.get().payload == {"to": "a@example.com", "subject": "Saffron"}


def test_what_else_is_asked_is_attached_and_kept_no_longer_than_the_letter():
    sent = send(Invitation(ASKED, "REQUEST"), Invitation(ASKED, "CANCEL"), Invitation(ASKED, "CANCEL"))

    parts = [part for part in sent.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in parts] == ["REQUEST", "CANCEL", "CANCEL"]
    assert [part.get_filename() for part in parts] == [None, "cancel-1.ics", "cancel-2.ics"]
    assert parts[1].get_payload(decode=True).decode().splitlines() == ASKED.splitlines()
    assert OutboxMessage.objects.get().payload == {"to": "a@example.com", "subject": "Saffron"}


@pytest.mark.parametrize(
    ("methods", "beside"),
    [
        (["REQUEST"], True),
        (["CANCEL"], True),
        (["PUBLISH"], False),
        (["REQUEST", "CANCEL"], False),
        ([], False),
    ],
)
def test_one_thing_that_is_asked_stands_beside_the_text_and_several_are_files(methods, beside):
    asked = [Invitation(ASKED, method) for method in methods]

    assert beside_or_attached(asked) == ({"invitation": asked[0]} if beside else {"also": asked})


def test_mail_without_an_invitation_stays_plain():
    post("mail", to="a@example.com", subject="Saffron", body="At nine.\n")

    assert [one.message().get_content_type() for one in mail.outbox] == ["text/plain"]
