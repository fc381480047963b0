from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.pages.news import Subject
from moussem.core.context import LANGUAGES_IN_OWN_WORDS
from moussem.core.forms import Consent

CONSENT = _(
    "Moussem keeps this address and what I chose here, to send me the newsletter at most once a "
    "week. I can stop it at any time with the link in each mail."
)


class SignUp(forms.Form):
    """Where the newsletter goes, in which language and about what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES_IN_OWN_WORDS)
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"),
        choices=Subject.choices,
        required=False,
        help_text=_("None chosen: every subject."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--columns"}),
    )
    consent = Consent(
        label=CONSENT,
        help_text=_(
            "An address that nobody confirms is erased after 30 days. When you stop the newsletter you "
            "can have yours erased at once."
        ),
        error_messages={"required": _("Tick the box: without your agreement we may not write to you.")},
    )

    def clean(self) -> dict[str, Any]:
        """The words that were agreed to, as they stood on the page."""
        cleaned = super().clean()
        return {**cleaned, "consent": str(CONSENT)} if cleaned.get("consent") else cleaned
