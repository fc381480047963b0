"""What somebody types about a meeting: running late, another slot, and what came of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from fairs.editions.forms import DayField
from matchmaking.meetings.models import Note
from matchmaking.meetings.queries import notes_written, word_of_note
from matchmaking.meetings.states import NextStep
from matchmaking.requests.forms import BookForm
from moussem.core.forms import AsShown, Compared, TextField
from moussem.core.shown import is_alone_since

LATE = (5, 10, 15, 20, 30)
LONGEST_NOTE = 4000


class LateForm(forms.Form):
    """How much later one comes."""

    def __init__(self, *args: Any, lasts: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [one for one in LATE if one < lasts] or [lasts]
        self.fields["minutes"] = forms.TypedChoiceField(
            label=_("How much later you come"),
            coerce=int,
            choices=[
                (one, ngettext("%(minutes)s minute", "%(minutes)s minutes", one) % {"minutes": one})
                for one in told
            ],
            widget=forms.RadioSelect(attrs={"class": "choices--columns"}),
            error_messages={"required": _("Say how much later you come.")},
        )


class MoveForm(BookForm):
    """Another slot for a meeting."""

    slot_label = _("The slot that suits you better")
    begins_with_first = False


class HeldForm(forms.Form):
    """Whether a meeting was held."""

    was_held = forms.ChoiceField(
        label=_("Was the meeting held?"),
        choices=[
            ("yes", _("It was held")),
            ("no", _("It was not held")),
            ("waited", _("The other side did not come")),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices--columns"}),
        error_messages={"required": _("Say whether it was held.")},
    )


class NoteForm(AsShown, forms.Form):
    """What a party keeps of a meeting for itself; words of a colleague go only where they were shown."""

    text = TextField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Your side alone reads it."),
    )
    next_step = forms.ChoiceField(
        label=_("What you do next"),
        required=False,
        choices=[("", pgettext_lazy("next step", "not said yet")), *NextStep.choices],
    )
    follow_up_on = DayField(label=_("Follow up on"), required=False)

    def __init__(self, *args: Any, on: date, note: Note | None, reader: Any, **kwargs: Any) -> None:
        initial = {name: getattr(note, name) for name in self.base_fields} if note else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["follow_up_on"].widget.attrs["min"] = on.isoformat()
        self.note, self.reader = note, reader
        self.carry_what_is_shown()

    def judge(self, compared: list[Compared]) -> None:
        """One's own may have been written a moment ago, by a window that shows what stood before."""
        shown = {one.name: one.shown for one in compared}
        if self.note is None or not is_alone_since(
            word_of_note(self.note.meeting, **shown), self.reader, notes_written(self.note)
        ):
            return super().judge(compared)
        for one in compared:
            one.catch_up()
