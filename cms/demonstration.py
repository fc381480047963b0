from cms.actions.planting import plant
from moussem.core.demonstration import demonstrates


@demonstrates(order=900, label="Pages of the editors")
def pages() -> None:
    """The languages, home pages and sections the editors write in."""
    plant()
