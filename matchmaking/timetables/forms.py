"""What an organiser types about the meetings of an edition and asks of its timetable."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fairs.editions.models import Edition
from matchmaking.meetings.places import place_at
from matchmaking.parties.models import Matching, Party, Slot
from matchmaking.parties.states import TableKind
from matchmaking.timetables.losses import Loss, losses_from
from matchmaking.timetables.queries import interpreter_in_words
from matchmaking.timetables.states import RunMode
from moussem.core.forms import AsShown, LineField
from moussem.core.number_fields import WholeNumberField
from moussem.core.otherwise import ManyField
from moussem.organisations.states import SpokenLanguage

SECONDS = ((10, _("10 seconds: a first look")), (60, _("a minute")), (300, _("five minutes")))
MOST_MOVES = 200
MOST = 500
# Kinds of table that the organiser lays; booths come with their exporters.
LAID = (TableKind.STANDARD, TableKind.PRIVATE, TableKind.VIRTUAL)
SETTINGS = {
    # Each by its whole name: above the form those at fault are named without their headings.
    "quota_exporter": (_("Open requests of an exporter"), 0),
    "quota_buyer": (_("Open requests of a buyer"), 0),
    "quota_hosted": (_("Open requests of a hosted buyer"), 0),
    "guarantee_exporter": (_("Meetings kept for an exporter"), 0),
    "guarantee_buyer": (_("Meetings kept for a buyer"), 0),
    "most_a_day": (_("Meetings in a day"), 1),
    "most_in_a_row": (_("Meetings without a pause"), 1),
    "hold_hours": (_("Hours that a proposed slot is kept in mind"), 1),
}


def _count(label: Any, least: int = 0, **options: Any) -> WholeNumberField:
    messages = {
        "required": _("Write a whole number in digits."),
        "invalid": _("Write a whole number in digits."),
    }
    return WholeNumberField(label=label, min_value=least, max_value=MOST, error_messages=messages, **options)


class SettingsForm(AsShown, forms.Form):
    """Until when requests are taken, and how many there are of everything."""

    asked_until = forms.DateTimeField(
        label=_("Requests are taken until"),
        required=False,
        help_text=_("By the clocks of the fair. Left empty, they are taken until meetings end."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Choose a day and an hour.")},
    )
    reads_messages = forms.BooleanField(
        label=_("You read each message before the other side does"), required=False
    )

    def __init__(self, *args: Any, edition: Edition, matching: Matching | None, **kwargs: Any) -> None:
        self.zone, self.ends = ZoneInfo(edition.time_zone), edition.doors_close_at
        kept = matching or Matching(edition=edition)
        names = ("reads_messages", *SETTINGS)
        told = {name: getattr(kept, name) for name in names}
        # A browser's field of date and hour knows no zone: it shows the clocks of the fair.
        until = kept.asked_until and kept.asked_until.astimezone(self.zone).replace(tzinfo=None)
        kwargs["initial"] = {**told, "asked_until": until, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields.update({name: _count(label, least) for name, (label, least) in SETTINGS.items()})
        self.carry_what_is_shown()

    def groups(self) -> list[tuple[Any, Any, list[Any]]]:
        """The numbers under their headings."""
        told = (
            (
                _("Open requests at once"),
                _("Requests that wait for an answer. Whoever has reached the number waits for one."),
                ("quota_exporter", "quota_buyer", "quota_hosted"),
            ),
            (
                _("Meetings that are kept"),
                _("The timetable places so many of the accepted requests before it looks at anything else."),
                ("guarantee_exporter", "guarantee_buyer"),
            ),
            (
                _("Meetings of one person at most"),
                _("A person may ask for less; nobody is given more."),
                ("most_a_day", "most_in_a_row"),
            ),
        )
        return [(head, said, [self[name] for name in names]) for head, said, names in told]

    def clean_asked_until(self) -> datetime | None:
        """The moment that the clocks of the fair show; requests end with the edition at the latest."""
        typed = self.cleaned_data["asked_until"]
        until = typed and typed.replace(tzinfo=self.zone)
        if until and self.ends and until > self.ends:
            told = date_format(self.ends.astimezone(self.zone), "j F Y, H:i")
            raise forms.ValidationError(
                _("The edition ends on %(end)s. Choose a moment before that, or leave the field empty.")
                % {"end": told}
            )
        return until


class CountsForm(AsShown, forms.Form):
    """How many tables there are of each kind that is laid."""

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts = counts
        for kind in LAID:
            label = {
                TableKind.STANDARD: _("Tables in the meeting area"),
                TableKind.PRIVATE: _("Private rooms"),
                TableKind.VIRTUAL: _("Video calls at once"),
            }[kind]
            self.fields[kind.value] = _count(label, initial=counts.get(kind.value, 0))
        self.carry_what_is_shown()

    def changed(self) -> dict[TableKind, int]:
        """The kinds whose number is another one now."""
        return {
            kind: self.cleaned_data[kind.value]
            for kind in LAID
            if self.cleaned_data[kind.value] != self.counts.get(kind.value, 0)
        }


class ClosuresForm(AsShown, forms.Form):
    """The tables of one kind against the slots of one day: where nobody meets."""

    def __init__(
        self,
        *args: Any,
        tables: Sequence[Any],
        slots: Sequence[Slot],
        zone: str,
        closed: set[tuple[int, int]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        clock = ZoneInfo(zone)
        self.places = {f"{table.pk}-{slot.pk}": (table, slot) for table in tables for slot in slots}
        self.fields["closed"] = ManyField(
            label=_("When tables are closed"),
            required=False,
            choices=[
                (key, f"{place_at(table, table.booth_number)} {slot.begins.astimezone(clock):%H:%M}")
                for key, (table, slot) in self.places.items()
            ],
            initial=[key for key, (table, slot) in self.places.items() if (table.pk, slot.pk) in closed],
            error_messages={
                "invalid_choice": _(
                    "A table or a slot is gone since. Nothing was changed; look at the day again, and keep "
                    "it."
                )
            },
        )
        self.carry_what_is_shown()

    @property
    def ticked(self) -> set[str]:
        """The places that are ticked as the page stands."""
        return {str(key) for key in self["closed"].value() or ()}

    def chosen(self) -> list[tuple[Any, Slot]]:
        """The tables that are closed, each with a slot."""
        return [self.places[key] for key in self.cleaned_data["closed"]]


class InterpreterForm(forms.Form):
    """Somebody who interprets between two languages."""

    name = LineField(label=_("Name"), max_length=80, error_messages={"required": _("Write the name.")})
    language = forms.ChoiceField(label=_("Between"), choices=SpokenLanguage.choices, initial="fr")
    other_language = forms.ChoiceField(label=_("and"), choices=SpokenLanguage.choices, initial="en")


def slot_choices(slots: Iterable[Slot], zone: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Slots under their days, by the clocks of the fair."""
    clock = ZoneInfo(zone)
    return [
        (date_format(on, "l j F"), [(str(one.pk), f"{one.begins.astimezone(clock):%H:%M}") for one in found])
        for on, found in groupby(slots, key=lambda slot: slot.on)
    ]


