"""Applications to the editions of the demonstration: a jury of two at work, and decisions that were made.

An edition whose exhibitors are chosen is put back among the announced ones while the actions that choose them
do so; afterwards what was written is given the day on which it would have been written.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from fairs.applications.actions import keep_application, send_application, start_application
from fairs.applications.actions.applying import state_of
from fairs.applications.models import Application
from fairs.applications.queries import products_to_show
from fairs.applications.states import ApplicationState
from fairs.demonstration import ORGANISER, person_of
from fairs.editions.actions import begin_edition
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
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
from fairs.selection.models import Exhibitor, GroupQuota, Juror, Review, SelectionPlan
from fairs.selection.states import Group
from moussem.core.demonstration import demonstrates
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.models import Membership, Organisation
from moussem.people.models import User

EDITION, RUNNING = "demo-terroir-online", "demo-made-in-africa"
# The organisations of the file that applied, and the position of the category each chose.
APPLIED = {"c02": 0, "c03": 1, "c05": 1, "c06": 2, "c07": 1, "c09": 0, "c11": 3, "c12": 1, "c14": 2, "c16": 3}
PLACES = 6
QUOTAS = ((Group.WOMEN_LED, 3), (Group.REMOTE, 1))
JURY = ("staff@demo.example", ORGANISER)
TOLD = {"text": "Des acheteurs fidèles, en Europe et dans le Golfe.", "yes_no": "no", "number": 2}
# Where exhibitors were chosen: how many women-led and remote ones at least.
CHOSEN_QUOTAS = ((Group.WOMEN_LED, 4), (Group.REMOTE, 2))
# Those who exhibit at the fair that runs stand in its halls already; two more applied.
RUNNING_APPLIED, RUNNING_PLACES = 27, 25
DAY = timedelta(days=1)
# How long before the doors opened each thing was done.
CALLED, SENT, REVIEWED, DECIDED, LIST_CLOSED = 45 * DAY, 35 * DAY, 19 * DAY, 16 * DAY, 9 * DAY
WHEN = {
    "decided": DECIDED,
    "moved.accepted": DECIDED,
    "moved.waiting": DECIDED,
    "moved.sent": SENT,
    "reviewed": REVIEWED,
    "moved.refused": LIST_CLOSED,
}


@demonstrates(order=92, label="Applications to fairs", daily=True)
@transaction.atomic
def bring_in_the_applications() -> None:
    """Ten applications, the rubric of the readiness grid, and reviews of some of them."""
    edition = Edition.objects.get(slug=EDITION)
    seed_rubric(edition, actor=User.objects.get(email=ORGANISER))
    plan, new = SelectionPlan.objects.get_or_create(edition=edition, defaults={"places": PLACES})
    if new:
        GroupQuota.objects.bulk_create(GroupQuota(plan=plan, group=g, least=n) for g, n in QUOTAS)
    categories = list(edition.categories.all())
    applicants = Organisation.objects.in_bulk(list(APPLIED), field_name="code")
    for code, organisation in sorted(applicants.items()):
        person_of(organisation, language="fr")
        _apply(edition, organisation, categories[APPLIED[code]])
    _judge(edition)
    _choose_those_who_stand_there()


def _choose_those_who_stand_there() -> None:
    """Whoever exhibits at the fair that runs applied and was chosen."""
    running = Edition.objects.select_related("series__organiser").get(slug=RUNNING)
    if not running.applications.exists():
        before = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        # No action takes an edition back: only here, before anybody sees it.
        running.state = EditionState.OPEN
        running.save(update_fields=["state"])
        organiser = User.objects.get(email=ORGANISER)
        select_exhibitors(running, actor=organiser, applicants=RUNNING_APPLIED, places=RUNNING_PLACES)
        begin_edition(running, actor=None, now=running.doors_open_at)
        # They were read weeks ago, and carrying a hundred takes seconds.
        OutboxMessage.objects.filter(pk__gt=before).delete()
    applications_stand_in_time(running)
    opened = LogEntry.objects.filter(subject_type="fairs.edition", subject_id=str(running.pk))
    opened.filter(verb="moved.running").update(at=running.doors_open_at)


def _apply(edition: Edition, organisation: Organisation, category) -> None:
    application, new = Application.objects.get_or_create(
        edition=edition,
        organisation=organisation,
        defaults={"category": category, "languages": organisation.languages},
    )
    if not new:
        return
    application.products.set(products_to_show(organisation)[:4])
    kinds = {question.kind: question.key for question in edition.questions.all()}
    application.answers = {key: TOLD[kind] for kind, key in kinds.items()}
    application.state, application.sent_at = ApplicationState.SENT, timezone.now()
    application.stated = state_of(application)
    application.save()


def _judge(edition: Edition) -> None:
    """Two reviewers; the second has not come to the last three yet."""
    rubric = edition.rubrics.first()
    codes = [one.code for one in rubric.criteria.all()]
    sent = list(edition.applications.filter(state=ApplicationState.SENT).order_by("pk"))
    for place, email in enumerate(JURY):
        juror, _new = Juror.objects.get_or_create(edition=edition, person=User.objects.get(email=email))
        for application in sent[: len(sent) - 3 * place]:
            # Some scores for each, the same on every machine.
            scores = {c: 1 + (application.pk * 7 + n * 5 + place) % 3 for n, c in enumerate(codes)}
            Review.objects.get_or_create(
                application=application, juror=juror, defaults={"rubric": rubric, "scores": scores}
            )


def select_exhibitors(edition: Edition, *, actor: User, applicants: int, places: int) -> None:
    """From the call to the letters; those who stand in the halls already apply first, and are chosen."""
    seed_rubric(edition, actor=actor)
    quotas = [{"group": group, "region": None, "least": least} for group, least in CHOSEN_QUOTAS]
    plan_selection(edition, actor=actor, places=places, quotas=quotas)
    # Those of the halls stand there before they applied: what they exhibit by comes with the decision.
    stood = {one.organisation_id: one for one in edition.exhibitors.select_related("category")}
    edition.exhibitors.update(left_at=edition.doors_open_at - DECIDED)
    sellers = Organisation.objects.filter(code__regex=r"^c[0-9]{2}$").order_by("code")[:applicants]
    sent = [_sent(edition, one, stood.get(one.pk), place) for place, one in enumerate(sellers)]
    jury = [invite_juror(edition, actor=actor, email=email) for email in JURY]
    codes = [one.code for one in edition.rubrics.first().criteria.all()]
    for place, application in enumerate(sent):
        for number, juror in enumerate(jury):
            best = 2 if place < places else 0
            scores = {code: best + (place + at * (number + 2)) % 2 for at, code in enumerate(codes)}
            send_review(application, juror=juror, actor=juror.person, scores=scores)
    ranked, outcome, *_rest = propose(edition)
    decide(edition, actor=actor, seen=digest_of(ranked, outcome), now=edition.doors_open_at - DECIDED)
    refuse_waiting(edition, actor=actor)


def _sent(edition: Edition, seller: Organisation, stands: Exhibitor | None, place: int) -> Application:
    """The application of a seller, by its first person who may send one."""
    person_of(seller, language="fr")
    held = Membership.objects.selling().filter(organisation=seller).select_related("user")
    person = held.order_by("pk").first().user
    application = start_application(edition, actor=person, organisation=seller)
    categories = list(edition.categories.all())
    keep_application(
        application,
        actor=person,
        products=products_to_show(seller)[:4],
        category=stands.category if stands else categories[place % len(categories)],
        languages=seller.languages,
        answers={question.key: TOLD[question.kind] for question in edition.questions.all()},
    )
    application.refresh_from_db()
    return send_application(application, actor=person, now=_sent_at(edition, place))


def _sent_at(edition: Edition, place: int) -> datetime:
    return edition.doors_open_at - SENT + timedelta(hours=7 * place)


def applications_stand_in_time(edition: Edition) -> None:
    """What was written of applications, on the day on which it would have been: fairs move on with today."""
    opens = edition.doors_open_at
    keys = [str(pk) for pk in edition.applications.values_list("pk", flat=True)]
    of_edition = LogEntry.objects.filter(subject_type="fairs.edition", subject_id=str(edition.pk))
    of_applications = LogEntry.objects.filter(subject_type="fairs.application", subject_id__in=keys)
    of_applications.update(at=opens - CALLED)
    of_edition.filter(verb__in=("rubric_set", "juror_invited", "selection_planned")).update(at=opens - CALLED)
    for lines in (of_edition, of_applications):
        for verb, before in WHEN.items():
            lines.filter(verb=verb).update(at=opens - before)
    letters = of_applications.filter(verb="letter_written")
    letters.update(at=opens - DECIDED)
    letters.filter(facts__letter="refused").update(at=opens - LIST_CLOSED)
    for place, application in enumerate(edition.applications.order_by("pk")):
        sent = _sent_at(edition, place)
        edition.applications.filter(pk=application.pk).update(started_at=opens - CALLED, sent_at=sent)
    Review.objects.filter(application__edition=edition).update(sent_at=opens - REVIEWED)
    Exhibitor.objects.filter(edition=edition).update(since=opens - DECIDED)
