"""Where an editor arrives: a way to begin, and what waits, with a sentence where nothing does."""

from typing import Any

from django.db.models import Q, QuerySet
from django.forms import Media
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import GroupApprovalTask, Page, WorkflowState

from cms.desk.waiting import WaitingPanel
from cms.pages.home import HomePage
from cms.pages.news import NewsIndexPage
from cms.pages.regions import RegionPage
from cms.pages.rules import may_publish, pages_of
from cms.publication.models import ReadByAnother
from cms.staff.roles import CORRESPONDENTS, TRANSLATE
from cms.translations.turns import Wanted, wanted_in

MOST = 8
REVIEWS = "workflow_objects_to_moderate"


def place_to_write(user: Any) -> Page | None:
    """Where somebody begins an article in the language they read: the news, or the page of the own region."""
    for kind in (NewsIndexPage, RegionPage):
        own = kind.objects.filter(pk__in=pages_of(user).values("pk"))
        for page in own.filter(locale__language_code=get_language()).order_by("path"):
            if page.permissions_for_user(user).can_add_subpage():
                return page
    return None


def begun_by(user: Any) -> QuerySet[Page]:
    """What somebody began and neither published nor sent for review, the latest first."""
    # Kept as texts, which PostgreSQL compares with no number; there are few.
    on_their_way = {int(key) for key in WorkflowState.objects.active().values_list("object_id", flat=True)}
    found = Page.objects.filter(owner=user, expired=False, pk__in=pages_of(user).values("pk"))
    return (
        found.filter(Q(live=False) | Q(has_unpublished_changes=True))
        .exclude(pk__in=on_their_way)
        .select_related("locale")
        .order_by("-latest_revision_created_at", "-pk")
    )


def sent_back_to(user: Any) -> list[tuple[Page, Wanted]]:
    """What somebody began or handed in and is to mend, with what is to be changed, the latest first."""
    mine = pages_of(user).filter(expired=False)
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    # Kept as texts, which PostgreSQL compares with no number; there are few.
    by_page = {
        int(state.object_id): state for state in states.select_related("current_task_state__finished_by")
    }
    found = mine.filter(pk__in=by_page).select_related("locale")
    ours = [one for one in found if user.pk in (one.owner_id, by_page[one.pk].requested_by_id)]
    told = [(page, wanted_in(by_page[page.pk])) for page in ours]
    return sorted(told, key=lambda one: one[1].at, reverse=True)


def regions_of(user: Any) -> list[RegionPage]:
    """The showcases that somebody is correspondent of, by region and language."""
    if not user.groups.filter(name__startswith=f"{CORRESPONDENTS} ").exists():
        return []
    own = RegionPage.objects.filter(pk__in=pages_of(user).values("pk"))
    return list(own.select_related("locale", "region").order_by("region", "locale"))


def may_review(user: Any) -> bool:
    """Whether pages are sent to somebody for review."""
    return user.is_superuser or any(
        kind.objects.filter(active=True, groups__user=user).exists()
        for kind in (ReadByAnother, GroupApprovalTask)
    )


class WritePanel(Component):
    """The way to begin an article."""

    name = "write"
    template_name = "cms/editors/write.html"

    def __init__(self, order: int) -> None:
        self.order = order

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Nothing for who may not add one."""
        return {"place": place_to_write(parent_context["request"].user)}


class RegionPanel(Component):
    """Of a correspondent: the own region in each language, and what is theirs to do."""

    name, order = "region", 40
    template_name = "cms/editors/region.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Nothing for who is correspondent of none."""
        return {"pages": regions_of(parent_context["request"].user)}


class SentBackPanel(Component):
    """What the person is to mend."""

    name, order = "sent_back", 60
    template_name = "cms/editors/sent_back.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The latest of it."""
        return {"pages": sent_back_to(parent_context["request"].user)[:MOST]}


class BegunPanel(Component):
    """What the person has begun."""

    name, order = "begun", 200
    template_name = "cms/editors/begun.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The latest of it."""
        return {"pages": list(begun_by(parent_context["request"].user)[:MOST])}


class Standing(Component):
    """A panel that stays while it holds nothing, and says what comes here."""

    template_name = "cms/editors/nothing_here.html"

    def __init__(self, panel: Component, order: int, heading: Any, says: Any) -> None:
        self.panel, self.name, self.order, self.heading, self.says = panel, panel.name, order, heading, says

    @property
    def media(self) -> Media:
        """What the panel asks for."""
        return self.panel.media

    def render_html(self, parent_context: Any = None) -> str:
        """The panel, or the sentence."""
        html: str = self.panel.render_html(parent_context)
        return html if html.strip() else super().render_html(parent_context)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What the sentence is drawn with."""
        return {"name": self.name, "heading": self.heading, "says": self.says}


@hooks.register("construct_homepage_panels")
def arrange(request: HttpRequest, panels: list[Any]) -> None:
    """What this person works on comes first, and stays where nothing waits."""
    reviews = [panel for panel in panels if panel.name == REVIEWS]
    others = [panel for panel in panels if panel.name != REVIEWS]
    translates = request.user.has_perm(TRANSLATE)
    # Who translates and publishes nothing comes for what waits, and begins a text of their own seldom.
    begins_last = translates and not may_publish(request.user)
    panels[:] = [WritePanel(180 if begins_last else 50), RegionPanel(), SentBackPanel(), *others]
    if may_review(request.user):
        says = _("A page comes here when it is sent to you for review. You are told by mail too.")
        panels += [Standing(panel, 100, _("Awaiting your review"), says) for panel in reviews]
    waiting, begun = WaitingPanel(), BegunPanel()
    if translates:
        says = _(
            "A page comes here when it is published in one language and missing in another, when its "
            "translation is begun, and when its source has changed."
        )
        panels.append(Standing(waiting, waiting.order, _("What waits for translation"), says))
    says = _("What you begin stays here until it is published or sent for review.")
    panels.append(Standing(begun, begun.order, _("What you have begun"), says))


class PagesInMyLanguage(PagesSummaryItem):
    """The pages of the language that the person reads, counted and led to."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Wagtail's own where the person works in another language only."""
        told: dict[str, Any] = super().get_context_data(parent_context)
        own = HomePage.objects.filter(pk__in=pages_of(self.request.user).values("pk"))
        home = own.filter(locale__language_code=get_language()).first()
        if home is not None:
            mine = pages_of(self.request.user).descendant_of(home, inclusive=True)
            told |= {"root_page": home, "total_pages": mine.count()}
        return told


@hooks.register("construct_homepage_summary_items", order=1)
def count_pages_in_my_language(request: HttpRequest, items: list[Any]) -> None:
    """In the place of Wagtail's own, which leads to the home page of the site."""
    items[:] = [PagesInMyLanguage(request) if type(one) is PagesSummaryItem else one for one in items]
