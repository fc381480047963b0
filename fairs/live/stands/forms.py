"""What an exhibitor types about its live stand."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fairs.editions.forms import HourField
from fairs.editions.models import Day


class HoursForm(forms.Form):
    """From when to when somebody is at the stand, on each day that the edition is open."""

    def __init__(self, *args: Any, days: list[Day], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        for day in days:
            named = {"day": date_format(day.on, "l j F")}
            self.fields[f"opens-{day.on}"] = HourField(label=_("%(day)s, from") % named, required=False)
            self.fields[f"closes-{day.on}"] = HourField(label=_("%(day)s, until") % named, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        for day in self.days:
            names = (f"opens-{day.on}", f"closes-{day.on}")
            first, last = (told.get(name) for name in names)
            for name, hour, other in zip(names, (first, last), (last, first), strict=True):
                if other and not hour and name not in self.errors:
                    self.add_error(name, _("Write the hour."))
            if first and last and last <= first:
                self.add_error(names[1], _("This hour must come after the first one."))
            elif first and last and (first < day.opens or last > day.closes):
                said = _("On this day the fair is open from %(opens)s to %(closes)s. Stay within.")
                told_of = {"opens": f"{day.opens:%H:%M}", "closes": f"{day.closes:%H:%M}"}
                self.add_error(names[0], said % told_of)
        return told

    def hours(self) -> dict[date, tuple[time, time]]:
        """The days on which somebody is there."""
        told = self.cleaned_data
        return {
            day.on: (told[f"opens-{day.on}"], told[f"closes-{day.on}"])
            for day in self.days
            if told[f"opens-{day.on}"]
        }
