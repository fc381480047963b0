"""What is announced to a person, and whom an announcement reaches."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from fairs.announcements.models import Announcement
from fairs.announcements.states import Audience
from fairs.editions.models import Edition
from fairs.editions.rules import may_organise
from fairs.guests.queries import guest_of
from fairs.guests.states import GuestState, Tier
from fairs.selection.queries import exhibitors_of
from moussem.organisations.models import Membership
from moussem.people.models import User


def announced_to(person: Any, edition: Edition) -> list[Announcement]:
    """What holds now for this person; an organiser reads all of it."""
    standing = edition.announcements.standing().select_related("edition", "category")
    if may_organise(person, edition):
        return list(standing)
    reached = Q(audience=Audience.EVERYBODY)
    guest = guest_of(person, edition)
    if guest and guest.state == GuestState.ADMITTED:
        reached |= Q(audience=Audience.GUESTS)
        if guest.tier != Tier.VISITOR:
            reached |= Q(audience=Audience.BUYERS)
    for category in _exhibits_as(person, edition):
        reached |= Q(audience=Audience.EXHIBITORS) & (Q(category=None) | Q(category=category))
    return list(standing.filter(reached))


def _exhibits_as(person: Any, edition: Edition) -> list[int | None]:
    """The categories in which the organisations of this person exhibit."""
    if not person.is_authenticated:
        return []
    held = Membership.objects.active().filter(user=person).values("organisation")
    return list(exhibitors_of(edition).filter(organisation__in=held).values_list("category", flat=True))


def announcements_of(edition: Edition) -> QuerySet[Announcement]:
    """Everything that was announced of an edition, for its organiser."""
    return edition.announcements.select_related("category", "said_by", "edition__series__organiser")


def reached_by(announcement: Announcement) -> Iterable[User]:
    """The people whom an announcement is written to: those it is for who are known by name."""
    reached = _reached(announcement.edition, announcement.category_id)[announcement.audience]
    return User.objects.filter(reached, is_active=True).order_by("pk")


def how_many_reached(edition: Edition) -> dict[str, int]:
    """How many people a mail to each audience goes to, in one query."""
    reached = _reached(edition, None)
    people = User.objects.filter(reached[Audience.EVERYBODY], is_active=True)
    return people.aggregate(**{one.value: Count("pk", filter=reached[one]) for one in Audience})


def _reached(edition: Edition, category: int | None) -> dict[str, Q]:
    exhibits = exhibitors_of(edition)
    if category:
        exhibits = exhibits.filter(category=category)
    sellers = Membership.objects.selling().filter(organisation__in=exhibits.values("organisation"))
    admitted = edition.guests.admitted()
    buyers = edition.guests.buyers()
    return {
        Audience.EXHIBITORS: Q(pk__in=sellers.values("user")),
        Audience.BUYERS: Q(pk__in=buyers.values("person")),
        Audience.GUESTS: Q(pk__in=admitted.values("person")),
        Audience.EVERYBODY: Q(pk__in=sellers.values("user")) | Q(pk__in=admitted.values("person")),
    }
