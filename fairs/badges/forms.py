"""What organisers and exhibitors type about badges and doors."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fairs.badges.models import USUALLY_EARLY, Door
from fairs.badges.states import BY_HAND, BadgeRole
from fairs.editions.forms import HourField, name_fields
from fairs.editions.models import Edition
from moussem.core.forms import AsShown, LineField
from moussem.core.number_fields import WholeNumberField


class IssueForm(forms.Form):
    """A badge by hand."""

    name = LineField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    role = forms.ChoiceField(
        label=_("Comes as"),
        choices=[(role.value, role.label) for role in BY_HAND],
        error_messages={"required": _("Choose as what the person comes.")},
    )
    organisation = LineField(label=_("Organisation, if there is one"), max_length=160, required=False)


class RevokeForm(forms.Form):
    """Why a badge is taken back."""

    reason = LineField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The person reads it on their page. Doors say only that the badge was revoked."),
        error_messages={"required": _("Write why the badge is revoked.")},
    )


class KeeperForm(forms.Form):
    """Who keeps the doors."""

    email = forms.EmailField(
        label=_("E-mail address of a door keeper"),
        error_messages={
            "required": _("Write the address."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class DoorForm(AsShown, forms.Form):
    """A door: its name, and for whom and when it is open."""

    hall = forms.ModelChoiceField(
        label=_("Leads into"),
        queryset=None,
        required=False,
        empty_label=_("the whole edition"),
        help_text=_("At the door of a hall, whoever comes from another hall is let in and counted here."),
        error_messages={"invalid_choice": _("Choose a hall of this edition.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=BadgeRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        help_text=_("None ticked: for every valid badge."),
    )
    days = forms.MultipleChoiceField(
        label=_("On which days"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
        help_text=_("None ticked: on every day of the edition."),
    )
    opens = HourField(label=_("Opens"), required=False, help_text=_("Empty: as the edition."))
    closes = HourField(label=_("Closes"), required=False, help_text=_("Empty: as the edition."))
    early_minutes = WholeNumberField(
        label=_("Minutes before, for exhibitors, speakers and organisers"),
        min_value=0,
        max_value=720,
        initial=USUALLY_EARLY,
        error_messages={"required": _("Write how many minutes; 0 for none.")},
    )

    def __init__(self, *args: Any, edition: Edition, door: Door | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = name_fields(required=True)
        next(iter(names.values())).help_text = _("As the staff say it, such as: Hall 1, east door.")
        self.fields = {**names, **self.fields}
        days = edition.days.all()
        self.fields["hall"].queryset = edition.halls.all()
        self.fields["days"].choices = [(day.on.isoformat(), date_format(day.on, "l j F")) for day in days]
        if door is not None:
            self.initial = {name: getattr(door, name) for name in self.fields}
            self.carry_what_is_shown()

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        opens, closes = told.get("opens"), told.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("A door closes after it opens."))
        return told


class StandForm(forms.Form):
    """One more person of a stand: a member, or somebody by name."""

    member = forms.ModelChoiceField(
        label=_("A member of your organisation"),
        queryset=None,
        required=False,
        empty_label=_("somebody else, by name"),
        error_messages={"invalid_choice": _("Choose a member of your organisation, or write a name.")},
    )
    name = LineField(label=_("Name, as it stands on the badge"), max_length=120, required=False)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not told.get("member") and not told.get("name"):
            self.add_error("name", _("Choose a member of your organisation, or write a name."))
        return told