class AwayForm(AsShown, forms.Form):
    """The slots in which somebody is not there."""

    slots = ManyField(
        label=_("Not there"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--slots"}),
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], zone: str, away: set[int], **kwargs: Any) -> None:
        self.known = {str(one.pk): one for one in slots}
        kwargs["initial"] = {"slots": [str(key) for key in away]}
        super().__init__(*args, **kwargs)
        self.fields["slots"].choices = slot_choices(slots, zone)
        self.carry_what_is_shown()

    def chosen(self) -> list[Slot]:
        """The slots themselves."""
        return [self.known[key] for key in self.cleaned_data["slots"]]


class GuaranteeForm(forms.Form):
    """How many meetings are kept for one party."""

    guarantee = _count(_("Meetings that are kept for it"), required=False)

    def __init__(self, *args: Any, usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("Left empty, %(usual)s as for everybody on its side.")
        self.fields["guarantee"].help_text = said % {"usual": usual}


class WantForm(forms.Form):
    """One more exporter that a hosted buyer is to meet."""

    other = forms.ChoiceField(
        label=_("An exporter it is to meet"), error_messages={"required": _("Choose an exporter.")}
    )

    def __init__(self, *args: Any, others: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in others}
        named = [(key, one.organisation.label) for key, one in self.known.items()]
        self.fields["other"].choices = [("", _("Choose an exporter")), *named]

    def clean_other(self) -> Party:
        """The party itself."""
        return self.known[self.cleaned_data["other"]]


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

    def __init__(self, *args: Any, stands: bool, **kwargs: Any) -> None:
        """``stands``: people hold a timetable already, and leave their places for a whole one."""
        if stands:
            kwargs["initial"] = {"mode": RunMode.UNBOOKED.value, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if stands:
            self.fields["mode"].help_text = _(
                "A timetable stands. A whole one may move meetings that people hold, and everybody who moves "
                "is written to; what they booked or moved themselves stays where it can. What has no place "
                "yet is placed without moving anybody."
            )


SLOT_MISSING = {"required": _("Choose a slot.")}


def _choices_of(kind: str, lost: Sequence[Any]) -> list[tuple[Any, Any]]:
    """What could be lost, as choices; people under their organisations."""
    if kind == "tables":
        return [(f"tables-{one.pk}", place_at(one, one.booth_number)) for one in lost]
    if kind == "interpreters":
        return [(f"interpreters-{one.pk}", interpreter_in_words(one)) for one in lost]
    return [
        (house, [(f"delegates-{one.pk}", str(one.person)) for one in people])
        for house, people in groupby(lost, key=lambda one: one.party.organisation.label)
    ]


class RepairForm(forms.Form):
    """What went wrong, and how many meetings may move because of it."""

    lost = forms.MultipleChoiceField(
        label=_("What went wrong so far"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "Something that you named is not there any more, or its hours are over. Nothing was started; "
                "look at the list again."
            )
        },
    )
    what = forms.MultipleChoiceField(
        label=_("Which ones"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    since = forms.ChoiceField(label=_("From"), error_messages=SLOT_MISSING)
    until = forms.ChoiceField(label=_("Up to and including"), error_messages=SLOT_MISSING)
    most_moves = WholeNumberField(
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
        kind: str,
        choices: Sequence[Any],
        named: dict[str, str],
        goes_on: bool,
        zone: str,
        **kwargs: Any,
    ) -> None:
        """``choices`` are the tables, people or interpreters of a ``kind``; ``named`` what was named before.

        Whoever ``goes_on`` to name something else need not have chosen anything here.
        """
        super().__init__(*args, **kwargs)
        self.slots, self.kind, self.goes_on = list(slots), kind, goes_on
        self.fields["lost"].choices = list(named.items())
        self.fields["lost"].initial = list(named)
        self.fields["lost"].needed_when = _("untick what is to be left out")
        if not kind:
            # Nothing more went wrong, so no hours matter.
            for name in ("what", "since", "until"):
                del self.fields[name]
            return
        self.fields["what"].choices = _choices_of(kind, choices)
        self.fields["what"].required = not (named or goes_on)
        if kind != "delegates":
            # People stand under their organisations, one below the other.
            self.fields["what"].widget.attrs["class"] = "choices--columns"
        # A closed list shows no heading: each hour says its day.
        clock = ZoneInfo(zone)
        hours = [
            (str(one.pk), f"{one.begins.astimezone(clock):%H:%M} · {date_format(one.on, 'D j F')}")
            for one in self.slots
        ]
        for name, chosen in (("since", self.slots[:1]), ("until", self.slots[-1:])):
            self.fields[name].choices = hours
            self.fields[name].initial = str(chosen[0].pk) if chosen else ""

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not self.kind or {"what", "since", "until"} & set(self.errors):
            return told
        if told["what"] and not all(one.slots(self.slots) for one in self._chosen(told)):
            self.add_error("until", _("This slot comes before the first one. Choose a later one."))
        elif not (told["what"] or told.get("lost") or self.goes_on):
            self.add_error("what", self.fields["what"].error_messages["required"])
        return told

    def _chosen(self, told: dict[str, Any]) -> list[Loss]:
        return losses_from(f"{one}-{told['since']}-{told['until']}" for one in told.get("what", ()))

    def losses(self) -> list[Loss]:
        """All that went wrong, what was named before first."""
        told = self.cleaned_data
        return list(dict.fromkeys([*losses_from(told["lost"]), *self._chosen(told)]))
