"""How the editors' rooms look, and how they start without a script inside the page."""

import json
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail import hooks
from wagtail.admin.widgets.chooser import BaseChooser

from cms.desk.errors import SignedOut

# What leads outside: to Wagtail's own news and to its guide in English.
OUTSIDE = ("whats-new-in-wagtail", "editor-guide")


def render_chooser(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """A chooser with the words that start it beside it, in the place of a script."""
    number = (attrs or {})["id"]
    chosen = self.get_value_data(value)
    options = json.dumps(self.get_js_init_options(number, name, chosen))
    start = render_to_string(
        "cms/editors/start.html", {"what": self.js_constructor, "on": number, "options": options}
    )
    return mark_safe(self.render_html(name, chosen, attrs) + start)  # noqa: S308


def start_choosers_beside() -> None:
    """Every chooser there is, whichever app made it: Wagtail has no place to say so."""
    BaseChooser.render = render_chooser


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """Our tokens, and what they mean for Wagtail."""
    sheets = ("core/css/tokens.css", "cms/css/editors.css", "cms/css/messages.css")
    return SafeString("").join(
        format_html('<link rel="stylesheet" href="{}">', static(sheet)) for sheet in sheets
    )


@hooks.register("insert_global_admin_js")
def our_starters() -> SafeString:
    """What starts the choosers."""
    return format_html(
        '<script src="{}" data-image-chooser="{}" data-document-chooser="{}" '
        'data-page-chooser="{}"></script>',
        static("cms/js/starters.js"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailadmin_choose_page"),
    )


@hooks.register("insert_editor_js")
def sent_safely() -> SafeString:
    """What waits for a draft that is kept in passing, and for who is signed out to be signed in again."""
    return render_to_string("cms/editors/drafts.html", {"signed_out": SignedOut().message})


@hooks.register("construct_help_menu")
def nothing_from_outside(request: Any, items: list[Any]) -> None:
    """Help is what is here."""
    items[:] = [item for item in items if not item.name.startswith(OUTSIDE)]
