"""Letters about a meeting, to the two people who meet."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from matchmaking.meetings.models import Meeting
from moussem.core.mail import write_mail
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all


def letters_about(meeting: Meeting, letter: str, **context: Any) -> list[OutboxMessage]:
    """``matchmaking/mail/meeting_<letter>.txt`` for each of the two, not posted yet."""
    request = meeting.request
    sides = ((meeting.buyer, request.exporter), (meeting.exporter, request.buyer))
    mails = []
    for delegate, other in sides:
        person = delegate.person
        with override(person.language):
            link = settings.SITE_URL + reverse("matchmaking:meeting", args=[meeting.edition.slug, meeting.pk])
        mails.append(
            write_mail(
                f"matchmaking/mail/meeting_{letter}.txt",
                to=person.email,
                language=person.language,
                meeting=meeting,
                delegate=delegate,
                other=other.organisation,
                link=link,
                **context,
            )
        )
    return mails


def write_about(meeting: Meeting, letter: str, **context: Any) -> None:
    """Post a letter to both who meet."""
    post_all(letters_about(meeting, letter, **context))
