"""What is written to whoever was given something to do in a live room."""

from fairs.live.stage.models import LiveDuty
from moussem.core.mail import post_mail
from moussem.core.sites import address_of


def write_of_duty(given: LiveDuty) -> None:
    """What they do in which session, when, and where the way into its room stands."""
    person, session = given.person, given.session
    slug, language = session.edition.slug, person.language
    # The page of a session is there once the programme tells of it.
    if hasattr(session, "showing"):
        link = address_of("fairs:session", slug, session.pk, language=language)
    else:
        link = address_of("fairs:edition", slug, language=language)
    post_mail(
        "fairs/mail/live_duty.txt",
        to=person.email,
        language=language,
        duty=given.duty,
        session=session,
        edition=session.edition,
        zone=session.edition.time_zone,
        link=link,
    )
