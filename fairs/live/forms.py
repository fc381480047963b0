"""Commands that a page without script sends: the same ones, rules and refusals as by the socket."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fairs.live import protocol
from fairs.live.commands import answer
from fairs.live.errors import refused
from fairs.live.protocol import Unreadable

# The fields of pages by the words that people read beside them.
NAMES = {
    "text": _("Your message"),
    "words": _("What is wrong with it"),
    "reason": _("Reason"),
    "minutes": _("For how long"),
    "seq": _("The message"),
    "person": _("Who"),
    "product": _("Product"),
}
NUMBERS = ("person", "product", "seq", "minutes", "measure")


def typed(posted: QueryDict, fields: tuple[str, ...]) -> dict[str, Any]:
    """What was typed, as a command takes it: an empty field is one that was left out."""
    found: dict[str, Any] = {}
    for name in fields:
        if name == "languages":
            found[name] = posted.getlist(name)
        elif value := posted.get(name, ""):
            is_number = name in NUMBERS and value.isascii() and value.isdigit() and len(value) < 18
            found[name] = int(value) if is_number else value
    return found


def command_of(person: Any, room: int, name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """What a command of a page comes to; a refusal where it is not done."""
    try:
        return answer(person, protocol.parse(protocol.command(name, "", **told, room=room)))
    except Unreadable as unreadable:
        if (field := unreadable.facts.get("field")) in NAMES:
            unreadable.facts["field"] = NAMES[field]
        raise refused(unreadable) from None
