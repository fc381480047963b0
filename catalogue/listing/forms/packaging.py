from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.listing.forms.fields import CountedIn
from catalogue.packing import Pack
from catalogue.states import PackLevel
from moussem.core.forms import AsShown
from moussem.core.number_fields import NumberField, WeightField

HOLDS = {
    PackLevel.UNIT: _("One unit holds this much (%(unit)s)"),
    PackLevel.CARTON: _("One carton holds this many units"),
    PackLevel.PALLET: _("One pallet holds this many cartons"),
}
WEIGHS = {
    PackLevel.UNIT: _("One full unit weighs (kg)"),
    PackLevel.CARTON: _("One full carton weighs (kg)"),
    PackLevel.PALLET: _("One full pallet weighs (kg)"),
}
NEEDED = _("Write it: carriage is reckoned from these figures.")
SIDES = {"length_cm": _("Length (cm)"), "width_cm": _("Width (cm)"), "height_cm": _("Height (cm)")}


class PackagingForm(AsShown, forms.Form):
    """What a unit, a carton and a pallet hold, weigh and measure."""

    def __init__(self, *args, product, **kwargs):
        super().__init__(*args, **kwargs)
        unit, packagings = str(product.get_unit_display()), product.packagings.all()
        self.fields["counted_in"] = CountedIn(product.unit)
        known = {packaging.level: packaging for packaging in packagings}
        for level in PackLevel:
            required = level == PackLevel.UNIT
            self.fields[f"{level}_holds"] = NumberField(
                label=HOLDS[level] % {"unit": unit},
                required=required,
                max_digits=14,
                decimal_places=3,
                error_messages={"required": NEEDED},
            )
            self.fields[f"{level}_gross_weight_kg"] = WeightField(
                label=WEIGHS[level],
                required=required,
                max_digits=10,
                decimal_places=3,
                error_messages={"required": NEEDED},
            )
            for side, label in SIDES.items():
                self.fields[f"{level}_{side}"] = NumberField(
                    label=label, required=False, max_digits=7, decimal_places=1
                )
            if level in known:
                for name in ("holds", "gross_weight_kg", *SIDES):
                    self.initial[f"{level}_{name}"] = getattr(known[level], name)
        self.carry_what_is_shown()

    def clean(self):
        data = super().clean()
        for name, value in list(data.items()):
            if name != "counted_in" and value is not None and value <= 0:
                self.add_error(name, _("Write a number larger than zero."))
        for level in PackLevel:
            holds, weight = f"{level}_holds", f"{level}_gross_weight_kg"
            filled = [data.get(f"{level}_{name}") for name in ("holds", "gross_weight_kg", *SIDES)]
            if any(value is not None for value in filled):
                for name in (holds, weight):
                    if data.get(name) is None and name not in self.errors:
                        self.add_error(name, NEEDED)
        return data

    @property
    def packs(self) -> list[Pack]:
        """The levels that were filled in."""
        data = self.cleaned_data
        return [
            Pack(
                str(level),
                data[f"{level}_holds"],
                data[f"{level}_gross_weight_kg"],
                *(data[f"{level}_{side}"] for side in SIDES),
            )
            for level in PackLevel
            if data[f"{level}_holds"] is not None
        ]

    @property
    def levels(self):
        """The fields of each level, under its name."""
        names = ("holds", "gross_weight_kg", *SIDES)
        return [(level.label, [self[f"{level}_{name}"] for name in names]) for level in PackLevel]
