import hashlib

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms.answers.actions import keep_answer
from cms.answers.errors import SentBefore
from cms.answers.forms import BEGUN, MOST_SECONDS
from cms.answers.models import FormPage
from moussem.core.pacing import is_too_often
from moussem.people.guessing import network_of
from moussem.people.refusals import TOO_MANY

MOST_AN_HOUR, HOUR = 5, 3600


def send(request: HttpRequest, page: FormPage) -> HttpResponse:
    """What a reader sent through the form of a page: kept, or back with what is wrong."""
    # Files that come along are not looked at.
    form = page.get_form(request.POST, page=page)
    if not form.is_valid():
        return page.with_form(request, form)
    # A machine is told what a person is told, so that it learns nothing.
    if form.is_of_a_machine:
        return _thanks(request, page)
    begun, message = _digest(page.pk, form.cleaned_data[BEGUN]), _digest(sorted(form.answers.items()))
    key = f"cms.answers.sent.{begun}"
    before = cache.get(key)
    if before is None:
        if is_too_often("answer", network_of(request), most=MOST_AN_HOUR, seconds=HOUR):
            form.add_error(None, TOO_MANY)
            return page.with_form(request, form, status=429)
        # Of two presses at once, one is kept.
        before = None if cache.add(key, message, MOST_SECONDS) else cache.get(key)
    if before is None:
        _keep(page, form, key)
    elif before != message:
        form.begin_again()
        form.add_error(None, SentBefore().message)
        return page.with_form(request, form, status=409)
    return _thanks(request, page)


def _keep(page: FormPage, form: object, key: str) -> None:
    """Keep a message, and remember it as sent only if it is kept."""
    is_kept = False
    try:
        keep_answer(page, form)
        is_kept = True
    finally:
        if not is_kept:
            cache.delete(key)


def _thanks(request: HttpRequest, page: FormPage) -> HttpResponse:
    # Sent once, whatever is reloaded.
    return redirect(f"{page.get_url(request)}?sent=1")


def _digest(*told: object) -> str:
    """What people write is not to be read in the cache."""
    return hashlib.sha256(repr(told).encode()).hexdigest()
