"""Letters to applicants: to each person who may sell for one of them, in their language."""

from collections.abc import Iterable
from typing import Any

from fairs.applications.models import Application
from moussem.core.mail import write_mail
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all
from moussem.core.sites import address_of
from moussem.organisations.models import Membership


def write_to_applicants(
    applications: Iterable[Application], letter: str, *, occasion: str | None = None, **context: Any
) -> int:
    """Post a letter about each application; how many. One query finds all readers.

    ``occasion`` names what happens once: whoever was written to about it is not written to again.
    """
    by_organisation = {one.organisation_id: one for one in applications}
    members = Membership.objects.selling().filter(organisation__in=by_organisation)
    letters = [
        _write(by_organisation[one.organisation_id], one.user, letter, occasion, context)
        for one in members.select_related("user").order_by("organisation", "pk")
    ]
    post_all(letters)
    return len(letters)


def _write(
    application: Application, reader: Any, letter: str, occasion: str | None, context: dict[str, Any]
) -> OutboxMessage:
    link = address_of("fairs:apply", application.edition.slug, language=reader.language)
    return write_mail(
        f"fairs/mail/{letter}.txt",
        to=reader.email,
        language=reader.language,
        key=occasion and f"{occasion}:{application.pk}:{reader.pk}",
        application=application,
        link=link,
        **context,
    )
