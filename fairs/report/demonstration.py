"""The fair that is over, from the call to its figures: every step of it is taken by the action that takes it.

The edition is put back among the announced ones while it is built, and closes again by the same action as any
other. Afterwards what was written is given the day on which it would have been written, since the fair stands
at a fixed distance before today.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import F

from fairs.badges.actions import keep_scans, name_keeper, open_door, settle_guest
from fairs.badges.models import Badge, Scan
from fairs.badges.sending import Sending, Told
from fairs.demonstration import ORGANISER
from fairs.editions.actions import begin_edition, close_edition
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.guests.actions import admit, answer_hosting, offer_hosting, plan_hosting, refuse
from fairs.guests.states import GuestState, Tier
from fairs.models import FrozenReport
from fairs.report.actions import freeze_report
from fairs.selection.demonstration import CALLED, applications_stand_in_time, select_exhibitors
from moussem.core.demonstration import demonstrates
from moussem.core.models import LogEntry
from moussem.people.models import User

OVER = "demo-made-in-africa-casablanca"
KEEPER = "door@demo.example"
# Eight exhibited, as the hall of the fair shows; the others were refused once the list was closed.
APPLIED, PLACES = 12, 8
HOSTED, HOSTED_WHO_CAME = 3, 2
DOOR = {"name_en": "Hall 1", "name_fr": "Hall 1", "name_ar": "القاعة 1"}
SUPPORT = "Deux nuits à Casablanca (démonstration)"
DAY = timedelta(days=1)
# How long before the doors opened each thing was done.
REGISTERED, ADMITTED = 14 * DAY, 12 * DAY
Happening = Callable[[Edition, User], None]
_HAPPENINGS: list[Happening] = []


def happens_there(happening: Happening) -> Happening:
    """Register what a higher room has happen at the fair that is over, while its doors are open."""
    _HAPPENINGS.append(happening)
    return happening


@demonstrates(order=97, label="A fair that is over, with its results", daily=True)
@transaction.atomic
def bring_in_the_results() -> None:
    """Applications, ranks, letters, visits and frozen figures that agree with each other."""
    edition = Edition.objects.select_related("series__organiser").get(slug=OVER)
    organiser = User.objects.get(email=ORGANISER)
    if not FrozenReport.objects.filter(edition=edition).exists():
        # No action takes an edition back: only here, before anybody sees it.
        edition.state = EditionState.OPEN
        edition.save(update_fields=["state"])
        select_exhibitors(edition, actor=organiser, applicants=APPLIED, places=PLACES)
        _invite(edition, organiser)
        _hold(edition, organiser)
    _stand_in_time(edition)


def _invite(edition: Edition, organiser: User) -> None:
    """Nobody is left waiting; three buyers are hosted."""
    for number, guest in enumerate(edition.guests.filter(state=GuestState.WAITING).order_by("pk")):
        if number:
            refuse(
                guest, actor=organiser, seen=guest.digest, reason="Le dossier ne dit pas ce que vous achetez."
            )
        else:
            admit(guest, actor=organiser, seen=guest.digest)
    plan_hosting(edition, actor=organiser, places=HOSTED, meetings=8, most_missed=0)
    for guest in edition.guests.admitted().filter(tier=Tier.BUYER).order_by("pk")[:HOSTED]:
        offer_hosting(guest, actor=organiser, support=SUPPORT)
        answer_hosting(guest, actor=guest.person, accepted=True)
    for guest in edition.guests.admitted().order_by("pk"):
        settle_guest(guest)
    Badge.objects.filter(edition=edition).update(issued_at=edition.doors_open_at - ADMITTED)


def _hold(edition: Edition, organiser: User) -> None:
    """The days themselves: most guests come, and the figures stand fast as the doors close."""
    hall = edition.halls.first()
    door = open_door(
        edition, actor=organiser, hall=hall, name_en="Hall 1", name_fr="Hall 1", name_ar="القاعة 1"
    )
    keeper = name_keeper(edition, actor=organiser, email=KEEPER).person
    begin_edition(edition, actor=None, now=edition.doors_open_at)
    guests = edition.guests.admitted().select_related("badge").order_by("pk")
    hosted = [one for one in guests if one.tier == Tier.HOSTED]
    stays_away = {one.pk for one in hosted[HOSTED_WHO_CAME:]}
    came = [one for number, one in enumerate(guests) if one.pk not in stays_away and number % 6 != 5]
    for number, guest in enumerate(came):
        at = edition.doors_open_at + timedelta(hours=24 * (number % 3), minutes=10 + 17 * number)
        key = uuid5(NAMESPACE_URL, f"{edition.slug}-{guest.badge.serial}")
        told = Told(key, door.pk, guest.badge.number, "in", at, shown="in")
        keep_scans(edition, Sending("demo", at, (told,)), actor=keeper, now=at)
    edition.refresh_from_db()
    for happening in _HAPPENINGS:
        happening(edition, organiser)
    close_edition(edition, actor=None, now=edition.doors_close_at)
    freeze_report(edition)


def _stand_in_time(edition: Edition) -> None:
    """What was written, on the day on which it would have been: the fair moves on with today."""
    opens, closes = edition.doors_open_at, edition.doors_close_at
    of_edition = LogEntry.objects.filter(subject_type="fairs.edition", subject_id=str(edition.pk))
    of_edition.update(at=opens - CALLED)
    applications_stand_in_time(edition)
    of_edition.filter(verb="moved.running").update(at=opens)
    of_edition.filter(verb="moved.closed").update(at=closes)
    edition.guests.update(registered_at=opens - REGISTERED, asked_at=opens - REGISTERED)
    edition.guests.exclude(decided_at=None).update(decided_at=opens - ADMITTED)
    # The figures hold what was ordered until they were counted: they keep that day until the fair is later.
    frozen = max(FrozenReport.objects.get(edition=edition).frozen_at, closes)
    FrozenReport.objects.filter(edition=edition).update(frozen_at=frozen)
    of_edition.filter(verb="report_frozen").update(at=frozen)
    first = Scan.objects.filter(edition=edition).order_by("at").first()
    if first and (late := edition.starts_on - first.at.date()):
        Scan.objects.filter(edition=edition).update(at=F("at") + late, received_at=F("received_at") + late)
