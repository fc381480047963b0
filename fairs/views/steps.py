"""What somebody may do at an edition now, the most pressing first: the head of its page offers these."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairs.editions.models import Edition

# A head offers one thing to do; the others stand beside it, quieter, and are few.
MOST = 3


@dataclass(frozen=True)
class Step:
    """A way on: where it leads, and whether it is a press that changes something."""

    label: str | Promise
    icon: str
    address: str
    is_press: bool = False


@dataclass(frozen=True)
class Standing:
    """Who asks, as far as an edition knows them."""

    is_known: bool = False
    organises: bool = False
    keeps_doors: bool = False
    has_badge: bool = False
    exhibits: bool = False
    guest: Any = None
    application: Any = None
    takes_guests: bool = False
    takes_applications: bool = False
    sells: bool = False
    following: str = ""


def steps_for(edition: Edition, standing: Standing, *, path: str) -> list[Step]:
    """The steps that are open to somebody; ``path`` is where a sign-in leads back to."""

    def to(name: str) -> str:
        return reverse(f"fairs:{name}", args=[edition.slug])

    board = [Step(_("Organiser’s board"), "settings", to("board"))] if standing.organises else []
    if edition.has_ended:
        return [*_once_over(edition, standing, to), *board]
    steps = board
    if standing.keeps_doors:
        steps.append(Step(_("Open the page of the door"), "qr", to("door")))
    steps += [*_of_who_comes(edition, standing, to), *_of_applicants(standing, to)]
    if standing.takes_guests and not (standing.guest or standing.organises or standing.exhibits):
        steps.append(Step(_("Register"), "arrow-forward", to("register")))
    if standing.takes_applications and not standing.is_known:
        steps.append(Step(_("Sign in to exhibit"), "user", f"{reverse('account_login')}?next={path}"))
    return steps[:MOST]


def _once_over(edition: Edition, standing: Standing, to: Any) -> list[Step]:
    """What an edition came to is its organiser's to read; the next one is everybody's."""
    results = [Step(_("Results"), "arrow-forward", to("report"))] if standing.organises else []
    following = []
    if standing.following:
        address = reverse("fairs:edition", args=[standing.following])
        following = [Step(_("Next edition"), "arrow-forward", address)]
    return [*([] if edition.is_withdrawn else results), *following]


def _of_who_comes(edition: Edition, standing: Standing, to: Any) -> list[Step]:
    """A badge opens the doors of a hall; on a screen the agenda is what one goes in by."""
    guest = standing.guest
    is_admitted = bool(guest and guest.is_admitted) or standing.exhibits
    badge = [Step(_("Your badge"), "qr", to("own_badge"))] if standing.has_badge else []
    agenda = [Step(_("Your agenda"), "calendar", to("agenda"))] if is_admitted else []
    steps = [*agenda, *badge] if edition.is_digital else [*badge, *agenda]
    if guest and not is_admitted:
        steps.append(Step(_("See your registration"), "arrow-forward", to("registration")))
    return steps


def _of_applicants(standing: Standing, to: Any) -> list[Step]:
    application = standing.application
    if standing.exhibits:
        return [Step(_("People at your stand"), "people", to("stand_people"))]
    if application is None:
        may = standing.takes_applications and standing.sells
        return [Step(_("Apply to exhibit"), "arrow-forward", to("apply"), is_press=True)] if may else []
    label = _("Go on with your application") if application.is_draft else _("See your application")
    return [Step(label, "arrow-forward", to("apply"))]
