"""Mail: rendered in the reader's language when it is decided, sent from the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from moussem.core.carriers import delivers
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all
from moussem.core.text import one_line

# What people read of an attached file before they open it.
FILES = {"REQUEST": "add", "PUBLISH": "agenda", "CANCEL": "cancel"}


@dataclass(frozen=True)
class Invitation:
    """What the reader's calendar is asked to do: a text in iCalendar, and its method."""

    text: str
    method: str


def beside_or_attached(invitations: Sequence[Invitation]) -> dict[str, Any]:
    """Where a letter carries what it asks of a calendar, as ``write_mail`` takes it.

    Mail programs look beside the text for one thing to answer, and show it as what the letter is about. So
    one thing stands there; of several, and of what is only published, each is a file to open.
    """
    if len(invitations) == 1 and invitations[0].method != "PUBLISH":
        return {"invitation": invitations[0]}
    return {"also": invitations}


def post_mail(
    template: str,
    *,
    to: str,
    language: str,
    key: str | None = None,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> None:
    """Put a mail in the outbox. The template's first line is the subject, the rest the text."""
    post_all([write_mail(template, to=to, language=language, key=key, headers=headers, **context)])


def write_mail(
    template: str,
    *,
    to: str,
    language: str,
    key: str | None = None,
    headers: dict[str, str] | None = None,
    invitation: Invitation | None = None,
    also: Sequence[Invitation] = (),
    **context: Any,
) -> OutboxMessage:
    """A mail that is not posted yet, for who posts several at once.

    One invitation asks one thing; a letter that asks for more attaches it (``also``).
    """
    with override(language):
        text = render_to_string(template, context).strip()
    subject, _, body = text.partition("\n")
    payload = {"to": to, "subject": one_line(subject), "body": body.strip() + "\n"}
    if headers:
        payload["headers"] = headers
    if invitation:
        payload["invitation"] = {"text": invitation.text, "method": invitation.method}
    if also:
        payload["also"] = [{"text": one.text, "method": one.method} for one in also]
    return OutboxMessage(kind="mail", key=key, payload=payload)


@delivers("mail")
def send_mail(payload: dict[str, Any]) -> None:
    """Hand one mail to the mail server."""
    message = EmailMultiAlternatives(
        subject=payload["subject"],
        body=payload["body"],
        to=[payload["to"]],
        headers=payload.get("headers"),
    )
    if invitation := payload.get("invitation"):
        # Beside the text, not attached to it: that is where mail programs look for what to answer.
        message.attach_alternative(invitation["text"], f"text/calendar; method={invitation['method']}")
    for number, one in enumerate(payload.get("also", ()), 1):
        name = f"{FILES[one['method']]}-{number}.ics"
        message.attach(name, one["text"], f"text/calendar; method={one['method']}")
    message.send()
