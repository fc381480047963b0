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


class PasswordRules:
    """Django's four rules as one: each still says what is wrong, together they ask in one sentence."""

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
                errors.append(error)
        if errors:
            raise ValidationError(errors)

    def get_help_text(self) -> str:
        """What is asked, before anything is typed."""
        return _(
            "At least %(count)s characters: not digits alone, not a common password, nothing close to your "
            "name or address."
        ) % {"count": self.min_length}
