"""A stand of the running fair that somebody attends at any hour; everybody at it is invented."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fairs.editions.models import Edition
from fairs.floor.models import BoothStaff
from fairs.guests.models import Guest
from fairs.live.actions import open_stand_room
from fairs.live.models import LivePresence, LiveRoom
from fairs.live.stands.actions import ask_at_stand, say_in_thread, show_product, take_thread
from fairs.live.stands.models import StandThread
from fairs.selection.models import Exhibitor
from moussem.core.demonstration import PASSWORD, SIGN_INS, SignIn, demonstrates
from moussem.organisations.models import Membership
from moussem.organisations.states import Role
from moussem.people.models import User

SLUG = "demo-made-in-africa"
RECEIVES, BUYER = "stand@demo.example", "buyer@demo.example"
DESK = f"/en/fairs/{SLUG}/booth/live/"
# The stand that is attended, and one where nobody is.
ATTENDED, EMPTY = "c01", "c04"
# Until somebody starts the demonstration again.
ATTENDS = timedelta(days=365)
TALK = (
    (True, 14, "Good morning. Which of your saffron is graded in a laboratory, and from which harvest?"),
    (False, 12, "Good morning! Every lot of this harvest is: the report stands on the page of the lot."),
    (True, 9, "Could you send me one that you would recommend for a tea house?"),
)
CARD_AGO = 7
WAITS = (4, "Hello, do you pack in tins of five grams with a label of our own?")
LEFT = (55, "Bonjour, quelle quantité d’huile d’argan pouvez-vous livrer avant fin janvier ?")
NOTE = "Tea house in Lyon, 12 shops. Send a sample of two grades."
SIGN_INS.append(SignIn(RECEIVES, "receives visitors at a live stand", DESK))


@demonstrates(order=200, label="A live stand with somebody to ask", hourly=True)
@transaction.atomic
def bring_in_a_stand() -> None:
    """One visitor waits, one is being answered, and at another stand a message was left."""
    edition = Edition.objects.filter(slug=SLUG).first()
    stands = Exhibitor.objects.filter(edition=edition, left_at=None).select_related("organisation")
    attended = stands.filter(organisation__code=ATTENDED).first()
    empty = stands.filter(organisation__code=EMPTY).first()
    buyer = User.objects.filter(email=BUYER).first()
    if attended is None or empty is None or buyer is None:
        return
    others = [one.person for one in Guest.objects.admitted().filter(edition=edition).order_by("pk")[:4]]
    waits, leaves = [one for one in others if one != buyer][:2] if len(others) > 2 else (buyer, buyer)
    visitors = {buyer, waits, leaves}
    LiveRoom.objects.filter(thread__exhibitor__in=(attended, empty), thread__visitor__in=visitors).delete()
    keeper = _receiving_at(attended)
    _talk(attended, keeper, buyer)
    if waits != buyer:
        ago, text = WAITS
        _since(_asked(attended, waits, text), ago)
    ago, text = LEFT
    _since(_asked(empty, leaves, text), ago)


def _receiving_at(exhibitor: Exhibitor) -> User:
    """A colleague of the cooperative, in front of the desk at whatever hour."""
    told = {"first_name": "Meryem", "last_name": "Oubella", "language": "en"}
    person, new = User.objects.update_or_create(email=RECEIVES, defaults=told)
    if new or not person.check_password(PASSWORD):
        person.password = make_password(PASSWORD)
        person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    Membership.objects.update_or_create(
        user=person,
        organisation=exhibitor.organisation,
        defaults={"role": Role.SALES, "is_active": True},
    )
    # Somebody may have tried what it is to go away.
    BoothStaff.objects.filter(exhibitor=exhibitor, person=person).delete()
    room = open_stand_room(exhibitor, actor=person)
    LivePresence.objects.update_or_create(
        room=room, person=person, process="demonstration", defaults={"until": timezone.now() + ATTENDS}
    )
    return person


def _asked(exhibitor: Exhibitor, visitor: User, text: str) -> StandThread:
    return ask_at_stand(exhibitor, actor=visitor, text=text, client_uuid=uuid4()).room.thread


def _talk(exhibitor: Exhibitor, keeper: User, visitor: User) -> None:
    """A conversation that is open, with a product shown in it and a note of the stand."""
    (_is_visitors, ago, text), *rest = TALK
    thread = _since(_asked(exhibitor, visitor, text), ago)
    take_thread(thread, actor=keeper)
    for is_visitors, minutes, words in rest:
        said = say_in_thread(
            thread, actor=visitor if is_visitors else keeper, text=words, client_uuid=uuid4()
        )
        _at(said, minutes)
    page = getattr(exhibitor, "booth_page", None)
    product = page and page.products.order_by("pk").first()
    if product:
        _at(show_product(thread, actor=keeper, product=product.pk, client_uuid=uuid4()), CARD_AGO)
    StandThread.objects.filter(pk=thread.pk).update(note=NOTE)


def _at(entry: Any, minutes: int) -> None:
    entry.at = timezone.now() - timedelta(minutes=minutes)
    entry.save(update_fields=["at"])


def _since(thread: StandThread, minutes: int) -> StandThread:
    """A question as if it had been asked some minutes ago."""
    ago = timedelta(minutes=minutes)
    thread.room.entries.update(at=F("at") - ago)
    thread.asked_at -= ago
    thread.save(update_fields=["asked_at"])
    return thread
