"""Fields that several forms of this room ask for."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from moussem.core.forms import ByLabel, LatinDigits, LineField
from moussem.core.text import reading_order
from moussem.organisations.states import SpokenLanguage
from moussem.regions.models import Province
from moussem.regions.queries import all_countries, all_regions

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ().-]{5,24}$", _("Give a telephone number, such as +212 528 00 00 00.")
)


class ProvinceField(ByLabel):
    """A province or prefecture, listed under its region."""

    def __init__(self, **options):
        options.setdefault("label", _("Province or prefecture"))
        options.setdefault("empty_label", _("Choose a province"))
        options.setdefault("error_messages", {"required": _("Choose the province or prefecture.")})
        super().__init__(Province.objects.select_related("region"), **options)

    def grouped(self):
        """The choices under the names of their regions."""
        listed: dict = {region.pk: (region.label, []) for region in all_regions()}
        for province in sorted(self.queryset, key=lambda one: reading_order(one.label)):
            listed[province.region_id][1].append((province.pk, province.label))
        return [("", self.empty_label), *(group for group in listed.values() if group[1])]


class CountryField(ByLabel):
    """A country, by its name in the reader's language."""

    def __init__(self, **options):
        options.setdefault("label", _("Country"))
        options.setdefault("empty_label", _("Choose a country"))
        options.setdefault("error_messages", {"required": _("Choose the country.")})
        super().__init__(all_countries(), **options)

    def sorted(self):
        """The choices in the order of the language being read."""
        named = sorted(
            ((one.pk, one.label) for one in self.queryset), key=lambda pair: reading_order(pair[1])
        )
        return [("", self.empty_label), *named]


class LanguagesField(forms.MultipleChoiceField):
    """Languages one can be answered in."""

    def __init__(self, **options):
        options.setdefault("label", _("Languages you can answer in"))
        options.setdefault("error_messages", {"required": _("Tick at least one language.")})
        columns = forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"})
        super().__init__(choices=SpokenLanguage.choices, widget=columns, **options)


class PhoneField(LatinDigits, forms.CharField):
    """A telephone number in any digits."""


def name_fields():
    """The name and its Arabic twin, written in their own direction."""
    return {
        "name": LineField(
            label=_("Name"),
            max_length=160,
            help_text=_("As it is registered, in Latin letters."),
            error_messages={"required": _("Write the name.")},
            widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
        ),
        "name_ar": LineField(
            label=_("Name in Arabic"),
            max_length=160,
            required=False,
            widget=forms.TextInput(attrs={"lang": "ar", "dir": "rtl"}),
        ),
    }


def contact_fields():
    """How one is reached."""
    return {
        "email": forms.EmailField(
            label=_("E-mail address for business"),
            help_text=_("Shown to members of checked organisations only."),
            error_messages={"required": _("Write an e-mail address.")},
            widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        ),
        "phone": PhoneField(
            label=_("Telephone"),
            max_length=30,
            required=False,
            validators=[PHONE],
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
        ),
    }
