"""How far an edition has come in all its rooms, as parts of what is to be reached."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.badges.models import Badge
from fairs.badges.queries import inside_from
from fairs.editions.counting import counted_in, number_of, value_of
from fairs.editions.models import Edition
from fairs.floor.models import Allotment, Booth
from fairs.guests.models import Guest, HostingPlan
from fairs.guests.states import GuestState, Tier
from fairs.selection.models import Exhibitor, SelectionPlan
from fairs.selection.todo import short_of_reviews
from fairs.sessions.models import Session


@dataclass(frozen=True)
class Progress:
    """So many of so many, and the page of it."""

    name: str
    done: int
    of: int
    href: str

    @property
    def is_reached(self) -> bool:
        """Whether nothing is left of it."""
        return self.done >= self.of


def counted_for_board(edition: Edition) -> dict[str, int]:
    """What the board of an edition counts, those inside now too, in one query."""
    sent = Application.objects.filter(state=ApplicationState.SENT)
    held = Allotment.objects.current().filter(booth=OuterRef("pk"))
    sessions = Session.objects.filter(is_cancelled=False)
    registered = Guest.objects.exclude(state=GuestState.CANCELLED)
    return counted_in(
        [edition],
        exhibitors=number_of(Exhibitor.objects.filter(left_at=None)),
        sent=number_of(sent),
        short=number_of(short_of_reviews()),
        booths=number_of(Booth.objects.standing()),
        allotted=number_of(Booth.objects.standing().filter(Exists(held))),
        registered=number_of(registered),
        unchecked=number_of(registered.filter(state=GuestState.WAITING)),
        hosted=number_of(Guest.objects.admitted().filter(tier=Tier.HOSTED)),
        sessions=number_of(sessions),
        places=value_of(SelectionPlan.objects.all(), "places"),
        hosting=value_of(HostingPlan.objects.all(), "places"),
        hidden=number_of(sessions.filter(showing=None)),
        inside=number_of(Badge.objects.filter(inside_since__gte=inside_from(edition))),
    )[edition.pk]


def progress_of(edition: Edition, told: dict[str, int]) -> list[Progress]:
    """What can be measured of an edition; what has no goal is left out."""
    rows = (
        (_("Applications with enough reviews"), told["sent"] - told["short"], told["sent"], "selection"),
        (_("Places taken by exhibitors"), told["exhibitors"], told["places"], "selection"),
        (_("Booths allotted"), told["allotted"], told["booths"], "floor"),
        (_("Registrations checked"), told["registered"] - told["unchecked"], told["registered"], "guests"),
        (_("Places of hosted buyers taken"), told["hosted"], told["hosting"], "guests"),
        (_("Sessions that visitors see"), told["sessions"] - told["hidden"], told["sessions"], "plan"),
    )
    return [
        Progress(name, done, of, reverse(f"fairs:{page}", args=[edition.slug]))
        for name, done, of, page in rows
        if of
    ]
