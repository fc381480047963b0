"""What an organiser types about an edition."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairs.editions.actions import CLOSES, OPENS
from fairs.editions.grid import Opening
from fairs.editions.models import Break, Edition
from fairs.editions.states import BreakKind, Mode
from moussem.core.dates import today_here
from moussem.core.forms import AsShown, LineField, TextField
from moussem.core.number_fields import WholeNumberField
from moussem.people.forms import zone_field

LONGEST_SPAN = 31
YEARS = range(2000, 2200)
# Rows for breaks to come, and how many an edition has at most.
SPARE_ROWS, MOST_BREAKS = 2, 40
DIRECTIONS = {"en": "ltr", "fr": "ltr", "ar": "rtl"}


class DayField(forms.DateField):
    """A day of the calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {})
        options["error_messages"].setdefault("invalid", _("Choose a day of the calendar."))
        options["error_messages"].setdefault("required", _("Choose the day."))
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def to_python(self, value: Any) -> date | None:
        """A slip such as 0026 or 20026 is no day of a fair, and the arithmetic of days ends at 9999."""
        day = super().to_python(value)
        if day and day.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class HourField(forms.TimeField):
    """An hour of the clock in the edition's zone."""

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": _("Write an hour such as 09:00."), "required": _("Write the hour.")}
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, error_messages=messages, **options)


NAMES = {"en": _("Name in English"), "fr": _("Name in French"), "ar": _("Name in Arabic")}


def languages_in_order() -> list[str]:
    """The three languages of a text, the reader's own first."""
    own = (get_language() or "en")[:2]
    return sorted(DIRECTIONS, key=lambda code: code != own)


def name_fields(*, required: bool, labels: dict[str, Any] = NAMES) -> dict[str, forms.Field]:
    """A name in each of the three languages, written in its own direction."""
    missing = _("Write it in this language too: every page of a fair is read in three.")
    return {
        f"name_{code}": LineField(
            label=labels[code],
            max_length=120,
            required=required,
            error_messages={"required": missing},
            widget=forms.TextInput(attrs={"dir": DIRECTIONS[code], "lang": code}),
        )
        for code in languages_in_order()
    }


HOME_ZONE = "Africa/Casablanca"


def place_zone_field(**options: Any) -> forms.ChoiceField:
    """By which clocks an edition is held: those of the town where it takes place."""
    field = zone_field()
    field.label = _("Time zone of the place")
    field.help_text = _("Its hours are those that the clocks there show.")
    field.initial = options.get("initial")
    return field


