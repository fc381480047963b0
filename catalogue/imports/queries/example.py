"""The row that a template shows."""

from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext, override, pgettext

from catalogue.models import Family
from catalogue.states import BaseUnit
from moussem.organisations.models import Organisation
from moussem.regions.models import Province

# What the example of a list is of, where this family is known.
EXAMPLE_FAMILY = "saffron"


def example_for(organisation: Organisation, language: str) -> dict[str, str | Decimal]:
    """A row of a list that this seller could send, in the words of a language."""
    with override(language):
        family = Family.objects.filter(slug=EXAMPLE_FAMILY).first() or Family.objects.first()
        unit = family.units[0] if family and family.units else BaseUnit.KILOGRAM
        province = organisation.province or Province.objects.first()
        return {
            "code": "A-1",
            f"title:{language}": family.label if family else "",
            f"description:{language}": gettext("How it is made, and what is special about it."),
            "family": family.label if family else "",
            "unit": str(BaseUnit(unit).label),
            "quantity:1": Decimal(100),
            "price:EUR:1": Decimal("3.50"),
            "quantity:2": Decimal(1000),
            "price:EUR:2": Decimal("3.10"),
            "capacity_per_year": Decimal(5000),
            "lead_time_days": Decimal(14),
            "harvest_months": pgettext("between items of a list", ", ").join(
                str(MONTHS[n]) for n in (10, 11)
            ),
            "origin_province": province.label if province else "",
        }
