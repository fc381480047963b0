"""Commands of forms that are sent without script: the same names, fields and refusals as by the socket."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fairs.live import protocol
from fairs.live.errors import refused
from fairs.live.protocol import Command, Unreadable
from moussem.core.errors import Refusal

# A form sends words alone; these are numbers, and a tick or its absence.
NUMBERS = {"question", "into", "poll", "choice", "seq", "seconds", "person", "product", "minutes"}
TICKS = {"anonymous", "on"}
# One in each line.
LINES = {"choices_en", "choices_fr", "choices_ar"}
# Several boxes of one name.
SEVERAL = {"languages"}
TICKED = {"on", "true"}
MOST_DIGITS = 15
CALLED = {
    "text": _("Your text"),
    "question": _("Question"),
    "into": _("Question"),
    "choice": _("Choice"),
    "seconds": _("Seconds"),
    "language": _("Language"),
    "words": _("What is wrong with it"),
    "reason": _("Reason"),
    "minutes": _("For how long"),
    "seq": _("The message"),
    "person": _("Who"),
    "product": _("Product"),
    **dict.fromkeys(("question_en", "question_fr", "question_ar"), _("Question")),
    **dict.fromkeys(("choices_en", "choices_fr", "choices_ar"), _("Choices")),
}

# The same field is labelled by what it is for.
WORDS_OF = {
    "stand.ask": _("Your question"),
    "question.ask": _("Your question"),
    "chat.say": _("Your message"),
    "thread.note": _("Note about this visitor"),
}


def command_in(form: QueryDict, name: str, room: int) -> Command:
    """The command that a form speaks; `Unreadable` says why it is none."""
    shape = protocol.SHAPES.get(name)
    fields = shape.fields if shape else {}
    told = {one: _value(form, one) for one in fields if one != "room" and one in form}
    kept = {one: value for one, value in told.items() if fields[one].needed or value not in ("", [])}
    return protocol.parse(protocol.command(name, "", room=room, **kept))


def _value(form: QueryDict, name: str) -> Any:
    said = form[name]
    if name in SEVERAL:
        return form.getlist(name)
    if name in TICKS:
        return said in TICKED
    if name in NUMBERS:
        return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else said
    if name in LINES:
        return [line.strip() for line in said.splitlines() if line.strip()]
    return said


def called(unreadable: Unreadable, command: str) -> Refusal:
    """Its refusal, with the name that the form of the command gives to the field."""
    if (name := unreadable.facts.get("field")) in CALLED:
        label = WORDS_OF.get(command, CALLED[name]) if name == "text" else CALLED[name]
        unreadable.facts["field"] = str(label)
    return refused(unreadable)
