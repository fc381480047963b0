"""The questions about a product: those of every product, and those of its family."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from catalogue.imports.cells import looks_of
from catalogue.imports.reasons import REASONS, reason_in_words, strands
from catalogue.listing.forms.fields import COLUMNS, MonthsField, answer_of, field_for, stored
from catalogue.models import Family, Product, ProtectedName
from catalogue.pricing import is_orderable
from catalogue.states import Allergen, BaseUnit, PackLevel
from moussem.core.dates import today_here
from moussem.core.forms import AsShown
from moussem.core.number_fields import NumberField, WholeNumberField
from moussem.core.templatetags.figures import quantity_text
from moussem.core.text import reading_order
from moussem.regions.models import HsCode, Province
from moussem.regions.queries import hs_subheadings

QUESTION = "question_"
# What a first look needs beside the family's required questions; the rest can wait.
FIRST = ("origin_province", "hs_code", "unit", "order_multiple", "lead_time_days", "allergens")
# What counts in the unit of the product, and can be written while the unit can still be chosen.
COUNTED = ("order_multiple", "capacity_per_year", "sample_quantity")
# By whether figures were left as they were, and whether there is packaging.
UNIT_IS_MEANT = {
    (True, False): _("Yes, another unit; these numbers are right in it"),
    (False, True): _("Yes, another unit; I correct the packaging next"),
    (True, True): _("Yes, another unit; these numbers are right in it, and I correct the packaging next"),
}


class DetailsForm(AsShown, forms.Form):
    """Origin, customs code, quantities and the answers to the family's questions."""

    origin_province = forms.ChoiceField(
        label=_("Province of origin"),
        error_messages={"required": _("Choose the province it comes from.")},
    )
    hs_code = forms.ChoiceField(
        label=_("Customs code (HS)"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose its customs code.")},
        help_text=_("Suggested by the family. A customs broker can confirm it."),
    )
    other_hs_code = forms.CharField(
        label=_("Another customs code"),
        required=False,
        max_length=9,
        help_text=_("Six digits, only if none of the suggestions fits."),
    )
    unit = forms.ChoiceField(label=_("Sold by"))
    order_multiple = NumberField(
        label=_("Ordered in multiples of"),
        max_digits=14,
        decimal_places=3,
        error_messages={"required": _("Write in which steps it is ordered, such as 1.")},
        help_text=_("For example 20 when a carton holds 20."),
    )
    capacity_per_year = NumberField(
        label=_("What you can make in a year"), required=False, max_digits=16, decimal_places=3
    )
    harvest_months = MonthsField(label=_("Months of harvest or making"), required=False)
    lead_time_days = WholeNumberField(
        label=_("Days from order to readiness"),
        min_value=1,
        max_value=365,
        initial=21,
        error_messages={"required": _("Write how many days you need, such as 21.")},
    )
    sample_quantity = NumberField(
        label=_("Quantity of a sample"),
        required=False,
        max_digits=14,
        decimal_places=3,
        help_text=_("Leave empty if you do not send samples."),
    )
    shelf_life_months = NumberField(
        label=_("Shelf life in months"), required=False, max_digits=5, decimal_places=1
    )
    allergens = forms.MultipleChoiceField(
        label=_("Allergens"),
        required=False,
        choices=Allergen.choices,
        widget=forms.CheckboxSelectMultiple(attrs=COLUMNS),
    )
    protected_name = forms.ModelChoiceField(
        label=_("Protected name"), required=False, queryset=ProtectedName.objects.all()
    )
    register_number = forms.CharField(
        label=_("Your number in its register"),
        required=False,
        max_length=60,
        help_text=_("A protected name needs the number of your registration."),
    )
    prices_valid_until = forms.DateField(
        label=_("Prices valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    seller_code = forms.CharField(
        label=_("Your own code"),
        required=False,
        max_length=40,
        help_text=_("Lets you send the same list again without doubling the product."),
    )
    national_code = forms.CharField(label=_("National tariff code"), required=False, max_length=14)

    def __init__(self, *args, product: Product, has_ladder_beside: bool = False, **kwargs):
        self.product, family = product, product.product_class
        # Prices written on the same page bring their own minimum, which is checked with them.
        self.minimum = None if has_ladder_beside or not product.tiers.exists() else product.moq
        initial = {name: getattr(product, name) for name in self.base_fields if hasattr(product, name)}
        initial |= {
            "origin_province": product.origin_province_id,
            "hs_code": product.hs_code_id,
            "protected_name": product.protected_name_id,
        }
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        if not family.declares_allergens:
            del self.fields["allergens"]
        self.fields["origin_province"].choices = province_choices()
        self.fields["hs_code"].choices = hs_choices(family, product)
        # No product is shown without its code: better asked here than after the last step.
        self.fields["hs_code"].required = bool(family.hs_codes.all()) and not self.data.get("other_hs_code")
        self.fields["unit"].choices = unit_choices(family, product)
        # Prices and lots count in this unit: another one would make every figure wrong.
        self.fields["unit"].disabled = product.tiers.exists() or product.lots.exists()
        self.fields["unit_is_meant"] = forms.BooleanField(required=False, widget=forms.HiddenInput)
        self._ask(family)
        self.carry_what_is_shown()

    def _ask(self, family: Family) -> None:
        answers = {value.attribute_id: value.value for value in self.product.attribute_values.all()}
        self.questions = {}
        for attribute in family.attributes.select_related("option_group"):
            field = field_for(attribute)
            if field is None:
                continue
            name = QUESTION + attribute.code
            self.questions[name], self.fields[name] = attribute, field
            if attribute.pk in answers:
                self.initial[name] = answer_of(attribute, answers[attribute.pk])
        names = [*self.base_fields]
        names.insert(names.index("unit") + 1, "unit_is_meant")
        self.order_fields([*self.questions, *names])

    def clean_origin_province(self):
        code = self.cleaned_data["origin_province"]
        return Province.objects.select_related("region").get(pk=code)

    def clean_order_multiple(self):
        return positive(self.cleaned_data["order_multiple"])

    def clean_prices_valid_until(self):
        day = self.cleaned_data["prices_valid_until"]
        if day and day < today_here() and day != self.product.prices_valid_until:
            raise forms.ValidationError(
                _("This day is past: nobody could order. Choose today or a later day, or leave it empty.")
            )
        return day

    def clean_sample_quantity(self):
        return positive(self.cleaned_data["sample_quantity"])

    def clean_capacity_per_year(self):
        return positive(self.cleaned_data["capacity_per_year"])

    def clean_shelf_life_months(self):
        return positive(self.cleaned_data["shelf_life_months"])

    def clean_seller_code(self):
        code = self.cleaned_data["seller_code"]
        if not code or code == self.product.seller_code:
            return code
        own = Product.objects.of(self.product.organisation).exclude(pk=self.product.pk)
        known = own.exclude(seller_code="").values_list("seller_code", flat=True)
        twin = next((one for one in known if looks_of(one) == looks_of(code)), None)
        if twin == code:
            raise forms.ValidationError(_("Another of your products has this code already."))
        if twin:
            said = _("Another of your products has the code %(code)s, which reads the same.")
            raise forms.ValidationError(said, params={"code": twin})
        return code

    def _stranded(self, multiple) -> list:
        """The prices that begin between multiples, each with its currency; an old multiple is left alone."""
        if multiple == self.product.order_multiple:
            return []
        tiers = self.product.tiers.order_by("currency", "min_quantity")
        return [(tier.currency, tier.min_quantity) for tier in tiers if tier.min_quantity % multiple]

    def clean(self):
        data = super().clean()
        typed = (data.get("other_hs_code") or "").replace(".", "").replace(" ", "")
        code = typed or data.get("hs_code") or None
        data["hs_code"] = hs_subheadings().filter(pk=code).first() if code else None
        if code and data["hs_code"] is None:
            self.add_error("other_hs_code", _("This is not a six-digit code of the Harmonized System."))
        multiple = data.get("order_multiple")
        if multiple and self.minimum and not is_orderable(self.minimum, self.minimum, multiple):
            self.add_error("order_multiple", REASONS["multiple"])
        elif multiple and self.minimum and (found := self._stranded(multiple)):
            self.add_error("order_multiple", reason_in_words(strands(self.product.unit, found), "", ()))
        self._ask_about_the_unit(data)
        if data.get("protected_name") and not data.get("register_number"):
            self.add_error("register_number", _("A protected name needs its register number."))
        return data

    def _ask_about_the_unit(self, data: dict) -> None:
        """What was counted in the old unit goes on with its number: that is asked about once."""
        unit = data.get("unit")
        if not unit or unit == self.product.unit or data.get("unit_is_meant"):
            return
        packed = self.product.packagings.filter(level=PackLevel.UNIT).first()
        figures = self._figures_left_as_they_were(data)
        if packed:
            self.add_error(
                "unit",
                _(
                    "The packaging says that one unit holds %(quantity)s; with another unit here the number "
                    "would stay and mean something else. If that is meant, say so below, then correct the "
                    "packaging."
                )
                % {"quantity": quantity_text(packed.holds.normalize(), self.product.unit)},
            )
        if figures:
            self.add_error(
                "unit",
                _(
                    "With another unit these numbers would stay and mean something else: %(figures)s. "
                    "Correct them, or say below that they are right."
                )
                % {"figures": pgettext("between items of a list", ", ").join(figures)},
            )
        if figures or packed:
            self.fields["unit_is_meant"].widget = forms.CheckboxInput()
            self["unit_is_meant"].label = UNIT_IS_MEANT[bool(figures), bool(packed)]

    def _figures_left_as_they_were(self, data: dict) -> list[str]:
        """What a change of the unit would carry along, in words of the old one."""
        kept = {name: getattr(self.product, name) for name in COUNTED}
        colon = pgettext("between a label and its value", ": ")
        return [
            f"{self.fields[name].label}{colon}{quantity_text(value.normalize(), self.product.unit)}"
            for name, value in kept.items()
            # A multiple of one is what every product begins with.
            if value is not None and data.get(name) == value and (name, value) != ("order_multiple", 1)
        ]

    @property
    def first(self) -> list:
        """The fields that a new product needs, and what is asked about them."""
        shown = {*FIRST, "unit_is_meant"} if not self["unit_is_meant"].is_hidden else FIRST
        return [field for field in self if field.name in shown or self._is_asked(field.name)]

    @property
    def later(self) -> list:
        """The fields that can wait."""
        elsewhere = {*FIRST, "unit_is_meant"}
        return [field for field in self if field.name not in elsewhere and not self._is_asked(field.name)]

    @property
    def is_later_open(self) -> bool:
        """Whether something is said of a field that can wait."""
        return any(field.errors or field.otherwise for field in self.later)

    def _is_asked(self, name: str) -> bool:
        return name in self.questions and self.fields[name].required

    @property
    def details(self) -> dict:
        """What was said of the product itself."""
        left_out = {"other_hs_code", "unit_is_meant", *self.questions}
        said = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        said["origin_region"] = said["origin_province"].region
        said["register_number"] = said["register_number"] if said["protected_name"] else ""
        return said

    @property
    def answers(self) -> dict:
        """The answers to the family's questions, by their codes."""
        return {
            attribute.code: stored(attribute, self.cleaned_data[name])
            for name, attribute in self.questions.items()
        }


def positive(number):
    """The number; refused when it is zero or less."""
    if number is not None and number <= 0:
        raise forms.ValidationError(_("Write a number larger than zero."))
    return number


def province_choices() -> list:
    """The provinces by name, under their regions."""
    provinces = sorted(
        Province.objects.select_related("region"),
        key=lambda province: (province.region_id, reading_order(province.label)),
    )
    grouped = groupby(provinces, key=lambda province: province.region)
    return [
        ("", _("Choose a province")),
        *((region.label, [(p.pk, p.label) for p in group]) for region, group in grouped),
    ]


def hs_choices(family: Family, product: Product) -> list:
    """The codes that the family suggests, and the one the product has."""
    codes = {code.pk: code for code in family.hs_codes.all()}
    if product.hs_code_id and product.hs_code_id not in codes:
        codes[product.hs_code_id] = HsCode.objects.get(pk=product.hs_code_id)
    return [(pk, str(code)) for pk, code in codes.items()]


def unit_choices(family: Family, product: Product) -> list:
    """The units that the family is sold by, and the one the product has."""
    names = dict(BaseUnit.choices)
    return [(unit, names.get(unit, unit)) for unit in dict.fromkeys([*family.units, product.unit])]
