"""Letters about a request, to everybody who meets for a party."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from matchmaking.parties.models import Party
from matchmaking.requests.models import Request
from moussem.core.mail import write_mail
from moussem.core.outbox import post_all


def write_to(party: Party, request: Request, letter: str, **context: Any) -> int:
    """Post ``matchmaking/mail/request_<letter>.txt`` to the delegates of a party; how many."""
    other = request.exporter if party.pk == request.buyer_id else request.buyer
    mails = []
    for delegate in party.delegates.there().select_related("person").order_by("pk"):
        person = delegate.person
        with override(person.language):
            link = settings.SITE_URL + reverse("matchmaking:request", args=[request.edition.slug, request.pk])
        mails.append(
            write_mail(
                f"matchmaking/mail/request_{letter}.txt",
                to=person.email,
                language=person.language,
                request=request,
                other=other.organisation,
                link=link,
                **context,
            )
        )
    post_all(mails)
    return len(mails)
