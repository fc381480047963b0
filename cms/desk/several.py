"""What is done to several pages of a list at once, each as where it is done to it alone."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.models import Locale, Page

from cms.desk.leaving import deleted_with, leaving_with, others_below
from cms.desk.views import named, names_of, say_what_stays_below, say_where_it_stays, where_it_stays
from cms.publication.actions import Published, publish_each
from cms.publication.errors import PageNotReady
from cms.translations.errors import PageGone
from cms.translations.moved import stays_behind
from moussem.core.errors import Refusal
from moussem.core.templatetags.times import with_zone

# More sentences than these are one message with a list in it.
MOST_APART = 5


def topmost(pages: Iterable[Page]) -> list[Page]:
    """These pages without those that stand below another of them, and go wherever it goes."""
    found: list[Page] = []
    for page in sorted(pages, key=lambda page: page.path):
        if not found or not page.path.startswith(found[-1].path):
            found.append(page)
    return found


class PublishingForm(forms.Form):
    include_descendants = forms.BooleanField(required=False, label=_("Publish what is named below them, too"))


class TakingDownForm(forms.Form):
    include_descendants = forms.BooleanField(
        required=False, label=_("Take the pages below them offline, too")
    )


class OfThoseThere:
    """What is done to the pages of a list that are still there; how many are not is said."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the list where none is left of what it showed."""
        asked = request.GET.getlist("id")
        numbers = {int(number) for number in asked if number.isdecimal()}
        if gone := len(numbers) - Page.objects.filter(pk__in=numbers).count():
            said = ngettext(
                "%(count)s page is no longer there: it was deleted meanwhile.",
                "%(count)s pages are no longer there: they were deleted meanwhile.",
                gone,
            )
            messages.warning(request, said % {"count": gone})
            if gone == len(asked):
                return redirect(self.next_url)  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def prepare_action(self, objects: list[Page], objects_without_access: dict[str, list[Page]]) -> Any:
        """What was locked or taken from this person since the question is named: nothing is done to it."""
        without = objects_without_access["items_with_no_access"]
        if left := [page for page in without if self.could_be_done(page)]:
            said = _("Nothing was done to what is locked or not yours: %(pages)s.")
            messages.warning(self.request, said % {"pages": names_of(left)})  # type: ignore[attr-defined]
        return super().prepare_action(objects, objects_without_access)  # type: ignore[misc]

    def could_be_done(self, page: Page) -> bool:
        """Whether there is anything to do to a page, but for locks and rights."""
        return True


