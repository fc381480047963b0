"""Between a page and its readers: whichever way somebody publishes it, it is whole and checked first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from cms.errors import PageNotReady
from cms.inspection import errors_of
from cms.roles import ENTER
from cms.translating.minutes import require_source_out
from cms.translating.rules import require_whole
from moussem.core.errors import Refusal

PROGRAMS = "wagtailadmin_api:pages:action"


def require_ready(page: Any) -> None:
    """Refuse to publish what the checks refuse."""
    if errors := errors_of(page):
        raise PageNotReady(title=page.title, reasons=" ".join(errors))


def require_publishable(page: Any) -> None:
    """Refuse whatever readers must not get: half a translation, one without its source, what is unfit."""
    require_whole(page)
    require_source_out(page)
    require_ready(page)


def turn_back(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Back to the desk, with the reasons; nothing where there is none."""
    try:
        require_publishable(page)
    except Refusal as refusal:
        return back_to_the_desk(request, page, refusal)
    return None


def back_to_the_desk(request: HttpRequest, page: Any, refusal: Refusal) -> HttpResponse:
    """Where a page is written, with the sentence of a refusal."""
    messages.error(request, refusal.message)
    return redirect("wagtailadmin_pages:edit", page.pk)


def keep_hidden(page: Any) -> None:
    """A new page that was turned back is a draft."""
    page.live, page.has_unpublished_changes = False, True
    page.save(update_fields=["live", "has_unpublished_changes"])


def gated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the editors' rooms that publishes for no program what may not go to readers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name == PROGRAMS and kwargs.get("action_name") == "publish":
            _ask_for_a_program(request.user, kwargs["pk"])
        return view(request, *args, **kwargs)

    return guarded


def _ask_for_a_program(user: Any, number: Any) -> None:
    """The checks name the page: whoever may not publish it hears of Wagtail only that it is refused."""
    page = Page.objects.filter(pk=number).first() if user.has_perm(ENTER) else None
    if page is not None and page.permissions_for_user(user).can_publish():
        require_publishable(page.get_latest_revision_as_object())