class StartForm(forms.Form):
    """A new fair with its first edition."""

    organiser = forms.ModelChoiceField(
        label=_("Held by"),
        queryset=None,
        empty_label=None,
        error_messages={"required": _("Choose the body that holds it.")},
    )
    mode = forms.ChoiceField(
        label=_("How people meet"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how people meet.")},
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    time_zone = place_zone_field(initial=HOME_ZONE)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = name_fields(required=True)
        self.fields = {**names, **self.fields}
        self.fields["organiser"].queryset = bodies
        self.fields["organiser"].initial = bodies.first()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and first < today_here():
            self.add_error("starts_on", _("This day is over. Choose a day to come."))
        _check_span(self, first, last)
        return told


class CloneForm(forms.Form):
    """The next edition: what differs from the one it is cloned from."""

    starts_on = DayField(label=_("First day"), help_text=_("All other days keep their distance from it."))
    time_zone = place_zone_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {**name_fields(required=True), **self.fields}

    def clean_starts_on(self) -> date:
        """A day to come."""
        day = self.cleaned_data["starts_on"]
        if day < today_here():
            raise forms.ValidationError(_("This day is over. Choose a day to come."))
        return day


class TextsForm(AsShown, forms.ModelForm):
    """What the pages of an edition say."""

    class Meta:
        model = Edition
        fields = [
            *("name_en", "name_fr", "name_ar", "place_en", "place_fr", "place_ar"),
            *("summary_en", "summary_fr", "summary_ar"),
        ]
        field_classes = {
            **dict.fromkeys(("place_en", "place_fr", "place_ar"), LineField),
            **dict.fromkeys(("summary_en", "summary_fr", "summary_ar"), TextField),
        }
        widgets = {
            **{
                f"summary_{code}": forms.Textarea(attrs={"rows": 5, "lang": code, "dir": direction})
                for code, direction in DIRECTIONS.items()
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(name_fields(required=True))
        parts = ("name", "place", "summary")
        self.order_fields([f"{part}_{code}" for part in parts for code in languages_in_order()])
        for name in self.Meta.fields:
            field = self.fields[name]
            if self.instance.is_public:
                field.required = field.required or bool(getattr(self.instance, name))
                field.error_messages["required"] = _(
                    "The edition is announced, and people read this text: write another one in its place."
                )
            else:
                # A draft may still lack it; its label says so in the place of "optional".
                field.needed_when = _("needed before it is announced")
        self.carry_what_is_shown()


class WithdrawForm(forms.Form):
    """Why an announced edition does not take place; its address is typed, since nothing brings it back."""

    reason = LineField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Everybody who is told reads it, and it stays on the page of the edition."),
        error_messages={"required": _("Write why the edition is withdrawn.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    confirmation = forms.CharField(
        label=_("To confirm, type the address of the edition"),
        error_messages={"required": _("Type the address of the edition to confirm.")},
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["confirmation"].help_text = edition.slug

    def clean_confirmation(self) -> str:
        """The address, letter for letter."""
        typed = self.cleaned_data["confirmation"].strip()
        if typed != self.edition.slug:
            raise forms.ValidationError(_("This is not the address of the edition. It was not withdrawn."))
        return typed


class ModeForm(AsShown, forms.Form):
    """How people meet at an edition."""

    mode = forms.ChoiceField(
        label=_("How people meet"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how people meet.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry_what_is_shown()


class DaysForm(AsShown, forms.Form):
    """The days and hours of an edition, its breaks, and how long its meetings are.

    A day is a row of three fields named by its date. Where the span was changed, the new dates come with
    the usual hours.
    """

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    time_zone = place_zone_field()
    meeting_minutes = WholeNumberField(label=_("Length of a meeting, in minutes"), min_value=5, max_value=120)
    between_minutes = WholeNumberField(
        label=_("Pause between meetings, in minutes"), min_value=0, max_value=60
    )
    along = forms.BooleanField(
        label=_("Move the programme along with the first day"),
        required=False,
        help_text=_("Its sessions keep their distance from it. Visitors see that with the next release."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        self.days = {day.on: day for day in edition.days.all()}
        self.breaks = list(edition.breaks.all())
        first = {name: getattr(edition, name) for name in self.base_fields if name != "along"}
        super().__init__(*args, initial=first, **kwargs)
        self.dates = self._dates()
        for on in self.dates:
            self._add_day(on)
        self.rows = self._rows()
        for number in range(self.rows):
            self._add_break(number)
        self.carry_what_is_shown()

    def _dates(self) -> list[date]:
        """The dates of the span: as it was sent where it can be read, else as it is."""
        first, last = self.edition.starts_on, self.edition.ends_on
        if self.is_bound:
            try:
                first = self.fields["starts_on"].clean(self.data.get("starts_on"))
                last = self.fields["ends_on"].clean(self.data.get("ends_on"))
            except forms.ValidationError:
                first, last = self.edition.starts_on, self.edition.ends_on
        length = min((last - first).days + 1, LONGEST_SPAN)
        return [first + timedelta(days=number) for number in range(max(length, 0))]

    def _rows(self) -> int:
        """A row for each break there is or was sent, and some for others."""
        known = min(len(self.breaks) + SPARE_ROWS, MOST_BREAKS)
        sent = [
            number + 1 for number in range(MOST_BREAKS) if self.is_bound and f"kind-{number}" in self.data
        ]
        return max(known, *sent) if sent else known

    def _add_day(self, on: date) -> None:
        known = self.days.get(on)
        in_span = self.edition.starts_on <= on <= self.edition.ends_on
        # A date that the sent page did not show yet has no answer of its own.
        shown = self.is_bound and f"opens-{on}" in self.data
        fresh = self.is_bound and not shown
        is_open = known is not None or not in_span
        self.fields[f"open-{on}"] = forms.BooleanField(
            label=date_format(on, "l j F Y"), required=False, initial=is_open
        )
        opens, closes = (known.opens, known.closes) if known else (OPENS, CLOSES)
        for name, label, hour in (("opens", _("Opens"), opens), ("closes", _("Closes"), closes)):
            self.fields[f"{name}-{on}"] = HourField(label=label, required=False, initial=hour)
        if fresh:
            # Where a colleague has written it meanwhile, its answer is theirs.
            told = {f"opens-{on}": f"{opens:%H:%M}", f"closes-{on}": f"{closes:%H:%M}"}
            told |= {f"open-{on}": "on"} if is_open else {}
            self.data = self.data.copy()
            self.data.update(told | {f"initial-{name}": value for name, value in told.items()})

    def _add_break(self, number: int) -> None:
        known = self.breaks[number] if number < len(self.breaks) else None
        days = [("", _("every day")), *((str(on), date_format(on, "D j M")) for on in self.dates)]
        self.fields[f"kind-{number}"] = forms.ChoiceField(
            label=_("Break"),
            required=False,
            choices=[("", _("none")), *BreakKind.choices],
            initial=known.kind if known else "",
        )
        self.fields[f"on-{number}"] = forms.ChoiceField(
            label=_("On"), required=False, choices=days, initial=str(known.on or "") if known else ""
        )
        for name, label in (("begins", _("From")), ("ends", _("Until"))):
            initial = getattr(known, name) if known else None
            self.fields[f"{name}-{number}"] = HourField(label=label, required=False, initial=initial)

    @property
    def day_rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """The three bound fields of each date."""
        return ((self[f"open-{on}"], self[f"opens-{on}"], self[f"closes-{on}"]) for on in self.dates)

    @property
    def break_rows(self) -> Iterator[tuple[Any, ...]]:
        """The four bound fields of each break."""
        names = ("kind", "on", "begins", "ends")
        return (tuple(self[f"{name}-{number}"] for name in names) for number in range(self.rows))

    def ask_about_clocks(self, zone: str, words: str, told: list[str]) -> None:
        """Let the page ask for these clocks, and what moves with them, before an edition goes by them."""
        label = _(
            "Let the fair go by %(zone)s: the hours stay as they are written here. Applications end by these "
            "clocks too, never before the moment that was announced first; drafts with another time are told."
        ) % {"zone": words}
        ticked = forms.CheckboxInput(
            attrs={"value": zone}, check_test=lambda _: self.data.get("agreed") == zone
        )
        self.fields["agreed"] = forms.CharField(label=" ".join([label, *told]), required=False, widget=ticked)

    @property
    def asked_fields(self) -> list[Any]:
        """The bound field that is there once it was asked for."""
        return [self["agreed"]] if "agreed" in self.fields else []

    @property
    def single_fields(self) -> list[Any]:
        """The bound fields that stand alone."""
        return [self[name] for name in self.base_fields if name != "along"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        _check_span(self, told.get("starts_on"), told.get("ends_on"))
        for on in self.dates:
            if told.get(f"open-{on}"):
                _check_hours(self, told, f"opens-{on}", f"closes-{on}")
        if not any(told.get(f"open-{on}") for on in self.dates):
            self.add_error(None, _("An edition has at least one open day. Tick one."))
        for number in range(self.rows):
            if told.get(f"kind-{number}"):
                _check_hours(self, told, f"begins-{number}", f"ends-{number}")
        return told

    def openings(self) -> list[Opening]:
        """The open days as they were typed."""
        told = self.cleaned_data
        return [
            Opening(on, told[f"opens-{on}"], told[f"closes-{on}"]) for on in self.dates if told[f"open-{on}"]
        ]

    def typed_breaks(self) -> list[Break]:
        """The breaks as they were typed, not kept yet."""
        told = self.cleaned_data
        return [
            Break(
                kind=told[f"kind-{number}"],
                on=date.fromisoformat(on) if (on := told[f"on-{number}"]) else None,
                begins=told[f"begins-{number}"],
                ends=told[f"ends-{number}"],
            )
            for number in range(self.rows)
            if told[f"kind-{number}"]
        ]


def _check_span(form: forms.Form, first: date | None, last: date | None) -> None:
    if not first or not last:
        return
    if last < first:
        form.add_error("ends_on", _("The last day comes before the first. Correct one of them."))
    elif (last - first).days >= LONGEST_SPAN:
        form.add_error("ends_on", _("An edition lasts %(most)s days at most.") % {"most": LONGEST_SPAN})


def _check_hours(form: forms.Form, told: dict[str, Any], begins: str, ends: str) -> None:
    first: time | None = told.get(begins)
    last: time | None = told.get(ends)
    for name, hour in ((begins, first), (ends, last)):
        if hour is None and name not in form.errors:
            form.add_error(name, _("Write the hour."))
    if first and last and last <= first:
        form.add_error(ends, _("This hour must come after the first one."))
