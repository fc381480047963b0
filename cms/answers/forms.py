"""From the fields an editor made to a form, with what keeps machines out."""

from secrets import token_hex
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from moussem.core.forms import Consent, LineField, TextField
from moussem.core.number_fields import NumberField

LONGEST_LINE, LONGEST_TEXT = 200, 4000
SALT = "cms.answers.begun"
# A person reads before sending; a page that was left open for longer is sent again by one more press.
LEAST_SECONDS, MOST_SECONDS = 3, 24 * 3600
# Names that no field of an editor can have: those are made of letters of its label.
CONSENT, TRAP, BEGUN = "our-consent", "our-website", "our-begun"
OURS = (CONSENT, TRAP, BEGUN)


class AskingForm(BaseForm):
    """The fields of an editor between the consent and the traps of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[CONSENT] = Consent(
            label=self.page.consent if self.page else "",
            help_text=self.page.erased_after if self.page else "",
            error_messages={
                "required": _("Tick the box: without your agreement we may not keep what you write.")
            },
        )
        self.fields[TRAP] = forms.CharField(required=False, label=_("Leave this empty"))
        self.fields[BEGUN] = forms.CharField(required=False, widget=forms.HiddenInput, initial=begin)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields a reader is shown before the consent."""
        return [self[name] for name in self.fields if name not in OURS]

    @property
    def consent(self) -> forms.BoundField:
        return self[CONSENT]

    @property
    def begun(self) -> forms.BoundField:
        return self[BEGUN]

    @property
    def is_of_a_machine(self) -> bool:
        """Whether the field that nobody sees was filled."""
        return bool(self.data.get(TRAP))

    def clean(self) -> dict[str, Any]:
        """What was sent within seconds is sent again by who is a person."""
        cleaned = super().clean()
        if not self.errors and not was_begun_in_time(cleaned.get(BEGUN, "")):
            # The moment is renewed, or the second press would be refused too.
            self.begin_again()
            raise forms.ValidationError(
                _("This was sent very quickly, or long after it was opened. Read it once more and send it.")
            )
        return cleaned

    def begin_again(self) -> None:
        """What was typed, to be sent as another message."""
        self.data = self.data.copy()
        self.data[BEGUN] = begin()

    @property
    def answers(self) -> dict[str, Any]:
        """What the reader typed, without what is ours."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OURS}


def begin() -> str:
    """The moment a form was shown, which only we can write, and no other showing of it has."""
    return signing.dumps(token_hex(8), salt=SALT)


def was_begun_in_time(told: str) -> bool:
    """Whether a form was shown some seconds ago, and not days ago."""
    try:
        signing.loads(told, salt=SALT, max_age=MOST_SECONDS)
    except signing.BadSignature:
        return False
    try:
        signing.loads(told, salt=SALT, max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


class AskingFormBuilder(FormBuilder):
    """Fields with limits, whose text cannot turn or break what stands around it. None takes a file."""

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return LineField(max_length=LONGEST_LINE, **options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        area = forms.Textarea(attrs={"rows": 6, "dir": "auto"})
        return TextField(max_length=LONGEST_TEXT, widget=area, **options)

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        typed = forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})
        return forms.EmailField(max_length=254, widget=typed, **options)

    def create_number_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return NumberField(max_digits=18, decimal_places=6, **options)

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def get_form_class(self) -> type[AskingForm]:
        return type("FormOfAPage", (AskingForm,), self.formfields)
