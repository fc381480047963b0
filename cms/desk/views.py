"""Where a page is written: Wagtail's own views, with our letters and our checks."""

from collections.abc import Iterable, Sequence
from typing import Any

from babel.lists import format_list
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext
from wagtail.admin.messages import validation_error
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel, ChecksSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Locale, Page

from cms.desk.guards import back_to_the_desk
from cms.desk.leaving import deleted_with, leaving_with
from cms.publication.errors import OwnPage, ReasonMissing
from cms.publication.findings import errors_of, inspect, sentence
from cms.publication.letters import say_what_was_commented
from cms.publication.models import require_another
from cms.publication.rules import require_not_over
from cms.translations.actions import in_pace
from cms.translations.minutes import lost_with
from cms.translations.moved import goes_along, stays_behind
from cms.translations.turns import APPROVE, said_of, wanted_of
from cms.translations.wordless import left_behind
from moussem.core.errors import Refusal
from moussem.core.templatetags.figures import locale

# What a page that is written for the first time was not; by then it may be kept as a draft.
REFUSED = {
    "submit": _(
        "The page was not handed in: what is missing or wrong in it is marked below. What you typed is not "
        "lost; mend it, then hand it in again."
    ),
    "publish": _(
        "The page was not published: what is missing or wrong in it is marked below. What you typed is not "
        "lost; mend it, then publish it again."
    ),
}


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


class SavesInPassing:
    """A draft is kept while somebody writes, and refused while a block is half written."""

    def get_side_panels(self) -> MediaContainer:
        """Without the checks of Wagtail, which would find nothing where ours do."""
        panels = super().get_side_panels()  # type: ignore[misc]
        return MediaContainer([panel for panel in panels if not isinstance(panel, ChecksSidePanel)])

    def form_invalid(self, form: Any) -> HttpResponse:
        """The fields of its minutes stand in a window of their own: what is wrong there is said above too."""
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if not self.expects_json_response and not form.non_field_errors():  # type: ignore[attr-defined]
            said = (text for name in ("go_live_at", "expire_at") for text in form.errors.get(name, ()))
            for text in dict.fromkeys(said):
                messages.error(self.request, text)  # type: ignore[attr-defined]
        return answer

    def json_error_response(self, error_code: str, error_message: str) -> JsonResponse:
        """That is no fault: what asked shows the sentence, and a browser would write a fault into its log."""
        answer: JsonResponse = super().json_error_response(error_code, error_message)  # type: ignore[misc]
        if error_code == "validation_error":
            answer.status_code = 200
        return answer


def warn(request: HttpRequest, page: Page) -> None:
    """Whoever sends a page on hears what its publisher would be refused."""
    if page.current_workflow_task and (reasons := errors_of(page.get_latest_revision_as_object())):
        said = _("It goes on its way, but not to readers before this is mended: %(reasons)s")
        messages.warning(request, said % {"reasons": " ".join(reasons)})


def say_where_it_stays(request: HttpRequest, page: Page, *, is_one_of_several: bool = False) -> None:
    """Whoever publishes a page hears in which languages readers do not get what is new in it."""
    page = page.specific_class.objects.filter(pk=page.pk).first()
    if page is None:
        # Deleted since, by somebody else.
        return
    is_out, told = page.live and not page.has_unpublished_changes, []
    if (is_out or page.scheduled_revision) and (left := left_behind(page)):
        said = _("Readers still see it as it was in: %(languages)s. It waits there for who translates it.")
        told.append(said % {"languages": _names_of(left)})
    if is_out and (lost := [one.locale for one in lost_with(page).select_related("locale")]):
        said = _(
            "It did not come back in: %(languages)s. It is not whole there any more: it waits for who "
            "translates it to complete and publish it, and readers get it in another language meanwhile."
        )
        told.append(said % {"languages": _names_of(lost)})
    for one in told:
        messages.warning(request, named(page, one) if is_one_of_several else one)


