"""Letters about a request or a question, to everybody who meets for a party."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from matchmaking.parties.models import Delegate, Party
from matchmaking.requests.models import Enquiry, Request
from moussem.core.mail import write_mail
from moussem.core.models import OutboxMessage
from moussem.core.outbox import post_all
from moussem.core.sites import address_of


def write_to(party: Party, request: Request, letter: str, **context: Any) -> int:
    """Post ``matchmaking/mail/request_<letter>.txt`` to the delegates of a party; how many."""
    return _write(party, request, "request", letter, request=request, **context)


def write_of_enquiry(party: Party, enquiry: Enquiry, letter: str) -> int:
    """Post ``matchmaking/mail/enquiry_<letter>.txt`` to the delegates of a party; how many."""
    return _write(party, enquiry, "enquiry", letter, enquiry=enquiry)


def write_of_unanswered(enquiries: Iterable[Enquiry]) -> int:
    """Post one letter about all of these that are its own to each delegate of a buyer; how many.

    Each comes with its edition and its exporter's organisation.
    """
    asked: dict[int, list[Enquiry]] = defaultdict(list)
    for enquiry in enquiries:
        asked[enquiry.buyer_id].append(enquiry)
    delegates = Delegate.objects.there().filter(party__in=asked).select_related("person").order_by("pk")
    mails = [_of_unanswered(delegate, asked[delegate.party_id]) for delegate in delegates]
    post_all(mails)
    return len(mails)


def _of_unanswered(delegate: Delegate, enquiries: list[Enquiry]) -> OutboxMessage:
    person = delegate.person
    exporters = [one.exporter.organisation for one in enquiries]
    return write_mail(
        "matchmaking/mail/enquiries_lapsed.txt",
        to=person.email,
        language=person.language,
        edition=enquiries[0].edition,
        asked=[
            (one, address_of("organisations:page", one.slug, language=person.language)) for one in exporters
        ],
    )


def _write(party: Party, about: Request | Enquiry, page: str, letter: str, **context: Any) -> int:
    other = about.exporter if party.pk == about.buyer_id else about.buyer
    mails = []
    for delegate in party.delegates.there().select_related("person").order_by("pk"):
        person = delegate.person
        with override(person.language):
            link = settings.SITE_URL + reverse(f"matchmaking:{page}", args=[about.edition.slug, about.pk])
        mails.append(
            write_mail(
                f"matchmaking/mail/{page}_{letter}.txt",
                to=person.email,
                language=person.language,
                other=other.organisation,
                link=link,
                **context,
            )
        )
    post_all(mails)
    return len(mails)
