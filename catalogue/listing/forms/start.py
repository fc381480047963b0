from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Family
from catalogue.pictures import ACCEPTED, MOST_BYTES
from moussem.core.context import LANGUAGES_IN_OWN_WORDS
from moussem.core.forms import AsShown, ChoicesByName, LineField, TextField


class FamilyField(forms.ModelChoiceField):
    """A family, under its department, in the order of the reader's language."""

    iterator = ChoicesByName

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("empty_label", _("Choose a family"))
        super().__init__(*args, **options)

    def label_from_instance(self, family: Family) -> str:
        return f"{family.department.label} – {family.label}" if family.department_id else family.label


def photo_field(*, required: bool = False) -> forms.FileField:
    """A photo, taken with the telephone or chosen."""
    attributes = {"accept": ",".join(ACCEPTED), "data-max-bytes": MOST_BYTES}
    return forms.FileField(
        label=_("Photo"),
        required=required,
        widget=forms.FileInput(attrs=attributes),
        max_length=200,
        error_messages={"required": _("Choose a photo.")},
    )


class StartForm(forms.Form):
    """The first step: what it is, in the seller's own words."""

    family = FamilyField(
        label=_("Family"),
        queryset=Family.objects.none(),
        error_messages={"required": _("Choose the family that the product belongs to.")},
        help_text=_("The family decides which questions follow."),
    )
    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=LANGUAGES_IN_OWN_WORDS,
        help_text=_("The other languages can be added later."),
    )
    title = LineField(
        label=_("Name of the product"),
        max_length=200,
        error_messages={"required": _("Write the name of the product.")},
        help_text=_("As a buyer would ask for it, for example “Whole saffron threads”."),
    )
    description = TextField(
        label=_("Description"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("How it is grown or made, in two or three sentences."),
    )
    photo = photo_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        families = Family.objects.select_related("department")
        self.fields["family"].queryset = families
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE)[:2]


class TextForm(AsShown, forms.Form):
    """Title, description and packaging in one language."""

    title = LineField(
        label=_("Name of the product"),
        max_length=200,
        error_messages={"required": _("Write the name of the product.")},
    )
    description = TextField(
        label=_("Description"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )
    packaging = LineField(
        label=_("Packaging in words"),
        required=False,
        max_length=200,
        help_text=_("For example “sealed tin 100 g, carton of 20”."),
    )

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        direction = "rtl" if language == "ar" else "ltr"
        for field in self.fields.values():
            field.widget.attrs.update({"lang": language, "dir": direction})
        self.carry_what_is_shown()


class PhotoForm(forms.Form):
    """One more photo."""

    photo = photo_field(required=True)
    caption = LineField(
        label=_("What it shows"),
        required=False,
        max_length=200,
        help_text=_("Read aloud to buyers who cannot see it."),
    )