def named(page: Page, told: Any) -> str:
    """A sentence with the page of a list that it is said of."""
    facts = {"page": page.get_admin_display_title(), "told": told}
    return pgettext("a page and what is said of it", "%(page)s: %(told)s") % facts


def where_it_stays(left: list[Locale]) -> str:
    """That a page was not moved in some languages, and why."""
    said = _("It stays where it was in: %(languages)s. The place is not there in that language.")
    return str(said % {"languages": _names_of(left)})


def names_of(pages: Iterable[Page]) -> str:
    """Pages by their names, as a list within a sentence."""
    return format_list([page.get_admin_display_title() for page in pages], locale=locale())


def say_what_stays_below(request: HttpRequest, pages: Sequence[Page]) -> None:
    """Whoever takes pages from their readers hears what stands below them and stays."""
    if pages:
        said = ngettext(
            "%(count)s page below stays online, since it is locked or not yours to take offline: %(pages)s.",
            "%(count)s pages below stay online, since they are locked or not yours to take offline: "
            "%(pages)s.",
            len(pages),
        )
        messages.warning(request, said % {"count": len(pages), "pages": names_of(pages)})


def _names_of(languages: list[Locale]) -> str:
    return format_list([one.get_display_name() for one in languages], locale=locale())


class Beginning(CreateView):
    """Wagtail's, saying what was not done with a page that is not in order yet."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Not that it could not be created: a browser keeps a draft of it at the next moment."""
        if self.expects_json_response or self.action_name not in REFUSED:
            return super().form_invalid(form)
        validation_error(self.request, REFUSED[self.action_name], form)
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())


class FirstDesk(SavesInPassing, Beginning):
    """Where every kind of page is begun."""

    def submit_action(self) -> HttpResponse:
        """Sent on in any state, with a word of what keeps it from readers."""
        answer = super().submit_action()
        warn(self.request, self.page)
        return answer

    @transaction.atomic
    def publish_action(self) -> HttpResponse:
        """No reader's before it is checked: Wagtail would put it into the tree as published."""
        self.form.instance.live = False
        return super().publish_action()


class Desk(SavesInPassing, EditView):
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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whose turn it would be hears why they approve nothing; who mends it, what is to be mended."""
        if not self.expects_json_response:
            self._say_whether_another_approves(messages.INFO)
            try:
                require_not_over(self.page)
            except Refusal as refusal:
                messages.warning(request, refusal.message)
            if wanted := wanted_of(self.page):
                messages.warning(request, str(wanted))
        return super().get(request, *args, **kwargs)

    def workflow_action_is_valid(self) -> bool:
        """One's own page is kept, and not approved."""
        is_valid: bool = super().workflow_action_is_valid()
        if not is_valid and self.workflow_action == APPROVE:
            self._say_whether_another_approves(messages.ERROR)
        return is_valid

    def _say_whether_another_approves(self, level: int) -> None:
        try:
            require_another(self.page, self.request.user)
        except OwnPage as refusal:
            messages.add_message(self.request, level, refusal.message)

    def publish_action(self) -> HttpResponse:
        """Wagtail's own goes past ``OurPage.publish``; what was checked, other languages follow here too."""
        with in_pace(self.page, by=self.request.user):
            answer = super().publish_action()
        say_where_it_stays(self.request, self.page)
        return answer

    def submit_action(self) -> HttpResponse:
        """Sent on in any state, with a word of what keeps it from readers."""
        answer = super().submit_action()
        warn(self.request, self.page)
        return answer

    def perform_workflow_action(self) -> HttpResponse:
        """The last approval publishes, so it may be turned back."""
        try:
            return super().perform_workflow_action()
        except Refusal as refusal:
            return back_to_the_desk(self.request, self.page, refusal)

    def add_save_confirmation_message(self) -> None:
        """After a decision what was decided, and who is next."""
        if self.action_name != "perform_workflow_action":
            super().add_save_confirmation_message()
            return
        messages.success(self.request, said_of(self.page))
        warn(self.request, self.page)
        say_where_it_stays(self.request, self.page)


