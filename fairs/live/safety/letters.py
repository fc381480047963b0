"""What is written to whoever is kept out of live rooms."""

from fairs.live.safety.models import LiveMeasure
from moussem.core.mail import post_mail


def write_of_ban(measure: LiveMeasure) -> None:
    """The reason, and until when it holds."""
    person = measure.person
    post_mail(
        "fairs/mail/live_banned.txt",
        to=person.email,
        language=person.language,
        edition=measure.edition,
        is_everywhere=measure.room_id is None,
        reason=measure.reason,
        until=measure.until,
        zone=measure.edition.time_zone,
    )
