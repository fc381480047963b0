from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from fairs.applications.deadlines import closes_at
from fairs.applications.states import ApplicationState
from fairs.editions.forms import DIRECTIONS, HOME_ZONE
from fairs.editions.models import Edition
from fairs.guests.states import GuestState
from fairs.sessions.clocks import differ
from moussem.core.models import LogEntry
from moussem.core.templatetags.figures import number_text
from moussem.core.templatetags.times import clock_of, offset_of, place_of
from moussem.core.text import isolated
from moussem.organisations.states import SpokenLanguage

register = template.Library()
TONES = {
    ApplicationState.ACCEPTED.value: "success",
    GuestState.ADMITTED.value: "success",
    ApplicationState.DRAFT.value: "info",
    ApplicationState.SENT.value: "info",
    ApplicationState.WAITING.value: "warning",
    ApplicationState.REFUSED.value: "danger",
}
SAID = {
    "started": _("The fair was started"),
    "cloned": _("Cloned from another edition"),
    "planned": _("Days and hours were set"),
    "texts_changed": _("Texts were changed"),
    "deadline_set": _("A deadline was set"),
    "deadline_deleted": _("A deadline was deleted"),
    "category_kept": _("A category was set"),
    "category_deleted": _("A category was deleted"),
    "question_kept": _("A question was set"),
    "question_deleted": _("A question is asked no more"),
    "rubric_set": _("The rubric was set"),
    "juror_invited": _("A reviewer was asked"),
    "juror_dismissed": _("A reviewer left the jury"),
    "selection_planned": _("Places and quotas were set"),
    "decided": _("The selection was decided"),
    "place_given_back": _("A place became free"),
    "places_filled": _("A free place went to who waited first"),
    "hosting_planned": _("The plan of hosted buyers was set"),
    "announced": _("Something was announced"),
    "announcement_taken_back": _("An announcement was taken back"),
    "report_frozen": _("The figures stand fast"),
    "results_frozen": _("The orders of the report stand fast"),
    "report_asked_for": _("The report was asked for as a file"),
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
    "door_opened": _("A door was added"),
    "door_changed": _("A door was changed"),
    "door_closed": _("A door was given up"),
    "keeper_named": _("A door keeper was named"),
    "keeper_dismissed": _("A door keeper was taken out"),
    "badge_key_rotated": _("The key of the badges was changed"),
    "badges_printed": _("All badges were drawn"),
    "moved.open": _("Announced"),
    "moved.running": _("Began"),
    "moved.closed": _("Closed"),
    "moved.archived": _("Put into the archive"),
    "moved.withdrawn": _("Withdrawn"),
}
STANDING = {
    ApplicationState.SENT: "accent",
    ApplicationState.ACCEPTED: "success",
    ApplicationState.WAITING: "warning",
}


@register.simple_tag
def zone_name(zone: str) -> str:
    """The place whose clocks a zone is, in the reader's language: Casablanca, الدار البيضاء."""
    return place_of(zone)


@register.simple_tag
def moment_at(moment: datetime, edition: Edition, reader: Any) -> str:
    """A moment by the clocks of a fair, and beside it by the reader's own where they show another hour."""
    zones = filter(None, (edition.time_zone, _own_zone(moment, edition, reader)))
    return pgettext("between items of a list", ", ").join(
        f"{date_format(moment.astimezone(ZoneInfo(zone)), 'DATETIME_FORMAT')} ({clock_of(zone)})"
        for zone in zones
    )


@register.simple_tag
def ends_for(day: date | None, edition: Edition, reader: Any) -> str:
    """When the end of a day at a fair is by the reader's own clocks; nothing where they show the same."""
    ends = closes_at(day, edition.time_zone) if day else None
    zone = _own_zone(ends, edition, reader) if ends else ""
    if not zone:
        return ""
    moment = date_format(ends.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    said = gettext("For you that is until %(moment)s (%(clock)s).")
    return said % {"moment": moment, "clock": clock_of(zone)}


def _own_zone(moment: datetime, edition: Edition, reader: Any) -> str:
    own = getattr(reader, "time_zone", "")
    return own if own and differ(moment, edition.time_zone, own) else ""


@register.simple_tag
def hours_said(edition: Edition, own: str = "") -> str:
    """By whose clocks the hours of a fair are told; Morocco's are one, in whichever town it is held."""
    zone, beside = zone_name(edition.time_zone), zone_name(own) if own else ""
    if edition.time_zone != HOME_ZONE:
        if own:
            said = gettext("Hours as the clocks of %(zone)s show them; beside them those of %(own)s")
        else:
            said = gettext("Hours as the clocks of %(zone)s show them")
    elif own:
        said = gettext("Moroccan time (%(offset)s); beside it the hours of %(own)s")
    else:
        said = gettext("Moroccan time (%(offset)s)")
    begins = datetime.combine(edition.starts_on, time(12), ZoneInfo(edition.time_zone))
    return said % {"zone": zone, "own": beside, "offset": isolated(offset_of(begins))}


@register.filter
def initials(name: str) -> str:
    """What is drawn in the place of somebody's picture: Fatima Aït Taleb, FA."""
    return "".join(word[0] for word in name.split()[:2])


@register.filter
def tone(state: str) -> str:
    """The colour in which a registration or an application says how it stands."""
    return TONES.get(state, "neutral")


@register.inclusion_tag("fairs/parts/fields.html")
def fields_of(fields: Iterable[Any]) -> dict[str, Any]:
    """Fields below each other; of a text in three languages the first stands, and the others are folded."""
    seen = (field for field in fields if not field.is_hidden)
    groups = [list(group) for _name, group in groupby(seen, key=_text_of)]
    return {"groups": [(first, others, any(map(_is_open, others))) for first, *others in groups]}


def _text_of(field: Any) -> str:
    name, _dash, code = field.name.rpartition("_")
    return name if code in DIRECTIONS else field.name


def _is_open(field: Any) -> bool:
    """Whether a field must be seen: it is needed, refused, or stands otherwise than it was shown."""
    return bool(field.field.required or field.errors or getattr(field, "otherwise", None))


@register.simple_tag
def said_of(entry: LogEntry) -> str:
    """A line of an edition's log in words."""
    return str(SAID.get(entry.verb, entry.verb))


@register.simple_tag
def spoken(codes: Sequence[str]) -> str:
    """Languages by their names in the reader's language."""
    names = dict(SpokenLanguage.choices)
    return pgettext("between items of a list", ", ").join(str(names[code]) for code in codes if code in names)


@register.simple_tag
def filled_bar(done: int, of: int) -> SafeString:
    """So many of so many as a bar; the figures stand beside it in words."""
    bar = '<meter class="filled" min="0" max="{}" value="{}" aria-hidden="true"></meter>'
    return format_html(bar, max(of, 1), min(done, of))


@register.simple_tag
def application_counts(counts: dict[str, int]) -> list[tuple[str, int]]:
    """How many applications stand where; where none stands is left out."""
    return [(one.label, counts[one]) for one in ApplicationState if counts.get(one)]


@register.filter
def tone_of(state: str) -> str:
    """The tone of the badge that says where an application stands."""
    return STANDING.get(state, "neutral")


@register.simple_tag
def score_bar(score: float) -> SafeString:
    """A score from 0 to 100 as a bar with its figure."""
    bar = '<meter class="score" min="0" max="100" value="{}">{}</meter> <span class="amount">{}</span>'
    return format_html(bar, f"{score:.1f}", f"{score:.1f}", number_text(score))