class PublishingSeveral(OfThoseThere, PublishBulkAction):
    """Publishes what can be, and names what stays with its reason."""

    form_class = PublishingForm
    told = Published()

    def object_context(self, obj: Page) -> dict[str, Any]:
        """With what would come out below it."""
        context: dict[str, Any] = super().object_context(obj)
        below = [one for one in drafts_below(obj) if self.check_perm(one) and one.pk not in self.chosen]
        # Named below the list, and not counted in it.
        return {**context, "below": below, "draft_descendant_count": 0}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asked whether they come out too where there is one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "has_draft_descendants": any(one["below"] for one in context["items"])}

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        """Wagtail's, kept for what stands below them."""
        found: tuple[list[Page], dict[str, list[Page]]] = super().get_actionable_objects()
        self.chosen = {page.pk for page in found[0]}
        return found

    def execute_action(  # type: ignore[override]
        self, objects: list[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Each by itself; what is chosen and stands below another chosen one comes out once."""
        asked = {page.pk: page for page in objects}
        for page in objects if include_descendants else ():
            asked |= {one.pk: one for one in drafts_below(page) if self.check_perm(one)}
        self.told = publish_each(asked.values(), by=user)
        return len(self.told.out), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Nothing where nothing came out."""
        said = ngettext(
            "%(count)s page was published.", "%(count)s pages were published.", num_parent_objects
        )
        return said % {"count": num_parent_objects} if num_parent_objects else None

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Once it is done, what is to come, what stayed and why, and where readers do not get what is new."""
        answer: HttpResponse = super().form_valid(form)
        for page in self.told.planned:
            day = with_zone(page.scheduled_revision.approved_go_live_at)
            messages.success(self.request, named(page, _("It comes out on %(day)s.") % {"day": day}))
        if stayed := self.told.stayed:
            said = ngettext(
                "%(count)s page was not published. What was written in it is kept.",
                "%(count)s pages were not published. What was written in them is kept.",
                len(stayed),
            )
            messages.error(self.request, said % {"count": len(stayed)})
        reasons = [reason_of(page, refusal) for page, refusal in stayed]
        for told in reasons if len(reasons) <= MOST_APART else [in_a_list(reasons)]:
            messages.warning(self.request, told)
        done = [*self.told.out, *self.told.planned]
        for page in done:
            say_where_it_stays(self.request, page, is_one_of_several=len(done) > 1)
        return answer


def reason_of(page: Page, refusal: Refusal) -> str:
    """Why a page stayed, with its name where the sentence does not say it."""
    if isinstance(refusal, PageNotReady):
        # What was written is kept in each of them: that is said once, of all.
        return named(page, refusal.facts["reasons"])
    return refusal.message if "title" in refusal.facts else named(page, refusal.message)


def in_a_list(told: Iterable[str]) -> SafeString:
    """Many sentences as one message."""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in told)))


def drafts_below(page: Page) -> list[Page]:
    """What stands below a page, and readers do not see."""
    # What only shows what another page does comes out with that one.
    found = page.get_descendants().not_live().filter(alias_of=None).defer_streamfields()
    return list(found.specific())


class Accompanied(OfThoseThere):
    """What is taken from its readers in several pages, with the languages that go with each."""

    gone: Sequence[tuple[Page, str, set[int]]] = ()
    also: Any = ""

    def prepare_action(self, objects: list[Page], objects_without_access: Any) -> Any:
        """Named before anything is taken: afterwards nothing is left to be named."""
        self.gone = [
            (page, self.languages_with(page, objects), others_below(page, besides=objects))
            for page in objects
        ]
        return super().prepare_action(objects, objects_without_access)  # type: ignore[misc]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Afterwards with the languages that went, too."""
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        for page, languages, below in self.gone:
            if languages:
                told = self.also % {"languages": languages}
                messages.warning(self.request, named(page, told))  # type: ignore[attr-defined]
            if count := Page.objects.filter(pk__in=below, live=False).count():
                told = ngettext(
                    "Of the pages below it, also offline in another language: %(count)s page.",
                    "Of the pages below it, also offline in other languages: %(count)s pages.",
                    count,
                )
                said = named(page, told % {"count": count})
                messages.warning(self.request, said)  # type: ignore[attr-defined]
        return answer

    def languages_with(self, page: Page, objects: list[Page]) -> str:
        """The languages that go with a page."""
        return leaving_with(page, besides=objects).gone


class TakingDownSeveral(Accompanied, UnpublishBulkAction):
    """Takes each down once, whatever stands below another one."""

    form_class = TakingDownForm
    kept: Sequence[Page] = ()
    also = _("Also offline, until it is published again: %(languages)s. Who translated it hears of it.")

    def could_be_done(self, page: Page) -> bool:
        """Nobody takes offline what is offline already."""
        return bool(page.live)

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        """The lowest first, so that none is found again below another."""
        found, others = super().get_actionable_objects()
        return (sorted(found, key=lambda page: -page.depth) if self.cleaned_form else found), others

    def object_context(self, page: Page) -> dict[str, Any]:
        """With how many would go below it."""
        going = [one for one in page.get_descendants().live() if self.check_perm(one)]
        return {**super().object_context(page), "live_descendant_count": len(going)}

    def execute_action(  # type: ignore[override]
        self, objects: list[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Each once; what stands below and may not be taken from its readers stays."""
        count = 0
        kept: dict[int, Page] = {}
        for page in objects:
            below = page.get_descendants().live().defer_streamfields().specific()
            fixed = [one for one in below if not self.check_perm(one)]
            going = [one for one in below if one not in fixed] if include_descendants else []
            for one in [page, *going]:
                one.unpublish(user=user)
            count += 1 + len(going)
            # Where all that stands below is locked, nobody was asked about it.
            if include_descendants or len(fixed) == len(below):
                kept |= {one.pk: one for one in fixed}
        self.kept = list(kept.values())
        return count, 0

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Afterwards with what stayed below them."""
        answer: HttpResponse = super().form_valid(form)
        say_what_stays_below(self.request, self.kept)
        return answer

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Of all of them together."""
        count = num_parent_objects + num_child_objects
        if not count:
            said = _("Nothing was changed: what you chose is offline already, or locked.")
            messages.info(self.request, said)
            return None
        said = ngettext("%(count)s page was taken offline.", "%(count)s pages were taken offline.", count)
        return said % {"count": count}


class DeletingSeveral(Accompanied, DeleteBulkAction):
    """Deletes each tree once."""

    also = _("Also offline, kept as a page of its own: %(languages)s. Who translated it hears of it.")

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        """Without what is deleted with another one."""
        found, others = super().get_actionable_objects()
        return topmost(found), others

    def execute_action(  # type: ignore[override]
        self, objects: list[Page], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Each as it stands by now; what somebody else has deleted is gone as it should be."""
        trees = below = 0
        for page in objects:
            if (now := Page.objects.filter(pk=page.pk).first()) is None:
                continue
            count = now.get_descendant_count()
            try:
                now.delete(user=user)
            except PageGone:
                continue
            trees, below = trees + 1, below + count
        return trees, below

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Of all of them together, with what stood below them."""
        count = num_parent_objects + num_child_objects
        said = ngettext("%(count)s page was deleted.", "%(count)s pages were deleted.", count)
        return said % {"count": count} if count else None

    def languages_with(self, page: Page, objects: list[Page]) -> str:
        """The languages that go with a page, and are not deleted themselves."""
        return deleted_with(page, besides=objects).gone


class MovingSeveral(OfThoseThere, MoveBulkAction):
    """Moves each tree once, and names the languages that stay."""

    left: Sequence[tuple[Page, list[Locale]]] = ()

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        """Without what goes along with another one."""
        found, others = super().get_actionable_objects()
        return topmost(found), others

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Of those that were chosen; what stands below goes along."""
        said = ngettext("%(count)s page was moved.", "%(count)s pages were moved.", num_parent_objects)
        return said % {"count": num_parent_objects} if num_parent_objects else None

    def prepare_action(self, pages: list[Page], pages_without_access: Any) -> Any:
        """What has no place to go to in its language, found while it stands where it stood."""
        there = self.cleaned_form.cleaned_data["chooser"]
        self.left = [(page, stays_behind(page, page.get_parent(), there)) for page in pages]
        return super().prepare_action(pages, pages_without_access)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """All of them or none; what stays in its language is named."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except Refusal as refusal:
            messages.error(self.request, refusal.message)
            return redirect(self.next_url)
        for page, left in self.left:
            # Where the form comes back, nothing was moved.
            if left and answer.status_code == HTTPStatus.FOUND:
                messages.warning(self.request, named(page, where_it_stays(left)))
        return answer


# After Wagtail's own, which they replace.
for kind in (PublishingSeveral, TakingDownSeveral, DeletingSeveral, MovingSeveral):
    hooks.register("register_bulk_action", kind, order=1)
