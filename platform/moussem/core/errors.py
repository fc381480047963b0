"""Refusals: a code for machines, a translated sentence for people, data for both."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something that is not done, with the reason a person can act upon.

    Subclasses set ``code`` (stable, snake case) and ``text`` (what happened, what was kept,
    what to do), with named placeholders that the keyword arguments fill.
    """

    code = "refused"
    text: Any = _("This could not be done. Nothing was changed.")
    status = 409
    # What it speaks of in the form that asked, where one field is at fault.
    field = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    @property
    def message(self) -> str:
        """The sentence in the active language."""
        return str(self.text % self.facts) if self.facts else str(self.text)

    def __str__(self) -> str:
        return self.message

    def as_dict(self) -> dict[str, Any]:
        """What an API or a socket answers."""
        return {
            "code": self.code,
            "message": self.message,
            "facts": {k: str(v) for k, v in self.facts.items()},
        }


class MoveNotAllowed(Refusal):
    code = "move_not_allowed"
    # What happened is a sentence of the room: its table says one for each state.
    text = _("%(happened)s Nothing was changed; reload the page to see what can be done now.")


class NotYours(Refusal):
    """The object is someone else's; a page answers 404 so that its existence stays unknown."""

    code = "not_yours"
    status = 404
    text = _("There is nothing here for you. Nothing was changed.")


class ChangedSinceShown(Refusal):
    code = "changed_since_shown"
    text = _(
        "This is not what you were shown: it was changed meanwhile, or never opened. Nothing was decided; "
        "read it again, then decide."
    )


class NotSavedYet(Refusal):
    code = "not_saved_yet"
    text = _(
        "What you changed above is not saved yet. Nothing was decided; save it first, then decide about what "
        "is kept."
    )


class DiskRefuses(Refusal):
    code = "disk_refuses"
    status = 503
    text = _(
        "The site has no room for files at the moment, so what you sent was not kept. Nothing else was "
        "changed; keep your file and send it again later."
    )


def require(condition: object, refusal: type[Refusal] | Refusal, **facts: Any) -> None:
    """Raise ``refusal`` unless ``condition`` holds."""
    if not condition:
        raise refusal(**facts) if isinstance(refusal, type) else refusal
