"""An exhibitor with goods that can be asked about, and rehearsals."""

from typing import Any
from uuid import uuid4

from fairs.editions.models import Edition
from fairs.floor.models import BoothPage
from fairs.live.rehearsal.actions import answer_practice_buyer, begin_rehearsal
from fairs.live.rehearsal.models import Rehearsal
from fairs.selection.models import Exhibitor
from tests.factories.catalogue import ProductFactory
from tests.factories.floor import exhibitor
from tests.factories.sessions import ProgrammeEditionFactory

# To the point, in the order of the questions: 500 g at least, 2,500 g at 3.10 euro a gram, ready in 14 days.
GOOD = ("500 g", "3.10 EUR per gram", "two weeks: 14 days", "EXW Taroudant", "A laboratory report")


def stand_with_goods(edition: Edition | None = None, **told: Any) -> Exhibitor:
    """An exhibitor that shows one saffron; its owner is ``exhibitor.owner``."""
    one = exhibitor(edition or ProgrammeEditionFactory(), **told)
    page = BoothPage.objects.create(exhibitor=one, about_en="Taste it.")
    page.products.add(ProductFactory(organisation=one.organisation, title="Saffron of Taliouine"))
    return one


def said_by_buyer(rehearsal: Rehearsal) -> list[str]:
    """What the practice buyer has said."""
    own = rehearsal.room.entries.filter(author=None).order_by("seq")
    return [one.data["text"] for one in own]


def answered(rehearsal: Rehearsal, *answers: str, actor: Any, **told: Any) -> Rehearsal:
    """The same rehearsal after these answers."""
    for text in answers:
        answer_practice_buyer(rehearsal, actor=actor, text=text, client_uuid=uuid4(), **told)
    return Rehearsal.objects.select_related("room").get(pk=rehearsal.pk)


def rehearsed(stand: Exhibitor, *answers: str) -> Rehearsal:
    """A rehearsal that was gone through to the end."""
    return answered(begin_rehearsal(stand, actor=stand.owner), *(answers or GOOD), actor=stand.owner)
