from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from fairs.applications.actions import (
    keep_application,
    missing_in,
    send_application,
    start_application,
    take_back,
    withdraw_application,
)
from fairs.applications.errors import (
    CategoryGone,
    DeadlineOver,
    NoCall,
    NotADraft,
    NotComplete,
    SentStaysSent,
    StaysWithdrawn,
)
from fairs.applications.models import Application, Category
from fairs.applications.states import ApplicationState
from fairs.editions.errors import EditionOver, EditionPutAway
from fairs.editions.models import Edition
from fairs.editions.states import EditionState
from fairs.selection.models import Exhibitor
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.log import history_of
from moussem.core.models import OutboxMessage
from moussem.organisations.states import Role
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    EditionFactory,
    QuestionFactory,
    organiser,
    who_applies,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.trade import buyer, member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

# The edition begins on 3 July; its deadline is 12 June, to midnight in Casablanca.
TOO_LATE = datetime(2026, 6, 12, 23, tzinfo=UTC)
IN_TIME = TOO_LATE - timedelta(seconds=1)


@pytest.fixture
def application():
    """A complete draft for an edition that takes applications."""
    return ApplicationFactory(edition=DeadlineFactory().edition)


def verbs(application):
    return [entry.verb for entry in history_of(application).order_by("pk")]


def subjects():
    return list(OutboxMessage.objects.order_by("pk").values_list("payload__to", "payload__subject"))


def test_application_starts_as_a_draft_with_the_languages_of_the_seller():
    edition, member = DeadlineFactory().edition, MembershipFactory(role=Role.SALES)

    application = start_application(edition, actor=member.user, organisation=member.organisation)

    assert (application.state, application.started_by) == (ApplicationState.DRAFT, member.user)
    assert application.languages == member.organisation.languages
    assert verbs(application) == ["started"]


def test_application_started_twice_is_one(application):
    again = start_application(
        application.edition, actor=who_applies(application), organisation=application.organisation
    )

    assert again == application
    assert Application.objects.count() == 1
    assert verbs(application) == []


@pytest.mark.parametrize("state", sorted(set(EditionState) - {EditionState.OPEN}))
def test_only_an_announced_edition_takes_applications(refused, state):
    edition, member = EditionFactory(state=state), MembershipFactory()

    refused(NoCall, start_application, edition, actor=member.user, organisation=member.organisation)


def test_only_who_sells_for_a_seller_applies(refused):
    edition, cooperative, client = DeadlineFactory().edition, MembershipFactory(), buyer()
    viewer = member_of(cooperative.organisation, Role.VIEWER)
    left = member_of(cooperative.organisation, Role.OWNER, is_active=False)

    for person, organisation in (
        (viewer.user, cooperative.organisation),
        (left.user, cooperative.organisation),
        (client.user, cooperative.organisation),
        (client.user, client.organisation),
        (organiser().user, edition.series.organiser),
        (cooperative.user, None),
    ):
        refused(NotYours, start_application, edition, actor=person, organisation=organisation)


def test_each_step_keeps_what_the_others_wrote(application):
    oils = CategoryFactory(edition=application.edition)
    person, more = who_applies(application), ProductFactory(organisation=application.organisation)

    keep_application(application, actor=person, category=oils, languages=["fr"])
    keep_application(application, actor=person, answers={"1": "Buyers"}, products=[more])
    keep_application(application, actor=person, answers={"2": 3})

    kept = Application.objects.get()
    assert (kept.category, kept.languages, kept.answers) == (oils, ["fr"], {"1": "Buyers", "2": 3})
    assert list(kept.products.all()) == [more]


def test_category_that_is_gone_or_of_another_edition_is_not_chosen(application, refused):
    other, gone = CategoryFactory(), CategoryFactory(edition=application.edition)
    Category.objects.filter(pk=gone.pk).delete()

    for category in (other, gone):
        told = {"actor": who_applies(application), "category": category, "languages": ["en"]}
        refused(CategoryGone, keep_application, application, **told)


def test_only_own_listed_products_are_shown(application):
    own = ProductFactory(organisation=application.organisation)
    hidden = ProductFactory(organisation=application.organisation, listed=False)

    keep_application(application, actor=who_applies(application), products=[own, hidden, ProductFactory()])

    assert list(application.products.all()) == [own]


def test_draft_is_kept_after_its_deadline(application):
    with time_machine.travel(TOO_LATE, tick=False):
        keep_application(application, actor=who_applies(application), languages=["en"])

    assert Application.objects.get().languages == ["en"]


@pytest.mark.parametrize("state", [ApplicationState.SENT, ApplicationState.WITHDRAWN])
def test_what_was_sent_is_not_written_over(application, refused, state):
    Application.objects.update(state=state, sent_at=IN_TIME)

    told = {"actor": who_applies(application), "languages": ["en"], "products": []}
    refusal = refused(NotADraft, keep_application, application, **told)

    assert refusal.facts["happened"].startswith("This application was")


def test_application_is_sent_with_what_is_known_of_the_applicant(application):
    CertificateFactory(organisation=application.organisation)
    person, one = who_applies(application), application.organisation

    send_application(application, actor=person, now=IN_TIME)

    kept = Application.objects.get()
    assert (kept.state, kept.sent_at) == (ApplicationState.SENT, IN_TIME)
    assert kept.stated == {
        "name": one.name,
        "region": "MA-09",
        "province": "MA-TAR",
        "verification": "verified",
        "women_led": one.women_led,
        "remote_area": one.remote_area,
        "certificates": ["EU-ORG"],
        "products": [kept.products.get().pk],
    }
    assert verbs(application) == ["moved.sent"]
    assert subjects() == [(person.email, f"Your application to {kept.edition.label} was received")]


