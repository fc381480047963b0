"""Reference data of the demonstration: countries, regions, provinces, agreements, nomenclature."""

from moussem.core.demonstration import demonstrates
from moussem.regions.actions import REFERENCE, load_reference


@demonstrates(order=10, label="Countries, regions, HS codes", reads=[REFERENCE])
def load_the_regions() -> None:
    """Every reference table as its file says."""
    load_reference()
