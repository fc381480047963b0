"""Letters about a request or a question, to everybody who meets for a party."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from matchmaking.parties.models import Party
from matchmaking.requests.models import Enquiry, Request
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all


def write_to(party: Party, request: Request, letter: str, **context: Any) -> int:
    """Post ``matchmaking/mail/request_<letter>.txt`` to the delegates of a party; how many."""
    return _write(party, request, "request", letter, request=request, **context)


def write_of_enquiry(party: Party, enquiry: Enquiry, letter: str) -> int:
    """Post ``matchmaking/mail/enquiry_<letter>.txt`` to the delegates of a party; how many."""
    return _write(party, enquiry, "enquiry", letter, enquiry=enquiry)


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
