"""Both languages of a page side by side."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from cms.translations.actions import (
    as_it_is_written,
    decide,
    fill_from_memory,
    keep_typed,
    publish_translation,
    send_to_review,
    take_changes,
    take_into,
)
from cms.translations.addresses import addresses_of
from cms.translations.passages import Passage, grouped, has_changed, passages_of
from cms.translations.rules import may_publish_translation, may_write_translation, sources_for
from cms.translations.turns import APPROVE, REJECT, said_of, steps_of, wanted_of, whose_turn
from cms.translations.wordless import lacks_blocks
from moussem.core.errors import Refusal


def side_by_side(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Read the source, write the translation, send it on. The editing right was looked at before."""
    if request.method == "POST":
        return _act(request, translation, page)
    passages = passages_of(translation)
    source = translation.source.get_source_instance()
    perms = page.permissions_for_user(request.user)
    done = sum(1 for one in passages if one.said and not one.error and not one.is_machine)
    context = {
        "translation": translation,
        "page": page,
        "source": source,
        "groups": list(grouped(passages)),
        "addresses": addresses_of(translation),
        "of": len(passages),
        "done": done,
        "left": len(passages) - done if page.live else 0,
        "machine": sum(one.is_machine for one in passages),
        "has_changed": (changed := has_changed(translation.source, source)),
        "lacks_blocks": not changed and lacks_blocks(translation, page),
        "here": get_language_info(translation.target_locale.language_code),
        "there": get_language_info(translation.source.locale.language_code),
        "page_perms": perms,
        "content_type": page.cached_content_type,
        "is_locked": not may_write_translation(request.user, page),
        "can_publish": may_publish_translation(request.user, page),
        "has_workflow": page.has_workflow,
        "in_review": page.workflow_in_progress,
        "steps": steps_of(page, request.user),
        "turn": whose_turn(page),
        "wanted": wanted_of(page),
        "is_last_step": bool(page.workflow_in_progress and page.current_workflow_state.is_at_final_task),
    }
    return render(request, "cms/translations/side_by_side.html", context)


def _act(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """Whatever button was pressed, what was typed is kept first."""
    try:
        typed = {key: _lines(text) for key, text in request.POST.items()}
        keep_typed(translation, _said(request, translation), typed, by=request.user)
        _go_on(request, translation, request.POST.get("action", "save"))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _go_on(request: HttpRequest, translation: Translation, action: str) -> None:
    """What a button does besides keeping what was typed."""
    if action == "fill":
        count = fill_from_memory(translation, by=request.user)
        messages.success(request, filled(count))
    elif action == "changes":
        take_into(translation, by=request.user)
        said = _("The passages are those of the source now; what reads as before keeps its translation.")
        messages.success(request, said)
    elif action == "review":
        send_to_review(translation, by=request.user)
        messages.success(request, _("Kept, and handed to those who review it."))
    elif action in (APPROVE, REJECT):
        comment = _lines(request.POST.get("comment", ""))
        page = decide(translation, action, by=request.user, comment=comment)
        messages.success(request, said_of(page))
    elif action == "publish":
        published = publish_translation(translation, by=request.user)
        said = _("Published.") if published.live else _("It is published at the minute of its source.")
        messages.success(request, said)
    else:
        messages.success(request, _("Kept."))


def filled(count: int) -> str:
    """What a machine's draft has brought."""
    if not count:
        return _("Nothing of what is left was translated before.")
    said = ngettext(
        "%(count)s passage was drafted; it is marked MT until you confirm it.",
        "%(count)s passages were drafted; each is marked MT until you confirm it.",
        count,
    )
    return said % {"count": count}


def _said(request: HttpRequest, translation: Translation) -> Iterator[tuple[Passage, str]]:
    """What differs from what the translator was shown: two may work on one page."""
    for passage in passages_of(translation):
        typed = _lines(request.POST.get(passage.key, passage.text))
        was_shown = _lines(request.POST.get(f"{passage.key}-was", passage.text))
        if typed != was_shown or (passage.is_machine and _is_confirmed(request, passage)):
            yield passage, typed


def _is_confirmed(request: HttpRequest, passage: Passage) -> bool:
    return f"{passage.key}-read" in request.POST


def _lines(text: str) -> str:
    # No database keeps the sign that ends a text for programs.
    return text.replace("\r\n", "\n").replace("\0", "").strip()


class Submit(SubmitPageTranslationView):
    """A page handed to its translators as it is written now, published or not."""

    def get_object(self) -> Page:
        return as_it_is_written(super().get_object())


def changes(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """The words of a source taken anew, for every language it is translated into."""
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        raise PermissionDenied
    source = get_object_or_404(sources_for(request.user), pk=translation_source_id)
    page = source.get_source_instance()
    if request.method == "POST":
        take_changes(source)
        messages.success(
            request, _("Its translators see what has changed. Readers see it once they publish.")
        )
        return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return render(request, "cms/translations/changes.html", {"page": page, "source": source})
