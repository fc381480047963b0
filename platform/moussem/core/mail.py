"""Mail: rendered in the reader's language when it is decided, sent from the outbox."""

from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from moussem.core.carriers import delivers
from moussem.core.outbox import post
from moussem.core.text import one_line


def post_mail(template: str, *, to: str, language: str, key: str | None = None, **context: Any) -> None:
    """Put a mail in the outbox. The template's first line is the subject, the rest the text."""
    with override(language):
        text = render_to_string(template, context).strip()
    subject, _, body = text.partition("\n")
    post("mail", key=key, to=to, subject=one_line(subject), body=body.strip() + "\n")


@delivers("mail")
def send_mail(payload: dict[str, Any]) -> None:
    """Hand one mail to the mail server."""
    EmailMessage(subject=payload["subject"], body=payload["body"], to=[payload["to"]]).send()
