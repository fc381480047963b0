"""Something is announced, and taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from fairs.announcements.errors import (
    AlreadyTakenBack,
    CategoryOfExhibitors,
    ExpiresInThePast,
    MailAsksFirst,
)
from fairs.announcements.models import Announcement
from fairs.announcements.queries import reached_by
from fairs.announcements.states import Audience
from fairs.editions.actions import hold_own_edition
from fairs.editions.models import Edition
from fairs.editions.rules import refuse_once_over, refuse_once_put_away
from moussem.core.errors import require
from moussem.core.locks import lock
from moussem.core.log import record
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all
from moussem.core.sites import address_of


def refuse_on_pages(edition: Edition) -> None:
    """Of an edition that was withdrawn there is something to say still, and of a closed one on its pages."""
    if not edition.is_withdrawn:
        refuse_once_put_away(edition)


def _by_mail(edition: Edition) -> None:
    if not edition.is_withdrawn:
        refuse_once_over(edition)


@transaction.atomic
def announce(
    edition: Edition,
    *,
    actor: Any,
    audience: Audience,
    texts: dict[str, str],
    category: Any = None,
    expires_at: datetime | None = None,
    by_mail: bool = False,
    to: int | None = None,
) -> tuple[Announcement, int]:
    """Something for those it concerns, on their pages and, where asked, by mail; and how many mails.

    ``to`` is how many people whoever asks has agreed to write to; None where nobody is asked.
    """
    edition = hold_own_edition(edition, actor, _by_mail if by_mail else refuse_on_pages)
    require(category is None or audience == Audience.EXHIBITORS, CategoryOfExhibitors)
    require(expires_at is None or expires_at > timezone.now(), ExpiresInThePast)
    told = Announcement.objects.create(
        edition=edition,
        audience=audience,
        category=category,
        expires_at=expires_at,
        said_by=actor,
        **{f"text_{code}": text for code, text in texts.items()},
    )
    mails = [_mail(told, person) for person in reached_by(told)] if by_mail else []
    if to is not None and to != len(mails):
        raise MailAsksFirst(len(mails))
    post_all(mails)
    record("announced", edition, actor=actor, announcement=told.pk, audience=audience, mails=len(mails))
    return told, len(mails)


def _mail(told: Announcement, person: Any) -> Any:
    with override(person.language):
        link = address_of("fairs:edition", told.edition.slug)
        text = told.text
    return write_mail(
        "fairs/mail/announcement.txt",
        to=person.email,
        language=person.language,
        # Each person reads an announcement once.
        key=f"announcement:{told.pk}:{person.pk}",
        edition=told.edition,
        text=text,
        link=link,
    )


@transaction.atomic
def take_back_announcement(told: Announcement, *, actor: Any) -> Announcement:
    """Off the pages at once; a mail that was sent stays sent."""
    hold_own_edition(told.edition, actor, refuse_on_pages)
    told = lock(told)
    require(told.taken_back_at is None, AlreadyTakenBack)
    told.taken_back_at = timezone.now()
    told.save(update_fields=["taken_back_at"])
    record("announcement_taken_back", told.edition, actor=actor, announcement=told.pk)
    return told
