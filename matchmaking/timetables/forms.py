"""What an organiser asks of a timetable."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from matchmaking.parties.models import Delegate, Interpreter, MeetingTable, Slot
from matchmaking.timetables.states import RunMode

SECONDS = ((10, _("10 seconds: a first look")), (60, _("a minute")), (300, _("five minutes")))
MOST_MOVES = 200


class RunForm(forms.Form):
    """A new run of the solver."""

    mode = forms.ChoiceField(
        label=_("What it may touch"),
        choices=[(one.value, one.label) for one in (RunMode.PLAN, RunMode.UNBOOKED)],
        widget=forms.RadioSelect,
        initial=RunMode.PLAN.value,
        error_messages={"required": _("Choose what it may touch.")},
    )
    seconds = forms.TypedChoiceField(label=_("For at most"), choices=SECONDS, coerce=int, initial=60)
    with_pending = forms.BooleanField(
        label=_("Keep room for requests that nobody has answered"),
        help_text=_("They are proposed a slot, and take it from nobody until they are accepted."),
        required=False,
    )


class RepairForm(forms.Form):
    """What went wrong, and how many meetings may move because of it."""

    what = forms.ChoiceField(label=_("What went wrong"))
    since = forms.ChoiceField(label=_("From"), required=False)
    until = forms.ChoiceField(label=_("Up to and including"), required=False)
    most_moves = forms.IntegerField(
        label=_("Meetings that may move though they could stay"),
        min_value=0,
        max_value=MOST_MOVES,
        initial=10,
        error_messages={
            "invalid": _("Write a whole number in digits."),
            "required": _("Write a whole number in digits."),
        },
    )

    def __init__(
        self,
        *args: Any,
        slots: Sequence[Slot],
        tables: Sequence[MeetingTable],
        delegates: Sequence[Delegate],
        interpreters: Sequence[Interpreter],
        zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.slots = list(slots)
        people = [
            (f"delegates-{one.pk}", f"{one.person} – {one.party.organisation.label}") for one in delegates
        ]
        groups = [
            ("", _("Nothing new: fill what has become free, and place who came in")),
            (_("A table is closed"), [(f"tables-{one.pk}", str(one)) for one in tables]),
            (_("Somebody is not there"), people),
            (
                _("An interpreter is not there"),
                [(f"interpreters-{one.pk}", str(one)) for one in interpreters],
            ),
        ]
        self.fields["what"].choices = [one for one in groups if one[0] == "" or one[1]]
        self.fields["what"].required = False
        # A closed list shows no heading: each hour says its day.
        clock = ZoneInfo(zone)
        hours = [
            (str(one.pk), f"{one.begins.astimezone(clock):%H:%M} · {date_format(one.on, 'D j F')}")
            for one in self.slots
        ]
        first, last = (str(one.pk) if one else "" for one in (self.ends()[0], self.ends()[1]))
        for name, chosen in (("since", first), ("until", last)):
            self.fields[name].choices = hours
            self.fields[name].initial = chosen

    def ends(self) -> tuple[Slot | None, Slot | None]:
        """The first and the last slot to come."""
        return (self.slots[0], self.slots[-1]) if self.slots else (None, None)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("what") and not self.lost(told):
            self.add_error("until", _("This slot comes before the first one. Choose a later one."))
        return told

    def lost(self, told: dict[str, Any]) -> list[int]:
        """The slots from the first to the last that were named."""
        keys = [str(one.pk) for one in self.slots]
        if told.get("since") not in keys or told.get("until") not in keys:
            return []
        return [int(key) for key in keys[keys.index(told["since"]) : keys.index(told["until"]) + 1]]

    def upset(self) -> dict[str, Any]:
        """What went wrong, as a run keeps it."""
        if not self.cleaned_data["what"]:
            return {}
        name, key = self.cleaned_data["what"].split("-")
        return {name: {key: self.lost(self.cleaned_data)}}
