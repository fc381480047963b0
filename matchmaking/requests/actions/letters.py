"""Letters about a request or a question, to everybody who meets for a party."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import override

from fairs.sessions.clocks import differ
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


def write_to_each(
    requests: Sequence[Request],
    side: str,
    letter: str,
    *,
    but: Mapping[int, Collection[int]] = MappingProxyType({}),
    **context: Any,
) -> int:
    """The same about many requests, to those who meet on one side, in as many queries as about one.

    ``but`` holds by the key of a request the people who know already.
    """
    people = Prefetch(
        f"{side}__delegates", Delegate.objects.there().select_related("person"), to_attr="there"
    )
    prefetch_related_objects(requests, "edition", "buyer__organisation", "exporter__organisation", people)
    mails: list[OutboxMessage] = []
    for one in requests:
        party = one.party_of(side)
        there = [each for each in party.there if each.person_id not in but.get(one.pk, ())]
        mails += _letters(party, there, one, "request", letter, request=one, **context)
    post_all(mails)
    return len(mails)


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
    there = party.delegates.there().select_related("person").order_by("pk")
    mails = _letters(party, there, about, page, letter, **context)
    post_all(mails)
    return len(mails)


def _letters(
    party: Party,
    there: Iterable[Delegate],
    about: Request | Enquiry,
    page: str,
    letter: str,
    **context: Any,
) -> list[OutboxMessage]:
    other = about.across(party)
    mails = []
    for delegate in there:
        person, slot = delegate.person, context.get("slot")
        zones = (about.edition.time_zone, delegate.time_zone)
        with override(person.language):
            link = settings.SITE_URL + reverse(f"matchmaking:{page}", args=[about.edition.slug, about.pk])
        mails.append(
            write_mail(
                f"matchmaking/mail/{page}_{letter}.txt",
                to=person.email,
                language=person.language,
                other=other.organisation,
                own_zone=delegate.time_zone if slot and differ(slot.begins, *zones) else "",
                mine=isinstance(about, Request) and about.asked_by == party.side,
                link=link,
                **context,
            )
        )
    return mails
