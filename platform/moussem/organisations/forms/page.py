from django import forms
from django.utils.translation import gettext_lazy as _

from moussem.core.forms import AsShown, LineField, NumberedLine, NumberedText, TextField
from moussem.core.locks import lock
from moussem.core.number_fields import WholeNumberField
from moussem.organisations.forms.fields import (
    CountryField,
    LanguagesField,
    ProvinceField,
    contact_fields,
    name_fields,
)
from moussem.organisations.models import Organisation
from moussem.organisations.states import SELLERS

SELLER_ONLY = ("founded", "member_count", "women_led", "remote_area")


class PageForm(AsShown, forms.ModelForm):
    """What an organisation says of itself."""

    class Meta:
        model = Organisation
        fields = [
            "name",
            "name_ar",
            "registration_number",
            "tax_number",
            "country",
            "province",
            "city",
            "address",
            "languages",
            "email",
            "phone",
            "sector",
            "founded",
            "member_count",
            "women_led",
            "remote_area",
            "story_en",
            "story_fr",
            "story_ar",
        ]
        field_classes = {
            **dict.fromkeys(("name", "name_ar", "city", "sector"), LineField),
            **dict.fromkeys(("registration_number", "tax_number"), NumberedLine),
            **dict.fromkeys(("story_en", "story_fr", "story_ar"), TextField),
            "address": NumberedText,
            **dict.fromkeys(("founded", "member_count"), WholeNumberField),
        }
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3}),
            "story_en": forms.Textarea(attrs={"rows": 6, "lang": "en", "dir": "ltr"}),
            "story_fr": forms.Textarea(attrs={"rows": 6, "lang": "fr", "dir": "ltr"}),
            "story_ar": forms.Textarea(attrs={"rows": 6, "lang": "ar", "dir": "rtl"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(name_fields())
        self.fields.update(contact_fields())
        self.fields["languages"] = LanguagesField()
        for name in ("registration_number", "tax_number"):
            self.fields[name].widget.attrs["dir"] = "ltr"
        if self.instance.kind in SELLERS:
            del self.fields["country"]
            self.fields["province"] = field = ProvinceField()
            field.choices = field.grouped()
        else:
            self.fields["country"] = field = CountryField()
            field.choices = field.sorted()
            for name in ("province", *SELLER_ONLY):
                del self.fields[name]
        self.order_fields(self.Meta.fields)
        self.fields["address"].help_text = _(
            "Street, postcode and town, each on its line. Printed on your papers; on the page, members of "
            "checked organisations alone see it."
        )
        self.fields["tax_number"].help_text = _(
            "Printed on your papers: the ICE in Morocco, the VAT number in the European Union."
        )
        self.carry_what_is_shown()

    def what_stands(self) -> dict:
        """What the row holds, under a lock: nothing slips in between this and the writing."""
        return forms.model_to_dict(lock(self.instance), self.fields)

    def changes(self) -> dict:
        """What was changed, as the action takes it; the region follows the province."""
        given = {name: self.cleaned_data[name] for name in self.changed_data}
        if "province" in given:
            given["region"] = given["province"].region
        return given
