"""What of the house somebody may come upon, beside what Wagtail asks itself.

Wagtail refuses to change what is not one's own, and lists only what is. Its choosers show every page, though,
and answer for any picture or document whose number is asked for: a correspondent would read the drafts of
another region there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.pages.regions import RegionPage
from cms.shown import shown

# What the addresses of Wagtail call the number of a page.
PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
# Shows and takes the steps of workflows; Wagtail asks nobody there whether they keep any.
STEPS = "wagtailadmin_workflows:task_cho"
# Choosers that answer for a number, with the kind of what they answer for.
FILES: dict[str, Callable[[], type]] = {
    "wagtailimages_chooser": get_image_model,
    "wagtaildocs_chooser": get_document_model,
}
# Reports tell of every page of the house; what is done to several at once names them in the query.
REPORTS, BULK = "wagtailadmin_reports", "wagtail_bulk_action"


def may_publish(user: Any) -> bool:
    """Whether somebody publishes pages anywhere in the house."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))


def pages_of(user: Any) -> QuerySet[Page]:
    """The pages that somebody works on, with those above them."""
    policy = policy_registry.get_by_type(Page)
    if not user.is_superuser and not policy.get_cached_permissions_for_user(user):
        # What is above nothing has no answer: Wagtail's own would break before the first page is written.
        return Page.objects.none()
    return policy.explorable_instances(user)


def pages_to_link(user: Any) -> QuerySet[Page]:
    """What somebody may link to: the own pages, and what every reader sees but for other regions."""
    if user.is_superuser:
        return Page.objects.all()
    own = pages_of(user)
    elsewhere = Q()
    for path in RegionPage.objects.exclude(pk__in=own.values("pk")).values_list("path", flat=True):
        elsewhere |= Q(path__startswith=path)
    # A chooser shows the title of the draft, which is nobody else's before it is published.
    public = shown(Page.objects).filter(Q(draft_title="") | Q(draft_title=F("title")))
    if elsewhere:
        public = public.exclude(elsewhere)
    return Page.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=public.values("pk")))


def confined(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the editors' house that answers for nothing that is not of whoever asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not user.is_superuser and not _may_come_upon(request, kwargs):
            return permission_denied(request)
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
        return _are_all_in(asked, pages_to_link(request.user))
    room, _colon, _rest = name.partition(":")
    if room == REPORTS:
        return may_publish(request.user)
    if name == BULK:
        return _may_take_together(request, kwargs)
    if room in FILES:
        asked = set(request.GET.getlist("id")) | ({str(kwargs["pk"])} if "pk" in kwargs else set())
        return may_choose(request.user, FILES[room](), asked)
    return _are_all_in(asked, pages_of(request.user))


def may_choose(user: Any, kind: type, numbers: set[str]) -> bool:
    """Whether the choosers of somebody offer each of these pictures, documents or pages."""
    if user is None or user.is_superuser:
        return True
    if kind is Page:
        return _are_all_in(numbers, pages_to_link(user))
    policy = policy_registry.get_by_type(kind)
    return _are_all_in(numbers, policy.instances_user_has_any_permission_for(user, ["choose"]))


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
    return _are_all_in(asked, pages_of(request.user))


def _are_all_in(asked: set[str], allowed: QuerySet[Any]) -> bool:
    """Whether each of these numbers is of something allowed; what is no number names nothing."""
    numbers = {int(number) for number in asked if number.isdecimal()}
    return not numbers or allowed.filter(pk__in=numbers).count() == len(numbers)
