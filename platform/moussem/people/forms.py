from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moussem.core.context import LANGUAGES_IN_OWN_WORDS
from moussem.core.forms import AsShown, LineField
from moussem.people.models import User
from moussem.people.zones import listed_zone, zone_choices


def language_field() -> forms.ChoiceField:
    """The language of pages and mails."""
    return forms.ChoiceField(label=_("Language of pages and mails"), choices=LANGUAGES_IN_OWN_WORDS)


class ZoneField(forms.ChoiceField):
    """A time zone under any of its names; what comes out is the one that is listed."""

    def prepare_value(self, value):
        return listed_zone(value) if value else value

    def to_python(self, value):
        return listed_zone(super().to_python(value))


def zone_field(**attrs: str) -> forms.ChoiceField:
    """The time zone that hours are shown in."""
    return ZoneField(
        label=_("Time zone"),
        choices=zone_choices,
        widget=forms.Select(attrs=attrs),
    )


class SignupPreferences(forms.Form):
    """What sign-up asks besides address and password: filled in from the page and the browser."""

    language = language_field()
    field_order = ("email", "password1", "language", "time_zone")
    # The script sets the browser's own zone; without it the person chooses.
    time_zone = zone_field(**{"data-time-zone": ""})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        self.fields["time_zone"].initial = settings.TIME_ZONE

    def signup(self, request, user: User) -> None:
        """Called by the sign-up once the person is saved."""
        user.language, user.time_zone = self.cleaned_data["language"], self.cleaned_data["time_zone"]
        user.save(update_fields=["language", "time_zone"])


class PreferencesForm(AsShown, forms.Form):
    """Name, language and time zone of a person."""

    first_name = LineField(
        label=_("First name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )
    last_name = LineField(
        label=_("Last name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "dir": "auto"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = language_field()
        self.fields["time_zone"] = zone_field()
        self.carry_what_is_shown()
