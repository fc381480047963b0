"""Live rooms with people in them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from fairs.editions.models import Edition
from fairs.editions.states import Mode
from fairs.live.actions import open_call, open_session_room, open_stand_room, renew_presences
from fairs.live.models import LiveRoom
from fairs.live.rehearsal.actions import begin_rehearsal
from fairs.live.stands.actions import ask_at_stand
from fairs.selection.models import Exhibitor
from fairs.sessions.actions import release_programme
from fairs.sessions.models import Session
from moussem.organisations.states import Role
from tests.factories.catalogue import ProductFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.sessions import ProgrammeEditionFactory, SessionFactory, attendee, organiser


def live_session(edition: Edition | None = None, **told: Any) -> Session:
    """A released session that is going on right now, on screens and in a hall."""
    now = timezone.now()
    hours = {"begins_at": now - timedelta(minutes=10), "ends_at": now + timedelta(minutes=50)}
    edition = edition or ProgrammeEditionFactory()
    session = SessionFactory(edition=edition, **{"mode": Mode.HYBRID, **hours, **told})
    release_programme(edition, actor=organiser(edition), now=now)
    return Session.objects.select_related("showing", "edition__series__organiser").get(pk=session.pk)


def session_room(edition: Edition | None = None) -> LiveRoom:
    """The open room of such a session."""
    return open_session_room(live_session(edition))


def stand_room(edition: Edition | None = None) -> LiveRoom:
    """The room of an exhibitor's stand, with an owner."""
    member = MembershipFactory()
    edition = edition or ProgrammeEditionFactory()
    return open_stand_room(Exhibitor.objects.create(edition=edition, organisation=member.organisation))


def call_room(*people: Any, edition: Edition | None = None) -> LiveRoom:
    """A call of some people."""
    return open_call(edition or ProgrammeEditionFactory(), people)


def practice_room(stand: LiveRoom) -> LiveRoom:
    """The rehearsal of a stand: a room of its own people."""
    ProductFactory(organisation=stand.exhibitor.organisation)
    owner = stand.exhibitor.organisation.memberships.filter(role=Role.OWNER).first()
    return begin_rehearsal(stand.exhibitor, actor=owner.user).room


def guest_of(room: LiveRoom, **told: Any) -> Any:
    """Somebody with a name who is admitted to the edition of a room."""
    return attendee(room.edition, UserFactory(**{"first_name": "Salma", "last_name": "Idrissi", **told}))


def thread_at(stand: LiveRoom, visitor: Any, text: str = "Do you ship to Lyon?") -> LiveRoom:
    """A question of a visitor at a stand: the room of the conversation."""
    return ask_at_stand(stand.exhibitor, actor=visitor, text=text, client_uuid=uuid4()).room


def keeper_of(stand: LiveRoom, **told: Any) -> Any:
    """Somebody with a name who receives at a stand."""
    person = UserFactory(**{"first_name": "Amina", "last_name": "Berrada", **told})
    return MembershipFactory(organisation=stand.exhibitor.organisation, role=Role.SALES, user=person).user


def receiving_at(stand: LiveRoom, **told: Any) -> Any:
    """The same, in front of the desk now."""
    person = keeper_of(stand, **told)
    renew_presences([(stand.pk, person.pk)], process="test")
    return person
