from cms.actions.planting import plant
from cms.actions.showcase import SHOWCASE, show_pages
from moussem.core.demonstration import demonstrates


@demonstrates(order=900, label="Sections of the editors")
def sections() -> None:
    """The languages, home pages and sections the editors write in."""
    plant()


@demonstrates(order=910, label="Pages of the editors", reads=[SHOWCASE])
def pages() -> None:
    """What readers find there: news, market notes, showcases, stories, in three languages."""
    show_pages()
