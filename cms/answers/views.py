from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms.answers.actions import keep_answer
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
    if not form.is_of_a_machine:
        if is_too_often("answer", network_of(request), most=MOST_AN_HOUR, seconds=HOUR):
            form.add_error(None, TOO_MANY)
            return page.with_form(request, form, status=429)
        keep_answer(page, form)
    # Sent once, whatever is reloaded.
    return redirect(f"{page.get_url(request)}?sent=1")
