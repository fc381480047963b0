"""What the editors' rooms answer to nobody, beside what Wagtail asks itself, and what sends a page back.

Wagtail refuses to change what is not one's own, and lists only what is. Its choosers show every page, though,
and answer for any picture or document whose number is asked for: a correspondent would read the drafts of
another region there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.desk.errors import FileAsReviewed
from cms.pages.rules import (
    are_all_in,
    is_published_by_others,
    may_choose,
    may_publish,
    pages_of,
    pages_to_link,
)
from cms.publication.rules import require_publishable
from moussem.core.errors import Refusal

# What the addresses of Wagtail call the number of a page.
PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
# Shows and takes the steps of workflows; Wagtail asks nobody there whether they keep any.
STEPS = "wagtailadmin_workflows:task_cho"
# Choosers that answer for a number, with the kind of what they answer for.
FILES: dict[str, Callable[[], type]] = {
    "wagtailimages_chooser": get_image_model,
    "wagtaildocs_chooser": get_document_model,
}
# Where files are kept, with what their addresses call the number of one.
KEPT: dict[str, tuple[str, Callable[[], type]]] = {
    "wagtailimages": ("image_id", get_image_model),
    "wagtaildocs": ("document_id", get_document_model),
}
# Reports tell of every page of the house; what is done to several at once names them in the query.
REPORTS, BULK = "wagtailadmin_reports", "wagtail_bulk_action"


def confined(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the editors' house that answers for nothing that is not of whoever asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not user.is_superuser and not _may_come_upon(request, kwargs):
            return permission_denied(request)
        if (held := _file_of_a_page_of_others(request, kwargs)) is not None:
            messages.error(request, FileAsReviewed(title=held.title).message)
            return redirect(f"{request.resolver_match.namespace}:index")
        return view(request, *args, **kwargs)

    return guarded


def _may_come_upon(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Whether everything that an address names is of the person who opens it."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name.startswith(STEPS):
        return False
    asked = {str(kwargs[key]) for key in PAGES if key in kwargs}
    if name.startswith("wagtailadmin_choose_page"):
        asked |= set(request.GET.getlist("id"))
        return are_all_in(asked, pages_to_link(request.user))
    room, _colon, _rest = name.partition(":")
    if room == REPORTS:
        return may_publish(request.user)
    if name == BULK:
        return _may_take_together(request, kwargs)
    if room in FILES:
        asked = set(request.GET.getlist("id")) | ({str(kwargs["pk"])} if "pk" in kwargs else set())
        return may_choose(request.user, FILES[room](), asked)
    return are_all_in(asked, pages_of(request.user))


def _file_of_a_page_of_others(request: HttpRequest, kwargs: dict[str, Any]) -> Any:
    """What is asked to be changed and stays as it was reviewed: whoever may choose it is told why."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    room, _colon, view = name.partition(":")
    if room not in KEPT or view not in ("edit", "delete") or not request.user.is_authenticated:
        return None
    key, model_of = KEPT[room]
    file = model_of().objects.filter(pk=kwargs[key]).first()
    if file is None or not may_choose(request.user, type(file), {str(file.pk)}):
        return None
    return file if is_published_by_others(request.user, file) else None


def _may_take_together(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Whether everything in a list of pages is one's own: Wagtail names also what it then leaves alone."""
    if (kwargs["app_label"], kwargs["model_name"]) != ("wagtailcore", "page"):
        return True
    asked = set(request.GET.getlist("id"))
    if "all" in asked:
        above = [number for number in request.GET.getlist("childOf") if number.isdecimal()]
        listed = Page.objects.filter(pk__in=above).first()
        everything = Page.objects.all() if listed is None else listed.get_descendants()
        return not everything.exclude(pk__in=pages_of(request.user).values("pk")).exists()
    # A list that was drawn a while ago names also what is gone.
    there = Page.objects.filter(pk__in={int(number) for number in asked if number.isdecimal()})
    return not there.exclude(pk__in=pages_of(request.user).values("pk")).exists()


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
