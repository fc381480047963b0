"""What the editors' rooms have besides Wagtail's own."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

import cms.desk.arrival
import cms.desk.dressing
import cms.desk.names
import cms.desk.several
import cms.translations.hooks  # noqa: F401  the five register themselves
from cms.blocks.choosers import edition_chooser, hs_chooser, product_chooser
from cms.desk.closed import CLOSED_BUTTONS
from cms.desk.guards import turn_back
from cms.desk.programs import DocumentsForPrograms, PagesForPrograms, PicturesForPrograms
from cms.desk.views import pages_of_the_house
from cms.menus.views import LinksOfMenus
from cms.pages.rules import may_publish, pages_to_link
from cms.readers.links import LinkToAPage
from cms.translations.turns import APPROVE, REJECT

register_snippet(LinksOfMenus)

SUBMIT, PUBLISH = "action-submit", "action-publish"
# What takes a page off its way: never what one presses without looking.
ENDS = ("action-cancel-workflow", "action-restart-workflow")


@hooks.register("register_admin_viewset")
def choosers() -> list[Any]:
    """Products and editions for a shelf, and what a market note is about."""
    return [product_chooser, edition_chooser, hs_chooser]


@hooks.register("construct_page_chooser_queryset")
def pages_offered(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Whoever links to a page is offered no draft of somebody else's region."""
    return pages.filter(pk__in=pages_to_link(request.user).values("pk"))


@hooks.register("register_rich_text_features", order=1)
def links_to_what_is_shown(features: Any) -> None:
    """A text leads to no page that was taken down."""
    features.register_link_type(LinkToAPage)


# After Wagtail's own, which it replaces.
@hooks.register("register_admin_viewset", order=1)
def desk() -> Any:
    """Where every kind of page is written."""
    return pages_of_the_house


@hooks.register("before_publish_page")
def checks_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """From the desk: the draft is saved by then, and stays one where the checks find an error."""
    return turn_back(request, page)


@hooks.register("construct_admin_api", order=1)
def programs(router: WagtailAPIRouter) -> None:
    """What a program asks for goes the way of everybody, in the place of Wagtail's own."""
    router.register_endpoint("pages", PagesForPrograms)
    router.register_endpoint("images", PicturesForPrograms)
    router.register_endpoint("documents", DocumentsForPrograms)


@hooks.register("construct_page_action_menu")
def buttons_that_work(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """No button for what is closed; first the step that a page waits for, and last what ends its way."""
    items[:] = [item for item in items if item.name not in CLOSED_BUTTONS]
    names = {item.name for item in items}
    first: list[str] = []
    if APPROVE in names:
        first = [APPROVE, REJECT]
    elif PUBLISH not in names:
        first = [SUBMIT]
    items.sort(key=lambda item: _place_of(item, first))
    _name_the_hour(items, context.get("page"))


def _place_of(item: Any, first: list[str]) -> int:
    if item.name in ENDS:
        return len(first) + 2
    if item.name not in first:
        return len(first) + 1
    # Of the two ways to approve, the one that asks nothing more.
    asks = item.name == APPROVE and item.launch_modal
    return len(first) if asks else first.index(item.name)


def _name_the_hour(items: list[Any], page: Any) -> None:
    """The last approval of a page that has an hour to come publishes it then, and not now."""
    if page is None or not page.go_live_at or page.go_live_at <= timezone.now():
        return
    # Wagtail names the last of several approvals otherwise than those before it.
    plain = {gettext("Approve"), gettext("Approve with comment")}
    for item in items:
        if item.name == APPROVE and str(item.label) not in plain:
            asked = gettext("Approve with comment and schedule")
            item.label = asked if item.launch_modal else gettext("Approve and schedule")


@hooks.register("construct_reports_menu")
def reports_that_answer(request: HttpRequest, items: list[Any]) -> None:
    """Nor an entry for whom none answers; what waits for translation stands on the home of the editors."""
    closed = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != closed and may_publish(request.user)]


@hooks.register("filter_form_submissions_for_user")
def answers_shown(user: Any, forms: QuerySet[Page]) -> QuerySet[Page]:
    """What people wrote to us is read by those who publish the form they wrote it in."""
    published = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "publish")
    return forms.filter(pk__in=published.values("pk"))
