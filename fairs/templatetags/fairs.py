from collections.abc import Sequence

from babel.dates import get_timezone_location
from django import template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from moussem.core.models import LogEntry
from moussem.core.templatetags.figures import locale
from moussem.organisations.states import SpokenLanguage

register = template.Library()
SAID = {
    "started": _("The fair was started"),
    "cloned": _("Cloned from another edition"),
    "planned": _("Days and hours were set"),
    "texts_changed": _("Texts were changed"),
    "deadline_set": _("A deadline was set"),
    "category_kept": _("A category was set"),
    "category_deleted": _("A category was deleted"),
    "question_kept": _("A question was set"),
    "question_deleted": _("A question is asked no more"),
    "session_planned": _("A session was planned"),
    "session_called_off": _("A session was cancelled"),
    "session_restored": _("A session is held after all"),
    "session_deleted": _("A session was deleted"),
    "programme_released": _("The programme was released"),
    "track_kept": _("A track was set"),
    "track_deleted": _("A track was deleted"),
    "room_kept": _("A room was set"),
    "room_deleted": _("A room was deleted"),
    "speaker_kept": _("A speaker was set"),
    "speaker_deleted": _("A speaker was deleted"),
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


@register.simple_tag
def spoken(codes: Sequence[str]) -> str:
    """Languages by their names in the reader's language."""
    names = dict(SpokenLanguage.choices)
    return pgettext("between items of a list", ", ").join(str(names[code]) for code in codes if code in names)
