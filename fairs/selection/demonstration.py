"""Applications to the announced edition of the demonstration, a jury of two, and what they wrote so far."""

from django.db import transaction
from django.utils import timezone

from fairs.applications.actions.applying import state_of
from fairs.applications.models import Application
from fairs.applications.queries import products_to_show
from fairs.applications.states import ApplicationState
from fairs.demonstration import ORGANISER, person_of
from fairs.editions.models import Edition
from fairs.selection.actions import seed_rubric
from fairs.selection.models import GroupQuota, Juror, Review, SelectionPlan
from fairs.selection.states import Group
from moussem.core.demonstration import demonstrates
from moussem.organisations.models import Organisation
from moussem.people.models import User

EDITION = "demo-terroir-online"
# The organisations of the file that applied, and the position of the category each chose.
APPLIED = {"c02": 0, "c03": 1, "c05": 1, "c06": 2, "c07": 1, "c09": 0, "c11": 3, "c12": 1, "c14": 2, "c16": 3}
PLACES = 6
QUOTAS = ((Group.WOMEN_LED, 3), (Group.REMOTE, 1))
JURY = ("staff@demo.example", ORGANISER)


@demonstrates(order=92, label="Applications to a fair")
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
    told = {"text": "Des acheteurs fidèles, en Europe et dans le Golfe.", "yes_no": "no", "number": 2}
    application.answers = {key: told[kind] for kind, key in kinds.items()}
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
