"""Fields that read numbers as people type them in three languages, and show them as they can be sent."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal, get_decimal_symbol
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moussem.core.money import parted_from_currency
from moussem.core.numbers import NotANumber, parse_number
from moussem.core.templatetags.figures import locale, typed
from moussem.core.text import unbroken

# What the columns of whole numbers hold at most.
LARGEST = 2**31 - 1


class NumberField(forms.DecimalField):
    """A number with commas or points, Latin or Arabic digits; never guessed where it could be two numbers."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"})
    default_error_messages = {
        "invalid": _("Write a number, such as 12 or 12.5."),
        "ambiguous": _(
            "This could be a thousand or a little more than one. Leave out the thousands mark, or write "
            "two decimals or four."
        ),
    }

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            number = parse_number(str(value), decimal_mark=self.decimal_mark)
        except NotANumber as error:
            why = "ambiguous" if error.why == "ambiguous" else "invalid"
            raise ValidationError(self.error_messages[why], code=why) from error
        return _without_idle_zeros(number, self.decimal_places)

    @property
    def decimal_mark(self) -> str:
        """The mark that is never taken for one of thousands here; none where nothing may be guessed."""
        return ""

    def prepare_value(self, value: Any) -> Any:
        """A stored decimal without idle zeros, as its language writes it; what was typed, as it was typed.

        But for what no page can hold.
        """
        if isinstance(value, str):
            return unbroken(value)
        return typed(value) if isinstance(value, Decimal) else value


class WholeNumberField(NumberField):
    """A whole number: "1.000" and "1,000" are asked about, and never read as one."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"})
    default_error_messages = {
        "invalid": _("Write a whole number, such as 12."),
        "ambiguous": _("This could be a thousand or one. Write it without a mark, such as 1000."),
    }

    def __init__(self, *, max_value: int | None = None, **options: Any) -> None:
        most = LARGEST if max_value is None else max_value
        super().__init__(max_value=most, decimal_places=0, **options)

    def to_python(self, value: Any) -> Decimal | None:
        number = super().to_python(value)
        if number is not None and number != number.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def clean(self, value: Any) -> int | None:
        """The number as the columns of whole numbers take it."""
        number = super().clean(value)
        return None if number is None else int(number)


class WeightField(NumberField):
    """Kilograms to the gram: three decimals behind the mark of the page's language are grams."""

    @property
    def decimal_mark(self) -> str:
        """The one that parts decimals on this page."""
        return get_decimal_symbol(locale())


class PriceField(NumberField):
    """A price, shown as the pages of this language write it: 3,30 and never 3.3.

    Its currency may stand beside it, as in an amount that was copied; another one is never read as this one.
    """

    default_error_messages = {
        "currency": _("Write this amount in %(currency)s: what you wrote is in %(written)s.")
    }

    def __init__(self, *, currency: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.currency = currency

    def to_python(self, value: Any) -> Decimal | None:
        if not isinstance(value, str) or not self.currency:
            return super().to_python(value)
        amount, written = parted_from_currency(value)
        if written and written != self.currency:
            told = {"currency": self.currency, "written": written}
            raise ValidationError(self.error_messages["currency"], code="currency", params=told)
        return super().to_python(amount)

    def prepare_value(self, value: Any) -> Any:
        """A stored price with two decimals or four: with three it could be a thousand."""
        if not isinstance(value, Decimal):
            return super().prepare_value(value)
        places = -int(value.normalize().as_tuple().exponent)
        return format_decimal(
            value, format="0.00" if places <= 2 else "0.0000", locale=locale(), numbering_system="latn"
        )


def _without_idle_zeros(number: Decimal, places: int | None) -> Decimal:
    """The number without the zeros that a column of so many places has no room for."""
    sign, digits, exponent = number.as_tuple()
    while places is not None and int(exponent) < -places and len(digits) > 1 and digits[-1] == 0:
        digits, exponent = digits[:-1], int(exponent) + 1
    return Decimal((sign, digits, exponent))
