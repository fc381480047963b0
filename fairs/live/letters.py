"""What is written to whoever is let into a call."""

from typing import Any

from fairs.live.models import LiveRoom
from fairs.live.shown import name_of
from moussem.core.mail import post_mail
from moussem.core.sites import address_of


def write_of_call(room: LiveRoom, person: Any, *, by: Any) -> None:
    """Whoever is asked in reads who asks them and the way there: they may be on no page of this site."""
    post_mail(
        "fairs/mail/live_call_invited.txt",
        to=person.email,
        language=person.language,
        key=f"live_call_invited:{room.pk}:{person.pk}",
        edition=room.edition,
        colleague=name_of(by),
        until=room.call.ends_at,
        zone=room.edition.time_zone,
        link=address_of("fairs:call", room.edition.slug, room.pk, language=person.language),
    )
