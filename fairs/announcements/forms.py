from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from fairs.announcements.queries import how_many_reached
from fairs.announcements.states import Audience
from fairs.applications.models import Category
from fairs.editions.forms import DIRECTIONS, languages_in_order
from fairs.editions.grid import moment
from fairs.editions.models import Edition
from moussem.core.forms import TextField

LABELS = {"en": _("Text in English"), "fr": _("Text in French"), "ar": _("Text in Arabic")}


# An announcement of an edition means nothing long after it.
LONGEST_AFTER = timedelta(days=366)


class WallClockField(forms.DateTimeField):
    """A day and an hour as clocks show them: whose clocks is for the form to say."""

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        # Past DateTimeField: it would read the hour in the zone of whoever types.
        return super(forms.DateTimeField, self).to_python(value)


class AnnouncementForm(forms.Form):
    """A text in three languages, for whom, and until when."""

    audience = forms.ChoiceField(
        label=_("For"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom it is for.")},
    )
    category = forms.ModelChoiceField(
        label=_("Of exhibitors, only this category"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("all categories"),
    )
    expires_at = WallClockField(
        label=pgettext_lazy("end of an announcement", "Until"),
        required=False,
        help_text=_("In the time of the edition. Left empty, it stays until you take it back."),
        error_messages={
            "invalid": _("Write a day and an hour that the calendar has, such as 2027-05-04 18:30.")
        },
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    by_mail = forms.BooleanField(
        label=_("Write to them by mail too"),
        required=False,
        help_text=_("A mail cannot be taken back: you see whom it goes to before it is sent."),
    )
    # How many people the writer has agreed to write to.
    to = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        texts = {
            f"text_{code}": TextField(
                label=LABELS[code],
                max_length=1000,
                error_messages={"required": _("Write it in this language too.")},
                widget=forms.Textarea(attrs={"rows": 3, "lang": code, "dir": DIRECTIONS[code]}),
            )
            for code in languages_in_order()
        }
        self.fields = {**texts, **self.fields}
        reached = how_many_reached(edition)
        self.fields["audience"].choices = [(one.value, _with_reach(one, reached[one])) for one in Audience]
        self.fields["category"].queryset = edition.categories.all()

    def clean_expires_at(self) -> datetime | None:
        """The moment when the clocks of the edition show this hour."""
        typed = self.cleaned_data["expires_at"]
        if typed is None:
            return None
        if typed.date() > self.edition.ends_on + LONGEST_AFTER:
            raise forms.ValidationError(_("Choose a moment within a year after this edition."))
        return moment(typed.date(), typed.time(), self.edition.time_zone)

    @property
    def for_whom(self) -> str:
        """Whom it is for, in words."""
        return str(Audience(self.cleaned_data["audience"]).label)

    def typed(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        told = dict(self.cleaned_data)
        told["to"] = told["to"] or 0
        return {"texts": {code: told.pop(f"text_{code}") for code in LABELS}, **told}


def _with_reach(audience: Audience, people: int) -> str:
    return ngettext(
        "%(audience)s · a mail reaches %(people)s person",
        "%(audience)s · a mail reaches %(people)s people",
        people,
    ) % {"audience": audience.label, "people": people}
