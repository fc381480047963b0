from django.db.models import QuerySet

from moussem.regions.models import Country, HsCode, Region
from moussem.regions.states import CountryGroup, HsLevel


def all_regions() -> QuerySet[Region]:
    """The twelve regions, north to south as they are numbered."""
    return Region.objects.all()


def all_countries() -> QuerySet[Country]:
    """Every country known, Morocco included."""
    return Country.objects.all()


def markets() -> QuerySet[Country]:
    """The countries one can export to: all but Morocco."""
    return Country.objects.exclude(group=CountryGroup.HOME)


def hs_subheadings() -> QuerySet[HsCode]:
    """The six-digit codes, the only ones a product may carry."""
    return HsCode.objects.filter(level=HsLevel.SUBHEADING)
