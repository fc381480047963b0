"""What is written about questions at stands to those who are not there."""

from django.utils import timezone

from fairs.live.shown import name_of
from fairs.live.stands.models import StandThread
from fairs.live.stands.queries import keepers_of
from moussem.core.mail import post_mail, write_mail
from moussem.core.outbox import post_all
from moussem.core.sites import address_of


def write_of_message(thread: StandThread, text: str) -> None:
    """Whoever keeps the stand hears that a question was left there, by each visitor once an hour."""
    asked = f"{thread.exhibitor_id}:{thread.visitor_id}:{timezone.now():%Y%m%d%H}"
    post_all(
        write_mail(
            "fairs/mail/stand_message.txt",
            to=one.email,
            language=one.language,
            key=f"stand_message:{asked}:{one.pk}",
            edition=thread.exhibitor.edition,
            visitor=name_of(thread.visitor),
            text=text,
            link=_link(thread, one),
        )
        for one in keepers_of(thread.exhibitor, thread.visitor)
    )


def write_of_answer(thread: StandThread) -> None:
    """The visitor hears that a stand answered, once until they say something more."""
    visitor = thread.visitor
    own = thread.room.entries.filter(author=visitor).order_by("-seq").values_list("seq", flat=True).first()
    post_mail(
        "fairs/mail/stand_answered.txt",
        to=visitor.email,
        language=visitor.language,
        key=f"stand_answered:{thread.pk}:{own}",
        edition=thread.exhibitor.edition,
        organisation=thread.exhibitor.organisation,
        link=_link(thread, visitor),
    )


def write_of_handing_over(thread: StandThread) -> None:
    """Whoever was given a conversation while not at the stand hears that a visitor waits, once an hour."""
    colleague = thread.holder
    post_mail(
        "fairs/mail/stand_handed_over.txt",
        to=colleague.email,
        language=colleague.language,
        key=f"stand_handed_over:{thread.pk}:{colleague.pk}:{timezone.now():%Y%m%d%H}",
        edition=thread.exhibitor.edition,
        visitor=name_of(thread.visitor) if thread.visitor else "",
        link=_link(thread, colleague),
    )


def _link(thread: StandThread, reader: object) -> str:
    slug = thread.exhibitor.edition.slug
    return address_of("fairs:stand_thread", slug, thread.room_id, language=reader.language)
