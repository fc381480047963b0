"""Who is at the other end of a socket: the session of a cookie, without a request."""

from collections.abc import Iterable
from importlib import import_module
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http.cookie import parse_cookie
from django.utils import timezone

from moussem.people.models import User

sessions = import_module(settings.SESSION_ENGINE)


class Visitor(NamedTuple):
    """A person, the session they signed in with, and the word by which it ends with their password."""

    person: Any
    session: str
    word: str


def visitor_of(cookies: str) -> Visitor | None:
    """Who sent these cookies; None where nobody is signed in by them. Two statements."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    session = sessions.SessionStore(key)
    person = get_user(SimpleNamespace(session=session))
    if not person.is_authenticated or not person.is_active:
        return None
    return Visitor(person, key, person.get_session_auth_hash())


def signed_in_still(told: Iterable[tuple[str, int, str]]) -> set[tuple[str, int, str]]:
    """Which of these sessions hold: not signed out, not lapsed, their person's password the same."""
    told = list(told)
    keys = {key for key, _person, _word in told}
    held = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    open_sessions = set(held.values_list("session_key", flat=True))
    people = User.objects.filter(pk__in={person for _key, person, _word in told}, is_active=True)
    words = {one.pk: one.get_session_auth_hash() for one in people}
    return {one for one in told if one[0] in open_sessions and words.get(one[1]) == one[2]}
