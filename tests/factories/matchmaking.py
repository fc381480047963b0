"""Editions whose meetings are open, with exhibitors and buyers who are parties."""

from fairs.guests.states import Tier
from fairs.models import Exhibitor, Guest
from matchmaking.meetings.actions.letters import BOOKED, booked_letter
from matchmaking.models import Party
from matchmaking.parties.actions import advance_matching, lay_tables, settle_parties
from matchmaking.parties.states import MatchingState, Side, TableKind
from matchmaking.requests.actions import accept, ask
from moussem.core.models import OutboxMessage
from moussem.organisations.models import Membership
from tests.factories.fairs import EditionFactory
from tests.factories.guests import buyer
from tests.factories.organisations import MembershipFactory


def organiser_of(edition):
    """Somebody who runs an edition."""
    return Membership.objects.get(organisation=edition.series.organiser).user


def meeting_edition(*, tables=2, **fields):
    """An announced edition that takes requests, with tables in the meeting area."""
    edition = EditionFactory(announced=True, **fields)
    advance_matching(edition, MatchingState.ASKING, actor=organiser_of(edition))
    lay_tables(edition, actor=organiser_of(edition), kind=TableKind.STANDARD, count=tables)
    return edition


def exporter_at(edition, **organisation):
    """An exhibitor with one person who sells for it, as a party."""
    member = MembershipFactory(**{f"organisation__{name}": value for name, value in organisation.items()})
    return exhibits_at(edition, member.organisation)


def exhibits_at(edition, organisation):
    """An organisation as an exhibitor of one more edition, as a party."""
    Exhibitor.objects.create(edition=edition, organisation=organisation)
    settle_parties(edition)
    return Party.objects.get(edition=edition, organisation=organisation, side=Side.EXPORTER)


def buyer_at(edition, **organisation):
    """A buyer who is admitted, as a party."""
    guest = buyer(edition, **organisation)
    settle_parties(edition)
    return Party.objects.get(edition=edition, organisation=guest.organisation, side=Side.BUYER)


def hosted_at(edition):
    """A hosted buyer, as a party."""
    party = buyer_at(edition)
    Guest.objects.filter(edition=edition, organisation=party.organisation).update(tier=Tier.HOSTED)
    settle_parties(edition)
    return Party.objects.get(pk=party.pk)


def speaker_of(party):
    """Somebody who meets for a party."""
    return party.delegates.get().person


def agree(buyer, exporter, family):
    """A request of a buyer that the exporter has accepted."""
    request = ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"family": family}])
    return accept(request, actor=speaker_of(exporter))


def letters_posted():
    """What waits to be sent, first what was posted first; letters of bookings are put together for it."""
    waiting = OutboxMessage.objects.order_by("pk")
    found = (booked_letter(one.payload) if one.kind == BOOKED else one for one in waiting)
    return [one.payload for one in found if one]
