"""What an organiser types about a programme."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fairs.editions.forms import DIRECTIONS, HourField, languages_in_order, name_fields
from fairs.editions.grid import moment
from fairs.editions.models import Edition
from fairs.editions.states import Mode
from fairs.sessions.models import Room, Session, Speaker, Track
from fairs.sessions.queries import day_of
from moussem.core.forms import AsShown, ByLabel, LineField, ManyByLabel, TextField
from moussem.core.number_fields import WholeNumberField
from moussem.organisations.forms.fields import LanguagesField

TITLES = {"en": _("Title in English"), "fr": _("Title in French"), "ar": _("Title in Arabic")}
TEXTS = {"en": _("About it, in English"), "fr": _("About it, in French"), "ar": _("About it, in Arabic")}
ROLES = {"en": _("Role in English"), "fr": _("Role in French"), "ar": _("Role in Arabic")}
LONGEST_TEXT = 4000
MOST_SEATS = 100_000


def _seats(label: Any, help_text: Any) -> WholeNumberField:
    return WholeNumberField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={"invalid": _("Write a whole number in digits.")},
    )


class SessionForm(AsShown, forms.Form):
    """A session: what it is about, when, where and by whom."""

    on = forms.ChoiceField(label=_("Day"), error_messages={"required": _("Choose the day.")})
    begins = HourField(label=_("From"))
    ends = HourField(label=_("Until"))
    room = ByLabel(
        label=_("Room"), queryset=Room.objects.none(), required=False, empty_label=_("not known yet")
    )
    track = ByLabel(
        label=_("Track"), queryset=Track.objects.none(), required=False, empty_label=_("for everybody")
    )
    mode = forms.ChoiceField(label=_("How people meet"), choices=Mode.choices, widget=forms.RadioSelect)
    capacity = _seats(_("Seats"), _("Left empty, everybody who comes finds one. A change holds at once."))
    languages = LanguagesField(label=_("Spoken in"))
    interpretation = LanguagesField(label=_("Interpreted into"), required=False)
    speakers = ManyByLabel(
        label=_("Speakers"),
        queryset=Speaker.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, edition: Edition, session: Session | None, **kwargs: Any) -> None:
        self.edition, self.session = edition, session
        super().__init__(*args, **kwargs)
        self.fields.update(name_fields(required=True, labels=TITLES))
        for code, label in TEXTS.items():
            area = forms.Textarea(attrs={"rows": 4, "lang": code, "dir": DIRECTIONS[code]})
            self.fields[f"text_{code}"] = TextField(
                label=label, required=False, max_length=LONGEST_TEXT, widget=area
            )
        for name in ("speakers", "languages", "interpretation", "mode"):
            self.fields[name].widget.attrs["class"] = "choices--columns"
        self.fields["room"].queryset = edition.rooms.all()
        self.fields["track"].queryset = edition.tracks.all()
        self.fields["speakers"].queryset = edition.speakers.all()
        days = {day.on for day in edition.days.all()} | ({day_of(session, edition)} if session else set())
        self.fields["on"].choices = [(str(on), date_format(on, "l j F Y")) for on in sorted(days)]
        if session:
            self.initial = {**self._as_kept(session), **self.initial}
            self.carry_what_is_shown()

    def _as_kept(self, session: Session) -> dict[str, Any]:
        zone = ZoneInfo(self.edition.time_zone)
        names = [f"{part}_{code}" for part in ("name", "text") for code in DIRECTIONS]
        same = (*names, "mode", "capacity", "languages", "interpretation")
        return {
            **{name: getattr(session, name) for name in same},
            "room": session.room_id,
            "track": session.track_id,
            "speakers": session.speakers.all(),
            "on": str(day_of(session, self.edition)),
            "begins": session.begins_at.astimezone(zone).time(),
            "ends": session.ends_at.astimezone(zone).time(),
        }

    def bound(self, *names: str) -> list[Any]:
        """Some of the fields, for a part of the page."""
        return [self[name] for name in names]

    @property
    def words(self) -> list[Any]:
        """The title and the text in each language."""
        return self.bound(*(f"{part}_{code}" for part in ("name", "text") for code in languages_in_order()))

    @property
    def hours(self) -> list[Any]:
        """When and where."""
        return self.bound("on", "room", "begins", "ends", "track", "capacity")

    @property
    def people(self) -> list[Any]:
        """By whom and how."""
        return self.bound("speakers", "mode", "languages", "interpretation")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        begins, ends = told.get("begins"), told.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("This hour must come after the first one."))
        return told

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        told = dict(self.cleaned_data)
        on = forms.DateField().clean(told.pop("on"))
        for end in ("begins", "ends"):
            told[f"{end}_at"] = moment(on, told.pop(end), self.edition.time_zone)
        return told


class PartForm(AsShown, forms.Form):
    """A part of a programme, new or as it is."""

    def carry_what_is_there(self) -> None:
        """Called with all its fields; what nobody has written yet is not compared with anything."""
        if self.initial:
            self.carry_what_is_shown()


class TrackForm(PartForm):
    """A track by its three names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(name_fields(required=True))
        self.carry_what_is_there()


class RoomForm(TrackForm):
    """A room by its three names, and how many find a seat."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"] = _seats(_("Seats"), _("Left empty where they are not counted."))
        self.carry_what_is_there()


class SpeakerForm(PartForm):
    """Somebody who speaks."""

    name = LineField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    name_ar = LineField(
        label=_("Name in Arabic"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"lang": "ar", "dir": "rtl"}),
    )
    organisation = LineField(label=_("Organisation"), max_length=160, required=False)
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 8 MB. Without one, the first letters of the name are drawn."),
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in ROLES.items():
            widget = forms.TextInput(attrs={"dir": DIRECTIONS[code], "lang": code})
            self.fields[f"role_{code}"] = LineField(
                label=label, max_length=120, required=False, widget=widget
            )
        roles = [f"role_{code}" for code in languages_in_order()]
        self.order_fields(["name", "name_ar", *roles, "organisation", "picture"])
        self.carry_what_is_there()
