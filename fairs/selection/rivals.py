"""Who has a conflict of interest: whoever belongs to an organisation that applies to the same edition."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from fairs.applications.states import APPLYING
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
