"""What people want and save, whose turn it is to be looked at, and what is new for it."""

import zoneinfo
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import QueryDict

from catalogue.models import Product
from catalogue.queries import for_cards
from catalogue.search.asked import Asked, asked_of
from catalogue.search.counting import Counted, Kept, counted
from catalogue.search.results import holding_all
from catalogue.wanted.models import Alerted, Request, SavedSearch
from catalogue.wanted.states import RequestState

UNSUBSCRIBE_SALT = "catalogue.wanted.unsubscribe"
# When a person's morning begins.
MORNING = time(7)


def requests_of(person: Any) -> QuerySet[Request]:
    """The requests of a person, the last one first."""
    if not person.is_authenticated:
        return Request.objects.none()
    return Request.objects.filter(person=person).select_related("country", "organisation")


def open_requests_of(person: Any) -> QuerySet[Request]:
    """Those of a person's requests that wait for an answer."""
    return requests_of(person).filter(state=RequestState.OPEN)


def searches_of(person: Any) -> QuerySet[SavedSearch]:
    """The saved searches of a person, the last one first."""
    return (
        SavedSearch.objects.filter(person=person) if person.is_authenticated else SavedSearch.objects.none()
    )


def counts_of(searches: Iterable[SavedSearch]) -> dict[int, Counted]:
    """What each search finds now, and what of it its next mail tells."""
    return counted(
        {one.pk: Kept(question_of(one.query), one.currency, one.since, one.known) for one in searches}
    )


def unsubscribe_token(search: SavedSearch) -> str:
    """The secret of the link in a mail: good for one search, and for nothing but its mail."""
    return signing.dumps(search.pk, salt=UNSUBSCRIBE_SALT)


def search_of_token(token: str) -> SavedSearch | None:
    """The saved search that a link of our mails names; None for a link we did not make."""
    try:
        pk = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.select_related("person").filter(pk=pk).first()


def day_of(person: Any, now: datetime) -> date:
    """The day that it is for a person."""
    return _there(person.time_zone, now).date()


def due_searches(now: datetime) -> QuerySet[SavedSearch]:
    """The searches whose people have their morning, and that were not looked at on that day yet."""
    wanting = SavedSearch.objects.filter(mail_on=True, person__is_active=True)
    turn = Q(pk__in=())
    for zone in wanting.order_by().values_list("person__time_zone", flat=True).distinct():
        there = _there(zone, now)
        if there.time() >= MORNING:
            turn |= Q(person__time_zone=zone, looked_on__lt=there.date())
    return wanting.filter(turn).select_related("person")


def _there(zone: str, now: datetime) -> datetime:
    try:
        return now.astimezone(zoneinfo.ZoneInfo(zone))
    except zoneinfo.ZoneInfoNotFoundError:
        # The world gives zones up now and then; that one person's must not keep the mail of all others.
        return now.astimezone(zoneinfo.ZoneInfo(settings.TIME_ZONE))


def question_of(query: str) -> Asked:
    """The question of an address as the list reads it."""
    return asked_of(QueryDict(query))


def matches_of(query: str, currency: str) -> list[int]:
    """The keys of the products on offer that answer a search, the newest first; may raise `EngineDown`."""
    return holding_all(question_of(query), currency)


def news_for(search: SavedSearch, matches: Sequence[int]) -> list[int]:
    """What of all that matches a search now is new there and was never told of."""
    told = set(Alerted.objects.filter(search=search).values_list("product", flat=True))
    if search.known is None:
        later = Product.objects.filter(pk__in=matches, listed_at__gt=search.since)
        new = set(later.values_list("pk", flat=True)) - told
    else:
        new = set(matches).difference(search.known, told)
    return [pk for pk in matches if pk in new]


def told_in(keys: list[int], currency: str) -> list[Product]:
    """Listed products with what a mail says of them, in the order of the keys."""
    found = {one.pk: one for one in for_cards(currency).listed().filter(pk__in=keys)}
    return [found[pk] for pk in keys if pk in found]