@pytest.mark.parametrize(("verification", "counts"), [("declared", False), ("reviewed", True)])
def test_groups_with_places_of_their_own_are_stated_once_somebody_has_looked(
    application, verification, counts
):
    told = {"women_led": True, "remote_area": True, "verification": verification}
    type(application.organisation).objects.update(**told)

    send_application(application, actor=who_applies(application), now=IN_TIME)

    stated = Application.objects.get().stated
    assert (stated["women_led"], stated["remote_area"]) == (counts, counts)


def test_application_that_arrives_at_midnight_is_too_late(application, refused):
    told = {"actor": who_applies(application), "now": TOO_LATE}

    refusal = refused(DeadlineOver, send_application, application, **told)

    assert refusal.facts == {"day": "12 June 2026", "zone": "Moroccan time"}


def test_cohort_has_its_own_time_and_the_latest_counts(application):
    longer = timedelta(days=9)
    DeadlineFactory(edition=application.edition, region_id="MA-09", last_day=TOO_LATE.date() + longer)

    send_application(application, actor=who_applies(application), now=IN_TIME + longer)

    assert Application.objects.get().state == ApplicationState.SENT


def test_deadline_of_another_cohort_is_none(application, refused):
    application.edition.deadlines.update(category=CategoryFactory(edition=application.edition))

    refused(NoCall, send_application, application, actor=who_applies(application), now=IN_TIME)


def test_application_is_not_sent_to_an_edition_that_runs(application, refused):
    application.edition.state = EditionState.RUNNING
    application.edition.save()

    refused(NoCall, send_application, application, actor=who_applies(application), now=IN_TIME)


def test_everything_that_lacks_is_said_at_once(refused):
    application = ApplicationFactory(edition=DeadlineFactory().edition, products=[], languages=[])
    CategoryFactory(edition=application.edition)
    QuestionFactory(edition=application.edition)

    refusal = refused(NotComplete, send_application, application, actor=who_applies(application), now=IN_TIME)

    assert refusal.facts == {
        "missing": "Choose a category. Answer “What do you hope for?”. Choose at least one product to show. "
        "Say which languages are spoken at your booth."
    }


def test_only_questions_to_all_and_to_the_own_category_are_asked(application):
    oils, rugs = CategoryFactory.create_batch(2, edition=application.edition)
    to_all, own = (QuestionFactory(edition=application.edition, category=one) for one in (None, oils))
    QuestionFactory(edition=application.edition, category=rugs)
    QuestionFactory(edition=application.edition, is_required=False)
    application.category = oils

    assert len(missing_in(application)) == 2
    application.answers = {to_all.key: 0, own.key: "no"}
    assert missing_in(application) == []


def test_application_is_sent_once(application, refused):
    person = who_applies(application)
    send_application(application, actor=person, now=IN_TIME)

    refused(MoveNotAllowed, send_application, application, actor=person, now=IN_TIME)


def test_application_taken_back_is_changed_and_sent_again(application):
    person = who_applies(application)
    send_application(application, actor=person)

    take_back(application, actor=person)
    keep_application(application, actor=person, languages=["en"])
    with time_machine.travel(IN_TIME, tick=False):
        send_application(application, actor=person)

    kept = Application.objects.get()
    assert (kept.state, kept.sent_at, kept.languages) == (ApplicationState.SENT, IN_TIME, ["en"])
    assert verbs(application) == ["moved.sent", "moved.draft", "moved.sent"]
    assert len(subjects()) == 2


def test_nothing_is_taken_back_after_the_deadline(application, refused):
    person = who_applies(application)
    send_application(application, actor=person)

    with time_machine.travel(TOO_LATE, tick=False):
        refusal = refused(SentStaysSent, take_back, application, actor=person)
        assert "your application stays as it was sent" in refusal.message
        withdraw_application(application, actor=person)
        refused(StaysWithdrawn, take_back, application, actor=person)


def test_draft_is_not_taken_back(application, refused):
    refused(MoveNotAllowed, take_back, application, actor=who_applies(application))


def test_application_is_withdrawn_at_any_time_and_taken_up_again(application):
    person = who_applies(application)
    send_application(application, actor=person)

    with time_machine.travel(TOO_LATE, tick=False):
        withdrawn = withdraw_application(application, actor=person)
    state = withdrawn.state
    taken_up = take_back(application, actor=person)

    assert (state, taken_up.state) == (ApplicationState.WITHDRAWN, ApplicationState.DRAFT)


@pytest.mark.parametrize(
    ("over", "refusal"), [(EditionState.CLOSED, EditionOver), (EditionState.ARCHIVED, EditionPutAway)]
)
def test_who_exhibited_stays_in_the_books_of_an_edition_that_is_over(application, refused, over, refusal):
    Application.objects.update(state=ApplicationState.ACCEPTED, sent_at=IN_TIME)
    Exhibitor.objects.create(
        edition=application.edition, organisation=application.organisation, application=application
    )
    Edition.objects.update(state=over)
    application = Application.objects.get()

    refused(refusal, withdraw_application, application, actor=who_applies(application))


@pytest.mark.parametrize("state", [ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
def test_only_what_was_sent_is_withdrawn(application, refused, state):
    Application.objects.update(state=state, sent_at=IN_TIME)

    refused(MoveNotAllowed, withdraw_application, application, actor=who_applies(application))


@pytest.mark.parametrize("act", [keep_application, send_application, take_back, withdraw_application])
def test_strangers_touch_no_application(application, refused, act):
    viewer = member_of(application.organisation, Role.VIEWER).user

    for person in (MembershipFactory().user, viewer, organiser().user):
        refused(NotYours, act, application, actor=person)
