"""What a field says when its form has no better sentence: ours instead of Django's, said once for every form.

Django's own sentences name the rule that was broken and not what to do, in another voice than our pages.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from moussem.core.templatetags.figures import number_text


class ToldLimit:
    """A sentence about a limit, which it writes as its reader's language writes numbers."""

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __mod__(self, told: dict[str, Any]) -> str:
        limit = told["limit_value"]
        said = number_text(limit) if isinstance(limit, (int, float, Decimal)) else limit
        return str(self.sentence) % {**told, "limit_value": said}


NOT_OFFERED = _("This cannot be chosen here. Choose from the list.")
DAY = _("Choose a day of the calendar.")

FIELDS: dict[type[forms.Field], dict[str, object]] = {
    forms.Field: {"required": _("Fill this in: without it we cannot go on.")},
    forms.IntegerField: {
        "required": _("Write a number."),
        "invalid": _("Write a whole number, such as 12."),
    },
    forms.DecimalField: {"invalid": _("Write a number, such as 12 or 12.5.")},
    forms.FloatField: {"invalid": _("Write a number, such as 12 or 12.5.")},
    forms.DateField: {"required": _("Choose a day."), "invalid": DAY},
    forms.DateTimeField: {"invalid": DAY},
    forms.EmailField: {"required": _("Write an e-mail address.")},
    forms.BooleanField: {"required": _("Tick this box to go on.")},
    forms.ChoiceField: {"required": _("Choose one of these."), "invalid_choice": NOT_OFFERED},
    forms.MultipleChoiceField: {
        "required": _("Tick at least one of these."),
        "invalid_choice": NOT_OFFERED,
        "invalid_list": NOT_OFFERED,
    },
    forms.ModelChoiceField: {"invalid_choice": NOT_OFFERED},
    forms.ModelMultipleChoiceField: {
        "required": _("Tick at least one of these."),
        "invalid_choice": NOT_OFFERED,
        "invalid_list": NOT_OFFERED,
        "invalid_pk_value": NOT_OFFERED,
    },
    forms.FileField: {
        "required": _("Choose a file."),
        "invalid": _("The file did not arrive. Choose it again."),
        "missing": _("The file did not arrive. Choose it again."),
        "empty": _("This file is empty. Choose another one."),
        "max_length": ngettext_lazy(
            "The name of this file is too long: it may have %(max)d character. Give it a shorter name.",
            "The name of this file is too long: it may have %(max)d characters. Give it a shorter name.",
            "max",
        ),
    },
    forms.ImageField: {"invalid_image": _("This is not a picture, or it is damaged. Choose another one.")},
}

VALIDATORS: dict[type, object] = {
    validators.MinValueValidator: ToldLimit(_("Write %(limit_value)s or more.")),
    validators.MaxValueValidator: ToldLimit(_("Write %(limit_value)s or less.")),
    validators.MinLengthValidator: ngettext_lazy(
        "This is too short: write at least %(limit_value)d character.",
        "This is too short: write at least %(limit_value)d characters.",
        "limit_value",
    ),
    validators.MaxLengthValidator: ngettext_lazy(
        "This is too long: write at most %(limit_value)d character (now %(show_value)d).",
        "This is too long: write at most %(limit_value)d characters (now %(show_value)d).",
        "limit_value",
    ),
    validators.EmailValidator: _("Write an e-mail address such as name@example.com."),
    validators.ProhibitNullCharactersValidator: _("A character here cannot be kept. Write the text anew."),
}

DIGITS = {
    "invalid": _("Write a number, such as 12 or 12.5."),
    "max_digits": ngettext_lazy(
        "This number is too long: write at most %(max)s digit.",
        "This number is too long: write at most %(max)s digits.",
        "max",
    ),
    "max_decimal_places": ngettext_lazy(
        "Write at most %(max)s digit after the point.",
        "Write at most %(max)s digits after the point.",
        "max",
    ),
    "max_whole_digits": ngettext_lazy(
        "This number is too large: write at most %(max)s digit before the point.",
        "This number is too large: write at most %(max)s digits before the point.",
        "max",
    ),
}


def say_instead_of_django() -> None:
    """Every field and validator speaks ours from now on; what a form says of its own field comes before."""
    for kind, sentences in FIELDS.items():
        # Only its own: a copy of what it inherits would hide what another kind says.
        own = vars(kind).get("default_error_messages", {})
        kind.default_error_messages = {**own, **sentences}
    for check, sentence in VALIDATORS.items():
        check.message = sentence
    validators.DecimalValidator.messages = DIGITS
