from babel.dates import get_timezone_location
from django import template
from django.utils.translation import gettext_lazy as _

from moussem.core.models import LogEntry
from moussem.core.templatetags.figures import locale

register = template.Library()
SAID = {
    "started": _("The fair was started"),
    "cloned": _("Cloned from another edition"),
    "planned": _("Days and hours were set"),
    "texts_changed": _("Texts were changed"),
    "moved.open": _("Announced"),
    "moved.running": _("Began"),
    "moved.closed": _("Closed"),
    "moved.archived": _("Put into the archive"),
}


@register.simple_tag
def zone_name(zone: str) -> str:
    """The place whose clocks a zone is, in the reader's language: Casablanca, الدار البيضاء."""
    return get_timezone_location(zone, locale=locale(), return_city=True)


@register.simple_tag
def said_of(entry: LogEntry) -> str:
    """A line of an edition's log in words."""
    return str(SAID.get(entry.verb, entry.verb))
