"""Icons of the sprite `core/img/icons.svg`, and the words that carry them."""

from functools import lru_cache

from django import template
from django.template import TemplateSyntaxError
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

ICON_NAMES = """
    applause arrow-back arrow-forward bank basket bookmark building calendar camera camera-off card
    certificate chart chat check check-circle chevron-down chevron-forward clock close copy danger
    declared document download edit external eye filter globe grid hang-up heart idea info key lab
    language leaf lock mail menu microphone microphone-off minus package people phone pin plane plus
    qr reviewed search settings ship sign-out smile sound swap trash truck upload user verified
    warning
"""
ICONS = frozenset(ICON_NAMES.split())
# These point along the line of reading, so they turn round in a right-to-left page.
DIRECTIONAL = frozenset(
    [
        "arrow-back",
        "arrow-forward",
        "chevron-forward",
        "external",
        "sign-out",
        "truck",
        "plane",
        "chat",
        "sound",
    ]
)
SILENT = SafeString('aria-hidden="true" focusable="false"')


def known(value: str, allowed: frozenset[str] | tuple[str, ...], attribute: str) -> str:
    """The value itself where it is allowed; a template error naming the choices where it is not."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{attribute}={value!r} is not one of: {', '.join(sorted(allowed))}")
    return value


@register.simple_tag
def icon(name: str, *, label: str = "", large: bool = False) -> SafeString:
    """One icon of the sprite; silent for screen readers unless it is given a label."""
    return _drawn(name, str(label), large)


# A list of products draws some hundred icons, nearly all of them the same.
@lru_cache(maxsize=512)
def _drawn(name: str, label: str, large: bool) -> SafeString:
    known(name, ICONS, "icon")
    classes = " ".join(
        ["icon", *(["icon--directional"] if name in DIRECTIONAL else []), *(["icon--large"] if large else [])]
    )
    said = format_html('role="img" aria-label="{}"', label) if label else SILENT
    # The size given here serves pages without our style sheets, such as the staff's.
    return format_html(
        '<svg class="{}" width="20" height="20" {}><use href="{}#{}"></use></svg>',
        classes,
        said,
        static("core/img/icons.svg"),
        name,
    )
