"""People who come to an edition: visitors, and buyers with a need."""

from decimal import Decimal

from fairs.guests.actions import register
from fairs.guests.models import Guest
from tests.factories.catalogue import FamilyFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory


def needs(count=1):
    """So many things that a buyer comes for, as the action takes them."""
    families = [FamilyFactory(slug=f"wanted-{number}", name=f"Wanted {number}") for number in range(count)]
    return [{"family": family, "volume": Decimal(500), "unit": "kg"} for family in families]


def buyer_member(**organisation):
    """Somebody who orders for a buyer; verified where nothing else is said."""
    return MembershipFactory(
        organisation__buyer=True, **{f"organisation__{name}": value for name, value in organisation.items()}
    )


def visitor(edition, person=None):
    """Somebody who comes to look."""
    return register(edition, actor=person or UserFactory(), as_buyer=False)


def buyer(edition, member=None, wants=None, **organisation):
    """Somebody who comes to buy, admitted at once when the marketplace has checked the organisation."""
    member = member or buyer_member(**organisation)
    return register(
        edition, actor=member.user, as_buyer=True, organisation=member.organisation, needs=wants or needs()
    )


def digest(guest):
    """The registration as an organiser who looks at it now sees it."""
    return Guest.objects.get(pk=guest.pk).digest
