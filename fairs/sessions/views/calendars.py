"""Calendars to subscribe to: a programme for everybody, and what one person keeps."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import View

from fairs.sessions.beside import entries_beside
from fairs.sessions.calendars import feed
from fairs.sessions.entries import entry_of, kept_entry
from fairs.sessions.queries import address_of_calendar, attendances_of, programme_of, public_programme

# Calendar programs ask every hour or less; a changed programme is worth asking again soon.
FRESH_FOR = 300


def calendar_answer(request: HttpRequest, content: bytes, *, is_public: bool, name: str) -> HttpResponse:
    """A calendar, or nothing where the program that asks has this very one."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=answer)
    # Nobody in between may keep what a secret opens.
    told = {"public": True, "max_age": FRESH_FOR} if is_public else {"private": True, "no_cache": True}
    patch_cache_control(found, **told)
    return found


class EditionCalendar(View):
    """The programme of an edition, in the language of the address."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        edition = public_programme(slug)
        if edition is None:
            raise Http404
        language = (get_language() or "en")[:2]
        entries = [entry_of(one.session, edition, language=language) for one in _with_sessions(edition)]
        content = feed(entries, name=edition.label)
        return calendar_answer(request, content, is_public=True, name=slug)


def _with_sessions(edition: Any) -> Any:
    for showing in programme_of(edition):
        showing.session.showing = showing
        yield showing


class OwnCalendar(View):
    """What a person keeps, for whoever knows the secret of the address; in the person's language."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        address = address_of_calendar(secret)
        if address is None:
            raise Http404
        person = address.person
        with override(person.language):
            kept = attendances_of(person).filter(state="seated")
            entries = [kept_entry(one, language=person.language) for one in kept]
            content = feed([*entries, *entries_beside(person)], name=_("My agenda"))
        answer = calendar_answer(request, content, is_public=False, name="agenda")
        answer["X-Robots-Tag"] = "noindex"
        return answer
