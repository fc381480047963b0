"""Who has a conflict of interest: whoever belongs to an organisation that applies to the same edition."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from fairs.applications.deadlines import is_open
from fairs.applications.states import APPLYING, ApplicationState
from fairs.editions.models import Edition
from moussem.organisations.models import Membership


def applies(person: str, edition: str) -> Exists:
    """Whether an organisation of a person applies to an edition, drafts too: rivals are no judges."""
    return Exists(
        Membership.objects.active().filter(
            user=OuterRef(person),
            organisation__fair_applications__edition=OuterRef(edition),
            organisation__fair_applications__state__in=APPLYING,
        )
    )


def rivals_of(edition: Edition) -> QuerySet[Membership]:
    """Whoever belongs to an organisation that applies to this edition."""
    applying = edition.applications.filter(state__in=APPLYING).values("organisation")
    return Membership.objects.active().filter(organisation__in=applying)


def is_rival(person: Any, edition: Edition) -> bool:
    """Whether an organisation of this person applies to the edition."""
    return rivals_of(edition).filter(user=person).exists()


@dataclass(frozen=True)
class Interest:
    """What a person has at stake at an edition: the applications of their organisations.

    ``is_open`` until all of them are decided about, appeals too: until then scores, ranks and reviewers are
    not shown to this person and nothing is decided by them, whoever they are besides.
    """

    own: frozenset[int]
    is_open: bool


def interest_of(person: Any, edition: Edition) -> Interest:
    """What somebody who runs an edition has at stake there; one query."""
    theirs = Membership.objects.active().filter(user=person).values("organisation")
    rows = edition.applications.filter(organisation__in=theirs)
    found = list(rows.values_list("pk", "state", "appeal", "appeal__answered_at"))
    is_open = any(
        _is_undecided(state, edition) or (appeal is not None and answered_at is None)
        for _pk, state, appeal, answered_at in found
    )
    return Interest(frozenset(pk for pk, *_rest in found), is_open)


def _is_undecided(state: str, edition: Edition) -> bool:
    if state == ApplicationState.WITHDRAWN:
        # It may be taken back and sent as long as anybody may send one.
        last = edition.deadlines.aggregate(day=Max("last_day"))["day"]
        return last is not None and is_open(last, edition.time_zone, timezone.now())
    if state == ApplicationState.DRAFT:
        # It may still be sent; once the doors are open it never is.
        return edition.is_planned
    # Whoever waits may still be let in; what is left of it when the edition is over comes to nothing.
    return state in (ApplicationState.SENT, ApplicationState.WAITING) and not edition.has_ended
