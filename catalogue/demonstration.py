from pathlib import Path

from catalogue.actions.reference import REFERENCE, load_catalogue_reference
from catalogue.showcase.actions import import_catalogue
from moussem.core.demonstration import demonstrates


@demonstrates(order=20, label="families, certificates and standards", reads=[REFERENCE])
def families() -> None:
    """The families and what stands around them."""
    load_catalogue_reference()


@demonstrates(
    order=30,
    label="cooperatives, buyers and products",
    reads=[REFERENCE, Path(__file__).parent / "showcase"],
)
def country() -> None:
    """The demonstration country."""
    import_catalogue()