class Decision(WorkflowActionView):
    """Approving or sending back from a list."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody approves the own page as its editor."""
        try:
            if self.action_name == APPROVE:
                require_another(self.object, request.user)
        except OwnPage as refusal:
            return self._back(refusal)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The last approval publishes, so it may be turned back; what goes back does with a reason."""
        in_passing = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if not self.form_class(request.POST).is_valid():
            refusal = ReasonMissing(title=self.object.get_admin_display_title())
            return super().post(request, *args, **kwargs) if in_passing else self._back(refusal)
        try:
            answer = super().post(request, *args, **kwargs)
        except Refusal as refusal:
            return self._back(refusal)
        messages.success(request, said_of(self.object))
        warn(request, self.object)
        say_where_it_stays(request, self.object)
        return answer

    def _back(self, refusal: Refusal) -> HttpResponse:
        answer = back_to_the_desk(self.request, self.object, refusal)
        if self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(self.request, {"step": "success", "redirect": answer["Location"]})
        return answer


class TakingDown(UnpublishView):
    """The question before a page is taken from its readers, with the languages that go with it."""

    template_name = "cms/editors/unpublish.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Named before anything is taken down: afterwards nothing is left to be named."""
        self.leaving = leaving_with(self.object)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Afterwards with what was to go below it, and stays."""
        answer = super().post(request, *args, **kwargs)
        if request.POST.get("include_descendants"):
            say_what_stays_below(request, list(self.object.get_descendants().live()))
        return answer

    def get_success_message(self) -> str:
        """With the languages that went, too."""
        said: str = super().get_success_message()
        if not self.leaving.gone:
            return said
        told = _("Also offline, until it is published again: %(languages)s. Who translated it hears of it.")
        return f"{said} {told % {'languages': self.leaving.gone}}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The languages that go with it, or else those that stay."""
        return {**super().get_context_data(**kwargs), "leaving": self.leaving}


class Deleting(DeleteView):
    """The question before a page is deleted, with what readers lose beside it."""

    template_name = "cms/editors/delete.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Afterwards with the languages that went, too."""
        gone = deleted_with(self.page).gone
        answer = super().post(request, *args, **kwargs)
        if gone and not Page.objects.filter(pk=self.page.pk).exists():
            said = _("Also offline, kept as a page of its own: %(languages)s. Who translated it hears of it.")
            messages.warning(request, said % {"languages": gone})
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The languages that go with it, or else those that stay."""
        return {**super().get_context_data(**kwargs), "leaving": deleted_with(self.page)}


class Moving(MoveConfirmView):
    """The question before a page is moved, and the move, with the languages that go along."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What has no place to go to in its language stays, and is named."""
        left = stays_behind(self.page_to_move, self.page_to_move.get_parent(), self.destination)
        try:
            answer = super().post(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("wagtailadmin_pages:move", self.page_to_move.pk)
        if left:
            messages.warning(request, where_it_stays(left))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many go along."""
        along = goes_along(self.page_to_move, self.page_to_move.get_parent(), self.destination)
        return {**super().get_context_data(**kwargs), "translations_to_move_count": len(along)}


class Found(SearchView):
    """Pages that were searched for, counted as pages."""

    verbose_name = Page._meta.verbose_name
    verbose_name_plural = Page._meta.verbose_name_plural


class PagesOfTheHouse(PageViewSet):
    """What Wagtail does with pages, with our desk in the place of its own."""

    model = Page
    add_view_class = FirstDesk
    edit_view_class = Desk
    search_view_class = Found
    unpublish_view_class = TakingDown
    delete_view_class = Deleting
    move_confirm_view_class = Moving
    workflow_action_view_class = Decision


pages_of_the_house = PagesOfTheHouse("pages_of_the_house")
