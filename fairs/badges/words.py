"""What a door says for each code: the same sentences on the server and in the page of a device."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from moussem.core.text import isolated, pick

# {since}, {opens}, {door} are filled by whoever shows the sentence, such as a page without a network.
SENTENCES = {
    "in": _("First entry to this fair."),
    "again": _("This badge was inside before, and had left."),
    "hall": _("Inside this fair already, and comes into this hall now."),
    "quick": _(
        "Came in at {since} by {door} without leaving: sooner than anybody walks here. Look whose badge "
        "it is."
    ),
    "out": _("This badge may come back in."),
    "inside": _("Entered at {since} by {door} and has not left."),
    "not_inside": _("This badge is not inside: nothing to check out."),
    "revoked": _("This badge was revoked. Send the person to the organiser’s desk."),
    "expired": _("This badge has expired: its edition is over."),
    "role": _("This door is not for this kind of badge. Show the way to another door."),
    "not_open": _("Not yet open: this door opens for this badge on {opens}."),
    "closed": _("Closed: no more hours of this edition are to come."),
    "unknown": _("No badge has this number. Read it again, or send the person to the organiser’s desk."),
    "empty": _("Nothing was typed. Type the number of the badge, or hold its code before the camera."),
    "forged": _("Forged or damaged: the signature is not ours. Do not let in; type the number to be sure."),
    "old_key": _("This code is out of date. The person shows it anew on their page, or you type the number."),
    "other_edition": _("This badge is of another edition."),
    "unreadable": _("This is no badge of ours. Try again, or type the number."),
    "not_issued": _("This badge had not been issued yet at that moment."),
    "too_old": _("The device told this long after it was heard last: it should have told it then."),
    "kept_out": _("Was not let in: the device knew no better. Scan once more."),
}

# Where a scan was kept without its facts, the same is said without them.
FACTS = ("since", "door", "opens")
WITHOUT_FACTS = {
    "quick": _("Came in by another door just before, without leaving. Look whose badge it is."),
    "inside": _("Is inside already and has not left."),
    "not_open": _("Not yet open for this badge."),
}


def sentence_of(code: str, about: Mapping[str, Any], zone: str) -> str:
    """The sentence of an answer in the active language, its moments in the zone of the fair."""
    told = {name: str(value) for name, value in about.items()}
    if door := about.get("door"):
        # Older scans kept one name, whoever reads it. One in Latin letters keeps its order within Arabic.
        told["door"] = isolated(pick(**door) if isinstance(door, Mapping) else str(door))
    if "since" in about:
        told["since"] = time_format(_there(about["since"], zone), "H:i")
    if "opens" in about:
        there = _there(about["opens"], zone)
        told["opens"] = f"{date_format(there, 'j F')} {time_format(there, 'H:i')}"
    text = str(SENTENCES.get(code, SENTENCES["unreadable"]))
    if code in WITHOUT_FACTS and any(f"{{{name}}}" in text and name not in told for name in FACTS):
        return str(WITHOUT_FACTS[code])
    for name, value in told.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _there(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
