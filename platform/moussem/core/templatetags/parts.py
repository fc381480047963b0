"""The parts pages are made of; a misspelt or missing attribute stops the template from compiling."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moussem.core.parts import draw
from moussem.core.templatetags.icons import ICONS, known

register = template.Library()

TONES = ("neutral", "success", "warning", "danger", "info", "accent")
BUTTONS = ("primary", "secondary", "quiet", "danger", "quiet-danger")
MESSAGE_ICONS = {"info": "info", "success": "check-circle", "warning": "warning", "danger": "danger"}
MARKS = ("declared", "reviewed", "verified")
MOMENTS = {"done": "check-circle", "current": "clock", "coming": "minus", "problem": "danger"}


@register.simple_tag
def button_link(
    *, href: str, label: str, kind: str = "primary", icon: str = "", icon_after: str = "", small: bool = False
) -> SafeString:
    """A link that looks like a button."""
    for name in (icon, icon_after):
        if name:
            known(name, ICONS, "icon")
    return draw(
        "components/button_link.html",
        href=href,
        label=label,
        kind=known(kind, BUTTONS, "kind"),
        icon=icon,
        icon_after=icon_after,
        small=small,
    )


@register.simple_tag
def badge(*, label: str, tone: str = "neutral", icon: str = "", proof: str = "") -> SafeString:
    """A short word about the state of a thing; a claim says in ``proof`` who stands for it."""
    if icon:
        known(icon, ICONS, "icon")
    return draw("components/badge.html", label=label, tone=known(tone, TONES, "tone"), icon=icon, proof=proof)


@register.simple_tag
def mark(*, state: str, by: str = "", on: date | datetime | None = None, subject: str = "") -> SafeString:
    """What was checked, by whom and when: declared, reviewed or verified."""
    words = {
        "declared": pgettext("state of a claim", "Declared"),
        "reviewed": pgettext("state of a claim", "Reviewed"),
        "verified": pgettext("state of a claim", "Verified"),
    }
    known(state, MARKS, "state")
    day = timezone.localdate(on) if isinstance(on, datetime) else on
    return draw("components/mark.html", state=state, word=words[state], by=by, on=day, subject=subject)


@register.simple_block_tag
def message(content: str, *, kind: str = "info", title: str = "") -> SafeString:
    """A message in the page, with its icon and its word."""
    words = {
        "info": _("For information"),
        "success": _("Done"),
        "warning": _("Take care"),
        "danger": _("Problem"),
    }
    known(kind, tuple(words), "kind")
    word = title or words[kind]
    return draw("components/message.html", content=content, kind=kind, icon=MESSAGE_ICONS[kind], word=word)


@register.simple_block_tag
def empty_state(
    content: str, *, title: str, icon: str = "grid", href: str = "", label: str = ""
) -> SafeString:
    """What a list says when it is empty, and what to do next."""
    known(icon, ICONS, "icon")
    return draw(
        "components/empty_state.html", content=content, title=title, icon=icon, href=href, label=label
    )


@register.simple_block_tag
def breadcrumbs(content: str) -> SafeString:
    """The way from the home page to here; holds `crumb` tags."""
    return draw("components/breadcrumbs.html", content=content)


@register.simple_tag
def crumb(*, label: str, href: str = "") -> SafeString:
    """One step of the way; the last one has no address."""
    return draw("components/crumb.html", label=label, href=href)


@register.simple_block_tag
def definition(content: str, *, label: str) -> SafeString:
    """One row of a `<dl class="rows">`: a label and what it stands for."""
    return draw("components/definition.html", content=content, label=label)


class Step(NamedTuple):
    """One step of a journey as it is drawn; its address only where one may go back to it."""

    number: int
    label: str
    href: str
    state: str


@register.simple_tag
def steps(*, items: Iterable[Sequence[str]], current: str) -> SafeString:
    """The steps of a journey: items are (key, label, address or ""), `current` is one of the keys."""
    rows = [(*item, "")[:3] for item in items]
    keys = tuple(row[0] for row in rows)
    here = keys.index(known(current, keys, "current"))
    shown = tuple(
        Step(
            position + 1,
            str(label),
            href if position < here else "",
            "done" if position < here else "current" if position == here else "coming",
        )
        for position, (_key, label, href) in enumerate(rows)
    )
    back = next((step for step in reversed(shown) if step.href), None)
    return draw("components/steps.html", total=len(rows), steps=shown, here=shown[here], back=back)


@register.inclusion_tag("components/timeline.html")
def timeline(*, items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What happened and what comes: items hold title, and may hold when, detail and state."""
    moments = []
    for item in items:
        unknown = set(item) - {"title", "when", "detail", "state"}
        if unknown or "title" not in item:
            raise template.TemplateSyntaxError(f"timeline items hold title, when, detail, state: {item!r}")
        state = known(item.get("state", "done"), tuple(MOMENTS), "state")
        moments.append({**item, "state": state, "icon": MOMENTS[state]})
    return {"items": moments}


@register.inclusion_tag("components/progress_bar.html")
def progress_bar(*, value: float, maximum: float = 100, label: str) -> dict[str, Any]:
    """How far a long job has come."""
    share = round(100 * float(value) / float(maximum)) if maximum else 0
    return {"value": value, "maximum": maximum, "label": label, "share": min(max(share, 0), 100)}
