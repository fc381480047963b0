"""The fair that is over, from the call to its figures: every step of it is taken by the action that takes it.

The edition is put back among the announced ones while it is built, and closes again by the same action as any
other. Afterwards what was written is given the day on which it would have been written, since the fair stands
at a fixed distance before today.
"""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import F

from fairs.applications.actions import keep_application, send_application, start_application
from fairs.applications.queries import products_to_show
from fairs.badges.actions import keep_scans, name_keeper, open_door, settle_guest
from fairs.badges.models import Badge, Scan
from fairs.badges.sending import Sending, Told
from fairs.demonstration import ORGANISER, person_of
from fairs.editions.actions import begin_edition, close_edition
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.guests.actions import admit, answer_hosting, offer_hosting, plan_hosting, refuse
from fairs.guests.states import GuestState, Tier
from fairs.models import Application, Exhibitor, FrozenReport, Review
from fairs.report.actions import freeze_report
from fairs.selection.actions import (
    decide,
    digest_of,
    invite_juror,
    plan_selection,
    propose,
    refuse_waiting,
    seed_rubric,
    send_review,
)
from fairs.selection.states import Group
from moussem.core.demonstration import demonstrates
from moussem.core.models import LogEntry
from moussem.organisations.models import Membership, Organisation
from moussem.people.models import User

OVER = "demo-made-in-africa-casablanca"
KEEPER = "door@demo.example"
JURY = ("staff@demo.example", ORGANISER)
# Eight exhibited, as the hall of the fair shows; the others were refused once the list was closed.
APPLIED, PLACES = 12, 8
QUOTAS = ((Group.WOMEN_LED, 4), (Group.REMOTE, 2))
HOSTED, HOSTED_WHO_CAME = 3, 2
SUPPORT = "Deux nuits à Casablanca (démonstration)"
DAY = timedelta(days=1)
# How long before the doors opened each thing was done.
CALLED, SENT, REVIEWED, DECIDED, LIST_CLOSED = 45 * DAY, 35 * DAY, 19 * DAY, 16 * DAY, 9 * DAY
REGISTERED, ADMITTED = 14 * DAY, 12 * DAY
WHEN = {
    "decided": DECIDED,
    "moved.accepted": DECIDED,
    "moved.waiting": DECIDED,
    "moved.sent": SENT,
    "reviewed": REVIEWED,
    "moved.refused": LIST_CLOSED,
}


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
        _select(edition, organiser)
        _invite(edition, organiser)
        _hold(edition, organiser)
    _stand_in_time(edition)


def _select(edition: Edition, organiser: User) -> None:
    """From the call to the letters."""
    seed_rubric(edition, actor=organiser)
    quotas = [{"group": group, "region": None, "least": least} for group, least in QUOTAS]
    plan_selection(edition, actor=organiser, places=PLACES, quotas=quotas)
    # Those of the hall stand there before they applied: what they exhibit by comes with the decision.
    stood = {one.organisation_id: one for one in edition.exhibitors.all()}
    edition.exhibitors.update(left_at=edition.doors_open_at - DECIDED)
    sellers = Organisation.objects.filter(code__regex=r"^c[0-9]{2}$").order_by("code")[:APPLIED]
    sent = [_apply(edition, one, stood.get(one.pk), place) for place, one in enumerate(sellers)]
    jury = [invite_juror(edition, actor=organiser, email=email) for email in JURY]
    for place, application in enumerate(sent):
        for number, juror in enumerate(jury):
            codes = [one.code for one in edition.rubrics.first().criteria.all()]
            best = 2 if place < PLACES else 0
            scores = {code: best + (place + at * (number + 2)) % 2 for at, code in enumerate(codes)}
            send_review(application, juror=juror, actor=juror.person, scores=scores)
    ranked, outcome, *_rest = propose(edition)
    now = edition.doors_open_at - DECIDED
    decide(edition, actor=organiser, seen=digest_of(ranked, outcome), now=now)
    refuse_waiting(edition, actor=organiser)


def _apply(edition: Edition, seller: Organisation, stands: Exhibitor | None, place: int) -> Application:
    person_of(seller, language="fr")
    held = Membership.objects.selling().filter(organisation=seller).select_related("user")
    person = held.order_by("pk").first().user
    application = start_application(edition, actor=person, organisation=seller)
    categories = list(edition.categories.all())
    told = {"text": "Des acheteurs fidèles, en Europe et dans le Golfe.", "yes_no": "no", "number": 2}
    keep_application(
        application,
        actor=person,
        products=products_to_show(seller)[:4],
        category=stands.category if stands else categories[place % len(categories)],
        languages=seller.languages,
        answers={question.key: told[question.kind] for question in edition.questions.all()},
    )
    application.refresh_from_db()
    now = edition.doors_open_at - SENT + timedelta(hours=7 * place)
    return send_application(application, actor=person, now=now)


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
    door = open_door(edition, actor=organiser, name="Hall 1", hall=hall)
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
    close_edition(edition, actor=None, now=edition.doors_close_at)
    freeze_report(edition)


def _stand_in_time(edition: Edition) -> None:
    """What was written, on the day on which it would have been: the fair moves on with today."""
    opens, closes = edition.doors_open_at, edition.doors_close_at
    keys = [str(pk) for pk in edition.applications.values_list("pk", flat=True)]
    of_edition = LogEntry.objects.filter(subject_type="fairs.edition", subject_id=str(edition.pk))
    of_applications = LogEntry.objects.filter(subject_type="fairs.application", subject_id__in=keys)
    for lines in (of_edition, of_applications):
        lines.update(at=opens - CALLED)
        for verb, before in WHEN.items():
            lines.filter(verb=verb).update(at=opens - before)
    of_edition.filter(verb="moved.running").update(at=opens)
    of_edition.filter(verb="moved.closed").update(at=closes)
    letters = of_applications.filter(verb="letter_written")
    letters.update(at=opens - DECIDED)
    letters.filter(facts__letter="refused").update(at=opens - LIST_CLOSED)
    for place, application in enumerate(edition.applications.order_by("pk")):
        sent = opens - SENT + timedelta(hours=7 * place)
        edition.applications.filter(pk=application.pk).update(started_at=opens - CALLED, sent_at=sent)
    Review.objects.filter(application__edition=edition).update(sent_at=opens - REVIEWED)
    Exhibitor.objects.filter(edition=edition).update(since=opens - DECIDED)
    edition.guests.update(registered_at=opens - REGISTERED, asked_at=opens - REGISTERED)
    edition.guests.exclude(decided_at=None).update(decided_at=opens - ADMITTED)
    # The figures hold what was ordered until they were counted: they keep that day until the fair is later.
    frozen = max(FrozenReport.objects.get(edition=edition).frozen_at, closes)
    FrozenReport.objects.filter(edition=edition).update(frozen_at=frozen)
    of_edition.filter(verb="report_frozen").update(at=frozen)
    first = Scan.objects.filter(edition=edition).order_by("at").first()
    if first and (late := edition.starts_on - first.at.date()):
        Scan.objects.filter(edition=edition).update(at=F("at") + late, received_at=F("received_at") + late)
