"""Fields that read what people type: months, rows, papers, answers to a family's questions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.measures import measure_label, measure_of, possible_values, range_in_words
from catalogue.models import AttributeOption, ProductAttribute
from catalogue.states import BaseUnit
from moussem.core.forms import AsShown, ByLabel, Compared, TextField
from moussem.core.number_fields import NumberField
from moussem.core.otherwise import ToldField
from moussem.core.storage import holds_the_same

# Many short choices stand beside each other.
COLUMNS = {"class": "choices--columns"}
# Databases keep row numbers of up to nineteen digits and fail on longer ones.
MOST_DIGITS = 18
YES_NO = [
    ("", pgettext_lazy("answer", "Not said")),
    ("yes", pgettext_lazy("answer", "Yes")),
    ("no", pgettext_lazy("answer", "No")),
]


class PaperNow(ToldField):
    """Which paper a page told of: whoever brings another one brings it in the place of that one alone."""

    def __init__(self) -> None:
        super().__init__(label=_("Paper"))
        self.template_name = "catalogue/listing/paper_now.html"


class ReplacesAPaper(AsShown):
    """A form with a newer paper: one that a colleague brought meanwhile is not replaced unseen."""

    # The field of the paper, and the paper that stands.
    paper: tuple[str, Any] = ("", None)

    def tell_paper(self, name: str, kept: Any) -> None:
        """Carries which paper stands; called before the form carries what it shows."""
        self.paper = (name, kept)
        self.fields["paper_now"] = PaperNow()
        # The names of kept papers are nobody's words: the note says it without them.
        self.initial["paper_now"] = f"{kept.name} " if kept else ""

    def judge(self, compared: list[Compared]) -> None:
        """A paper that stays, or comes a second time, takes the place of none."""
        name, kept = self.paper
        upload = self.files.get(name)
        is_new = bool(upload) and not holds_the_same(kept, upload)
        super().judge([one for one in compared if one.name != "paper_now" or is_new])


class CountedIn(forms.ChoiceField):
    """The unit that the figures of a page count in: carried as it was shown, and never asked there."""

    def __init__(self, unit: str) -> None:
        choices = dict(BaseUnit.choices) | {unit: dict(BaseUnit.choices).get(unit, unit)}
        super().__init__(
            label=_("Sold by"),
            choices=[*choices.items()],
            initial=unit,
            required=False,
            disabled=True,
            template_name="catalogue/listing/counted_in.html",
        )


class MinimumNow(NumberField):
    """The smallest order that every ladder of a product begins at: carried as it was shown, never asked."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Smallest order, in every currency"),
            required=False,
            max_digits=14,
            decimal_places=3,
            template_name="django/forms/told.html",
        )


class MonthsField(forms.TypedMultipleChoiceField):
    """Months of the year by their numbers."""

    widget = forms.CheckboxSelectMultiple(attrs=COLUMNS)

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=list(MONTHS.items()), coerce=int, empty_value=[], **options)


class RowsField(forms.ModelMultipleChoiceField):
    """Rows by their numbers; a number longer than any row has is no choice, and is not looked for."""

    def clean(self, value: Any) -> Any:
        for one in value or ():
            if len(str(one)) > MOST_DIGITS:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one[:40]}
                )
        return super().clean(value)


class OptionsField(RowsField):
    """Several options of a closed question."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, option: AttributeOption) -> str:
        return option.label


def field_for(attribute: ProductAttribute) -> forms.Field | None:
    """The field that asks a family's question; None for kinds that only staff fill."""
    unit = number_unit(attribute)
    common = {"label": unit, "required": attribute.required}
    match attribute.type:
        case attribute.TEXT:
            return TextField(max_length=500, **common)
        case attribute.RICHTEXT:
            return TextField(max_length=5000, widget=forms.Textarea, **common)
        case attribute.INTEGER:
            return measured_field(attribute.unit, **digits_of(attribute), **common)
        case attribute.FLOAT:
            return measured_field(attribute.unit, **digits_of(attribute), **common)
        case attribute.DATE:
            return forms.DateField(
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common
            )
        case attribute.BOOLEAN:
            return forms.TypedChoiceField(choices=YES_NO, coerce=yes_or_no, empty_value=None, **common)
        case attribute.OPTION:
            options = attribute.option_group.options.all()
            return ByLabel(queryset=options, empty_label=_("Choose"), **common)
        case attribute.MULTI_OPTION:
            return OptionsField(queryset=attribute.option_group.options.all(), **common)
    return None


def yes_or_no(answer: str) -> bool:
    """The truth of an answer."""
    return answer == "yes"


def number_unit(attribute: ProductAttribute) -> str:
    """The question with its unit."""
    return named_in_unit(attribute.label, measure_label(attribute.unit) if attribute.unit else "")


def named_in_unit(label: str, unit: str) -> str:
    """What is asked, with the unit to answer in where there is one."""
    return f"{label} ({unit})" if unit else label


def digits_of(attribute: ProductAttribute) -> dict[str, int | None]:
    """How many digits an answer may have, as in a list."""
    measure = measure_of(attribute.type, attribute.unit)
    return {"max_digits": measure.digits, "decimal_places": measure.decimals} if measure else {}


def measured_field(unit: str, **options: Any) -> NumberField:
    """A number in a unit, none that the unit cannot have."""
    least, most = possible_values(unit)
    why = _("Write zero or more: less is not possible here.")
    if most is not None:
        why = range_in_words(least, most)
    told = {"min_value": why, "max_value": why}
    return NumberField(min_value=least, max_value=most, error_messages=told, **options)


def answer_of(attribute: ProductAttribute, value: Any) -> Any:
    """A stored answer as its field shows it."""
    if attribute.type == attribute.BOOLEAN:
        return {True: "yes", False: "no"}.get(value, "")
    if attribute.type == attribute.FLOAT and value is not None:
        return Decimal(str(value))
    return value


def stored(attribute: ProductAttribute, answer: Any) -> Any:
    """An answer as the catalogue stores it."""
    if answer is None or attribute.type not in (attribute.FLOAT, attribute.INTEGER):
        return answer
    return float(answer) if attribute.type == attribute.FLOAT else int(answer)
