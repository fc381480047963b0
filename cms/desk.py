"""Where a page is written: Wagtail's own views, with our letters and our checks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from cms.actions.notices import say_what_was_commented
from cms.gate import turn_back
from cms.inspection import inspect, sentence
from moussem.core.errors import Refusal


class FindingsPanel(BaseSidePanel):
    """What the checks find, beside the page."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Before publishing")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """The number on the toggle is that of what keeps the page from its readers."""
            errors = [finding for finding in self.panel.findings if finding.is_error]
            return {**super().get_context_data(parent_context), "count": len(errors)}

    name = "findings"
    title = _("Before publishing")
    template_name = "cms/editors/findings.html"
    order = 340

    def __init__(self, page: Page, request: HttpRequest) -> None:
        self.findings = inspect(page)
        super().__init__(page, request)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The findings in sentences, errors apart."""
        return {
            **super().get_context_data(parent_context),
            "errors": [sentence(one) for one in self.findings if one.is_error],
            "remarks": [sentence(one) for one in self.findings if not one.is_error],
        }


class Desk(EditView):
    """The edit view of every kind of page."""

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's, and what the checks find; a save in passing draws neither anew."""
        panels = [*super().get_side_panels()]
        if not self.expects_json_response and not self.hydrate_create_view:
            panels.append(FindingsPanel(self.page, self.request))
        return MediaContainer(panels)

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """Into the outbox, in the language of each reader, and never while the request waits."""
        say_what_was_commented(self.page, changes, actor=self.request.user)

    def perform_workflow_action(self) -> HttpResponse:
        """The last approval publishes, so it may be turned back."""
        try:
            return super().perform_workflow_action()
        except Refusal:
            return turn_back(self.request, self.page) or self.redirect_and_remain()


class Decision(WorkflowActionView):
    """Approving or sending back from a list."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The last approval publishes, so it may be turned back."""
        try:
            return super().post(request, *args, **kwargs)
        except Refusal:
            answer = turn_back(request, self.object.get_latest_revision_as_object())
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": answer["Location"]})
            return answer


class PagesOfTheHouse(PageViewSet):
    """What Wagtail does with pages, with our desk in the place of its own."""

    model = Page
    edit_view_class = Desk
    workflow_action_view_class = Decision


pages_of_the_house = PagesOfTheHouse("pages_of_the_house")
