"""What people ask for and save, and the mail that tells them of news."""

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogue.search.engine import EngineDown
from catalogue.wanted.errors import NothingAsked, QuestionTooLong, TooManyRequests, TooManySearches
from catalogue.wanted.models import Alerted, Request, SavedSearch
from catalogue.wanted.queries import (
    day_of,
    due_searches,
    matches_of,
    news_for,
    open_requests_of,
    searches_of,
    told_in,
    unsubscribe_token,
)
from catalogue.wanted.questions import LONGEST, asks_nothing, canonical_query, unordered
from catalogue.wanted.rules import is_of, may_ask_for, may_want
from catalogue.wanted.states import RequestState
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock, lock_all
from moussem.core.log import record
from moussem.core.mail import post_mail
from moussem.core.moves import move
from moussem.core.rounds import in_chunks, try_each

MOST_OPEN = 20
MOST_SAVED = 50
# A mail that lists more is not read.
NAMED_IN_MAIL = 10


@transaction.atomic
def ask_for(
    text: str,
    *,
    actor: Any,
    organisation: Any,
    language: str,
    query: str = "",
    quantity: Decimal | None = None,
    unit: str = "",
    country: Any = None,
    wished_on: date | None = None,
    note: str = "",
) -> Request:
    """What the person did not find, as an open request; the same one sent again is the one that waits."""
    require(may_ask_for(actor, organisation), NotYours)
    # The person's row is what two requests sent at the same moment wait for.
    lock(actor)
    said = {
        "text": text,
        "quantity": quantity,
        "unit": unit if quantity else "",
        "country": country,
        "wished_on": wished_on,
        "note": note,
    }
    # Who goes back and sends again has asked once.
    if same := open_requests_of(actor).filter(**said).first():
        return same
    require(open_requests_of(actor).count() < MOST_OPEN, TooManyRequests, most=MOST_OPEN)
    question = canonical_query(query)
    request = Request.objects.create(
        person=actor,
        organisation=organisation,
        # The words say it already: a list too long to be kept is left out.
        query=question if len(question) <= LONGEST else "",
        language=language,
        **said,
    )
    record("wanted", request, actor=actor, text=text)
    return request


@transaction.atomic
def withdraw_request(request: Request, *, actor: Any) -> Request:
    """The request out of what waits for an answer; withdrawn twice, it is withdrawn once."""
    require(is_of(actor, request), NotYours)
    request = lock(request)
    if request.is_open:
        move(request, RequestState.WITHDRAWN, actor=actor)
    return request


@transaction.atomic
def save_search(
    query: str, *, name: str, actor: Any, language: str, currency: str
) -> tuple[SavedSearch, bool]:
    """The search as this person keeps it, and whether it is new: one question is saved once."""
    require(may_want(actor), NotYours)
    query = unordered(query)
    require(not asks_nothing(query), NothingAsked)
    require(len(query) <= LONGEST, QuestionTooLong)
    lock(actor)
    mine = searches_of(actor)
    # Those that were saved with their order, too.
    if kept := next((one for one in mine if unordered(one.query) == query), None):
        return kept, False
    require(mine.count() < MOST_SAVED, TooManySearches, most=MOST_SAVED)
    search = SavedSearch.objects.create(
        person=actor,
        query=query,
        name=name,
        language=language,
        currency=currency,
        looked_on=day_of(actor, timezone.now()),
        known=_found_now(query, currency),
    )
    record("saved", search, actor=actor, query=query)
    return search, True


@transaction.atomic
def change_search(search: SavedSearch, *, name: str, mail_on: bool, actor: Any) -> SavedSearch:
    """The search under another name, with or without its mail."""
    require(is_of(actor, search), NotYours)
    search = lock(search)
    if mail_on and not search.mail_on:
        # What came while nobody wanted to hear of it is no news.
        search.since, search.known = timezone.now(), _found_now(search.query, search.currency)
    search.name, search.mail_on = name, mail_on
    search.save(update_fields=["name", "mail_on", "since", "known"])
    record("changed", search, actor=actor, name=name, mail_on=mail_on)
    return search


def _found_now(query: str, currency: str) -> list[int] | None:
    try:
        return matches_of(query, currency)
    except EngineDown:
        return None


@transaction.atomic
def delete_search(search: SavedSearch, *, actor: Any) -> None:
    """The search gone, with the list of what was told of it."""
    require(is_of(actor, search), NotYours)
    search = lock(search)
    record("deleted", search, actor=actor, query=search.query)
    search.delete()


@transaction.atomic
def stop_mail(search: SavedSearch) -> SavedSearch:
    """No more mail of this search, for who holds the link of its mail; the search itself stays."""
    search = lock(search)
    if search.mail_on:
        search.mail_on = False
        search.save(update_fields=["mail_on"])
        # The link says which search, not who pressed it.
        record("mail.stopped", search, actor=None)
    return search


def tell_news(now: datetime | None = None) -> int:
    """Mail to all whose searches have something new this morning; how many mails.

    Safe to run twice and after days without running: a product is told of once per search for ever.
    """
    now = now or timezone.now()
    return sum(try_each(in_chunks(due_searches(now)), partial(_tell, now=now)))


@transaction.atomic
def _tell(search: SavedSearch, now: datetime) -> int:
    person = search.person
    today = day_of(person, now)
    # Whoever waited here for another round finds the day noted; a search deleted meanwhile is gone.
    held = lock_all(SavedSearch.objects.filter(pk=search.pk, mail_on=True, looked_on__lt=today)).first()
    if held is None:
        return 0
    matches = matches_of(held.query, held.currency)
    news = news_for(held, matches)
    held.looked_on, held.known = today, sorted({*(held.known or ()), *matches})
    held.save(update_fields=["looked_on", "known"])
    if not news:
        return 0
    Alerted.objects.bulk_create(Alerted(search=held, product_id=pk) for pk in news)
    _post(held, person, news)
    record("alerted", held, actor=None, number=len(news))
    return 1


def _post(search: SavedSearch, person: Any, news: list[int]) -> None:
    with override(person.language):
        site = settings.SITE_URL
        stop = f"{site}{reverse('wanted:unsubscribe', args=[unsubscribe_token(search)])}"
        post_mail(
            "catalogue/wanted/mail/news.txt",
            to=person.email,
            language=person.language,
            # The first product was never told of before, so the key is as new as the mail.
            key=f"search:{search.pk}:{news[0]}",
            name=search.name,
            number=len(news),
            products=[
                (one.reading_title, one.organisation.label, f"{site}{one.get_absolute_url()}")
                for one in told_in(news[:NAMED_IN_MAIL], search.currency)
            ],
            left=max(len(news) - NAMED_IN_MAIL, 0),
            list_address=f"{site}{reverse('catalogue:index')}?{search.query}",
            searches_address=f"{site}{reverse('wanted:searches')}",
            stop_address=stop,
            # RFC 8058: the reader's mail program shows a button of its own, and posts here.
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
