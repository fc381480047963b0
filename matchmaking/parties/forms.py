"""What a party says of itself at an edition: when its people meet, in which languages, and who they are."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fairs.editions.forms import HourField
from fairs.sessions.clocks import differ
from matchmaking.parties.models import Delegate, Party, Slot
from matchmaking.parties.states import TableKind
from moussem.core.forms import AsShown
from moussem.core.number_fields import WholeNumberField
from moussem.core.otherwise import ManyField
from moussem.organisations.states import SpokenLanguage
from moussem.people.forms import zone_field
from moussem.people.models import User

MOST = 40
# Where the morning of a fair ends, by its own clocks.
MIDDAY = "13:00"


class HoursForm(AsShown, forms.Form):
    """By whose clocks, in which hours and how much a person meets."""

    def __init__(self, *args: Any, delegate: Delegate, usual: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = zone_field()
        self.fields["time_zone"].label = _("Your time zone")
        self.fields["time_zone"].help_text = _("Where you are during the fair, as you meet by video or come.")
        self.fields["wakes"] = HourField(label=_("Not before"), required=False)
        self.fields["sleeps"] = HourField(label=_("Not after"), required=False)
        limits = (("most_a_day", _("Meetings a day")), ("most_in_a_row", _("In a row, without a pause")))
        for (name, label), limit in zip(limits, usual, strict=True):
            self.fields[name] = WholeNumberField(
                label=label,
                required=False,
                min_value=1,
                max_value=MOST,
                help_text=_("Empty: %(limit)s, as the fair has it.") % {"limit": limit},
            )
        for name in self.fields:
            self.fields[name].initial = getattr(delegate, name)
        self.carry_what_is_shown()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        wakes, sleeps = told.get("wakes"), told.get("sleeps")
        if not {"wakes", "sleeps"} & set(self.errors):
            if (wakes is None) != (sleeps is None):
                missing = "wakes" if wakes is None else "sleeps"
                said = _("Say both hours, or neither: then you meet whenever the fair is open.")
                self.add_error(missing, said)
            elif wakes is not None and wakes == sleeps:
                self.add_error("sleeps", _("Choose another hour than the one above."))
        return told


@dataclass(frozen=True)
class Cell:
    """A slot in the grid: what stands in it, and what may be said of it."""

    slot: Slot
    mine: str
    is_booked: bool
    is_over: bool
    is_checked: bool


class AbsencesForm(AsShown, forms.Form):
    """The slots in which a person does not meet: a grid of days and hours."""

    def __init__(
        self,
        *args: Any,
        slots: Sequence[Slot],
        absent: Collection[int],
        booked: Collection[int],
        zones: tuple[str, str],
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.all, self.absent, self.booked, self.zones, self.now = slots, set(absent), set(booked), zones, now
        fair = ZoneInfo(zones[0])
        named = ((slot, f"{slot.begins.astimezone(fair):%H:%M}") for slot in slots)
        self.fields["slots"] = ManyField(
            label=_("Slots in which you do not meet"),
            required=False,
            choices=[(str(slot.pk), f"{date_format(slot.on, 'D j F')} {hour}") for slot, hour in named],
            initial=[str(slot.pk) for slot in slots if slot.pk in self.absent],
        )
        self.carry_what_is_shown()
        if self.is_bound:
            # Of what is over nothing can be ticked: what was said of it stays.
            over = {str(slot.pk) for slot in slots if slot.begins <= now}
            told = [key for key in self.data.getlist(self.add_prefix("slots")) if key not in over]
            told += [str(slot.pk) for slot in slots if str(slot.pk) in over and slot.pk in self.absent]
            self.data.setlist(self.add_prefix("slots"), told)

    def clean_slots(self) -> list[str]:
        """Nothing is kept while a slot that was ticked has a meeting by now: who ticked it does not know."""
        told: list[str] = self.cleaned_data["slots"]
        met = [slot for slot in self.all if slot.pk in self.booked and str(slot.pk) in told]
        if met:
            hours = [f"{date_format(slot.on, 'D j F')} {self._hour(slot)}" for slot in met]
            raise forms.ValidationError(
                _(
                    "A meeting was booked meanwhile: %(slots)s. Nothing was kept; look at your agenda, then "
                    "keep the rest."
                ),
                params={"slots": ", ".join(hours)},
            )
        return told

    def _hour(self, slot: Slot) -> str:
        return f"{slot.begins.astimezone(ZoneInfo(self.zones[0])):%H:%M}"

    @property
    def days(self) -> list[date]:
        """The columns: days of which something is still to come."""
        return sorted({slot.on for slot in self.all if slot.begins > self.now})

    @property
    def rows(self) -> Iterator[tuple[str, list[Cell | None]]]:
        """The hours of the fair, each with a cell for every day that has a slot then."""
        fair = ZoneInfo(self.zones[0])
        days = self.days
        shown = [slot for slot in self.all if slot.on in days]
        found = {(slot.begins.astimezone(fair).strftime("%H:%M"), slot.on): slot for slot in shown}
        for hour in sorted({hour for hour, _on in found}):
            yield hour, [self._cell(found.get((hour, on))) for on in days]

    @property
    def halves(self) -> list[tuple[str, Any, list[tuple[str, list[Cell | None]]]]]:
        """The rows before and after the middle of the day, each half with its key and its name."""
        rows = list(self.rows)
        before = [row for row in rows if row[0] < MIDDAY]
        told = (("before", _("Morning"), before), ("after", _("Afternoon"), rows[len(before) :]))
        return [half for half in told if half[2]]

    @property
    def has_two_clocks(self) -> bool:
        """Whether the cells tell hours of their own."""
        return any(differ(slot.begins, *self.zones) for slot in self.all)

    def _cell(self, slot: Slot | None) -> Cell | None:
        if slot is None:
            return None
        mine = ""
        if differ(slot.begins, *self.zones):
            mine = slot.begins.astimezone(ZoneInfo(self.zones[1])).strftime("%H:%M")
        checked = {str(one) for one in self["slots"].value() or ()}
        is_over = slot.begins <= self.now
        return Cell(slot, mine, slot.pk in self.booked, is_over, str(slot.pk) in checked)

    def chosen(self) -> list[Slot]:
        """The slots taken out."""
        told = {int(key) for key in self.cleaned_data["slots"]}
        return [slot for slot in self.all if slot.pk in told]


class PartyForm(AsShown, forms.Form):
    """Which languages are spoken at the table, and where a party meets."""

    languages = forms.MultipleChoiceField(
        label=_("Languages in which you meet"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        help_text=_("Without one in common, the fair looks for an interpreter."),
        error_messages={"required": _("Tick at least one language.")},
    )

    def __init__(
        self, *args: Any, party: Party, kinds: Sequence[str], usual: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usual = {str(kind) for kind in usual}
        self.fields["languages"].initial = party.languages
        if len(kinds) > 1:
            self.fields["table_kinds"] = forms.MultipleChoiceField(
                label=_("Where you meet"),
                choices=[(str(kind), TableKind(kind).label.capitalize()) for kind in kinds],
                widget=forms.CheckboxSelectMultiple,
                initial=party.table_kinds or list(usual),
                error_messages={"required": _("Tick at least one place.")},
            )
        self.carry_what_is_shown()

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it: where everybody meets is said by naming nothing."""
        told = self.cleaned_data.get("table_kinds", [])
        return {
            "languages": self.cleaned_data["languages"],
            "table_kinds": [] if set(told) == self.usual else told,
        }


class NameForm(forms.Form):
    """One more person who meets for a party."""

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in people}
        self.fields["person"] = forms.ChoiceField(
            label=_("Who meets for you too"),
            choices=[("", _("Choose somebody")), *((key, str(one)) for key, one in self.known.items())],
            error_messages={"required": _("Choose somebody of the list.")},
        )

    def clean_person(self) -> User:
        """The person themselves."""
        return self.known[self.cleaned_data["person"]]


class ReleaseForm(forms.Form):
    """Somebody who meets for a party no more."""

    def __init__(self, *args: Any, delegates: Sequence[Delegate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in delegates}
        self.fields["delegate"] = forms.ChoiceField(choices=[(key, key) for key in self.known])

    def clean_delegate(self) -> Delegate:
        """The delegate themselves."""
        return self.known[self.cleaned_data["delegate"]]
