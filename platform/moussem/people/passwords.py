"""What makes a good password, told in one sentence."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class PasswordRules:
    """Django's four rules as one: each says what is wrong in our words, together they ask in one sentence.

    Django's own sentence of the length stands in no Arabic catalogue of Django: it came out in English.
    """

    def __init__(self, min_length: int = 10) -> None:
        self.min_length = min_length
        self.rules: tuple[Any, ...] = (
            UserAttributeSimilarityValidator(),
            MinimumLengthValidator(min_length),
            CommonPasswordValidator(),
            NumericPasswordValidator(),
        )

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password with every reason at once."""
        errors = []
        for rule in self.rules:
            try:
                rule.validate(password, user)
            except ValidationError as error:
                errors.extend(ValidationError(self._sentence(one), code=one.code) for one in error.error_list)
        if errors:
            raise ValidationError(errors)

    def _sentence(self, error: ValidationError) -> str:
        """What is wrong, and what to do about it."""
        sentences = {
            "password_too_similar": _("It is close to your name or address: choose another password."),
            "password_too_short": ngettext(
                "It is too short: write at least %(count)s character.",
                "It is too short: write at least %(count)s characters.",
                self.min_length,
            )
            % {"count": self.min_length},
            "password_too_common": _("Too many people use this password: choose another."),
            "password_entirely_numeric": _("It is digits alone: add letters."),
        }
        return sentences[error.code]

    def get_help_text(self) -> str:
        """What is asked, before anything is typed."""
        return _(
            "At least %(count)s characters: not digits alone, not a common password, nothing close to your "
            "name or address."
        ) % {"count": self.min_length}
