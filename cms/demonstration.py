from pathlib import Path

from cms.installation.actions import plant
from cms.showcase.actions import SHOWCASE, show_pages
from cms.showcase.people import bring_in_the_newsroom
from cms.showcase.work import WORK, leave_work
from moussem.core.demonstration import demonstrates

HERE = Path(__file__).parent


@demonstrates(order=900, label="Sections of the editors")
def sections() -> None:
    """The languages, home pages and sections the editors write in."""
    plant()


@demonstrates(order=910, label="Pages of the editors", reads=[SHOWCASE])
def pages() -> None:
    """What readers find there: news, market notes, showcases, stories, in three languages."""
    show_pages()
    # The footer leads to them now that they are there.
    plant()


@demonstrates(
    order=920,
    label="Who works in the editors’ house",
    reads=[HERE / "showcase" / "people.py", HERE / "staff" / "actions.py"],
)
def newsroom() -> None:
    """An author, an editor, a translator, a publisher and a correspondent."""
    bring_in_the_newsroom()


@demonstrates(
    order=930,
    label="What waits in the editors’ house",
    reads=[WORK, HERE / "showcase" / "work.py"],
)
def work() -> None:
    """Articles begun, in review, to be published and to be translated."""
    leave_work()
