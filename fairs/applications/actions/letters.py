"""Letters to applicants: to each person who may sell for one of them, in their language."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from fairs.applications.models import Application
from moussem.core.log import record_each
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
    members = list(members.select_related("user").order_by("organisation", "pk"))
    letters = [
        _write(by_organisation[one.organisation_id], one.user, letter, occasion, context) for one in members
    ]
    post_all(letters)
    if occasion is None:
        # The outbox forgets; when somebody was told of a decision is looked up years later.
        readers = Counter(one.organisation_id for one in members)
        told = [(by_organisation[pk], {"letter": letter, "readers": many}) for pk, many in readers.items()]
        record_each("letter_written", told, actor=None)
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
        reader=reader,
        link=link,
        **context,
    )
