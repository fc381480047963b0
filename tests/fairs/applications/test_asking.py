"""What is asked of exhibitors, and until when."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from fairs.applications.actions import (
    delete_category,
    delete_deadline,
    delete_question,
    keep_category,
    keep_question,
    set_deadline,
)
from fairs.applications.errors import (
    AfterTheDoors,
    CategoryInUse,
    CategoryNameTaken,
    DayOver,
    DaysBeforeDeadline,
    DeadlineReliedOn,
    DeletionUnexplained,
    DraftsWouldLose,
    EarlierNeedsReason,
    ExtensionUnexplained,
)
from fairs.applications.models import Application, Category, Deadline, Question
from fairs.editions.actions import plan_days
from fairs.editions.errors import EditionOver, EditionPutAway, EditionWithdrawn, NotPlannedAnyMore
from fairs.editions.grid import Opening
from fairs.editions.states import EditionState
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from moussem.core.models import OutboxMessage
from moussem.organisations.states import Role
from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    EditionFactory,
    QuestionFactory,
    organiser,
    who_applies,
    who_runs,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.regions import ProvinceFactory, RegionFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday_in_may")]

NAMES = {"name_en": "Honey", "name_fr": "Miel", "name_ar": "العسل"}
# The deadline that the factory sets.
EARLIER, LAST, LATER = date(2026, 6, 11), date(2026, 6, 12), date(2026, 6, 20)


@pytest.fixture
def edition():
    """An announced edition with a deadline for everybody."""
    return DeadlineFactory().edition


def told_to():
    return sorted(OutboxMessage.objects.values_list("payload__to", flat=True))


def extended(edition, last_day=LATER, reason="Snow.", **told):
    return set_deadline(edition, actor=who_runs(edition), last_day=last_day, reason=reason, **told)


def facts(edition):
    return [entry.facts for entry in history_of(edition).order_by("pk")]


def draft_in(edition, province="MA-TAR", **fields):
    seller = MembershipFactory(organisation__province=ProvinceFactory(code=province)).organisation
    return ApplicationFactory(edition=edition, organisation=seller, **fields)


def test_first_deadline_is_for_everybody_or_for_a_cohort():
    edition = EditionFactory()
    oils, souss, taroudant = CategoryFactory(edition=edition), RegionFactory(), ProvinceFactory()

    extended(edition, reason="")
    extended(edition, LAST, region=souss, province=taroudant, category=oils, reason="Snow.")

    assert list(edition.deadlines.values_list("last_day", "region", "province", "category", "reason")) == [
        (LAST, "MA-09", "MA-TAR", oils.pk, "Snow."),
        (LATER, None, None, None, ""),
    ]
    assert facts(edition)[1] == {
        "was": None,
        "now": "2026-06-12",
        "reason": "Snow.",
        "region": "MA-09",
        "province": "MA-TAR",
        "category": str(oils.pk),
    }


def test_deadline_of_a_cohort_is_moved_and_not_doubled(edition):
    extended(edition, reason="Snow.")

    assert list(edition.deadlines.values_list("last_day", "reason")) == [(LATER, "Snow.")]
    assert facts(edition) == [{"was": "2026-06-12", "now": "2026-06-20", "reason": "Snow."}]


def test_same_day_once_more_is_no_change(edition):
    draft_in(edition)

    extended(edition, LAST, reason="")

    assert (facts(edition), told_to()) == ([], [])


def test_mail_about_more_time_names_the_zone_and_tells_the_readers_own_hour(edition):
    away = draft_in(edition).organisation.memberships.get().user
    away.time_zone = "Europe/Paris"
    away.save()
    draft_in(edition)

    extended(edition)

    bodies = dict(OutboxMessage.objects.values_list("payload__to", "payload__body"))
    assert all("the end of 20 June 2026 (Moroccan time)." in body for body in bodies.values())
    assert [to for to, body in bodies.items() if "until 21 June 2026, 01:00 (Paris time)." in body] == [
        away.email
    ]


def test_new_reason_for_the_same_day_is_kept_and_told_to_nobody(edition):
    draft_in(edition)

    extended(edition, LAST, reason="Floods in the south.")

    assert edition.deadlines.get().reason == "Floods in the south."
    assert told_to() == []


def test_announced_deadline_moves_to_no_earlier_day_while_somebody_writes(edition, refused):
    draft_in(edition)

    refusal = refused(DraftsWouldLose, extended, edition, EARLIER, reason="The halls are full.")

    assert refusal.facts == {"day": "12 June 2026", "count": 1}


def test_announced_deadline_moves_earlier_with_a_reason_where_nobody_loses(edition, refused):
    draft_in(edition, sent=True)
    elsewhere = draft_in(edition)
    DeadlineFactory(edition=edition, region=elsewhere.organisation.region, last_day=LATER)
    refusal = refused(EarlierNeedsReason, extended, edition, EARLIER, reason="")
    assert refusal.facts == {"day": "12 June 2026"}

    extended(edition, EARLIER, reason="The halls are full.")

    assert edition.deadlines.get(region=None).last_day == EARLIER
    assert facts(edition)[-1] == {
        "was": "2026-06-12",
        "now": "2026-06-11",
        "reason": "The halls are full.",
    }
    assert told_to() == []


def test_day_of_a_cohort_moves_earlier_as_far_as_the_day_for_everybody(edition, refused):
    draft = draft_in(edition)
    cohort = {"region": draft.organisation.region}
    DeadlineFactory(edition=edition, last_day=LATER, **cohort)

    refused(DraftsWouldLose, extended, edition, LAST, reason="The halls are full.", **cohort)
    draft.delete()
    extended(edition, EARLIER, reason="The halls are full.", **cohort)

    assert edition.deadlines.get(**cohort).last_day == EARLIER


def test_deadline_of_a_draft_moves_both_ways():
    edition = DeadlineFactory(edition=EditionFactory()).edition

    extended(edition, date(2026, 6, 1))

    assert edition.deadlines.get().last_day == date(2026, 6, 1)


def test_deadline_is_a_day_that_is_not_over_there(refused):
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    here, there = EditionFactory(), EditionFactory(time_zone="Pacific/Auckland")

    extended(here, date(2026, 5, 4), now=now)
    refusal = refused(DayOver, extended, there, date(2026, 5, 4), now=now)

    assert refusal.facts == {"day": "4 May 2026", "zone": "Auckland time"}


def test_nobody_gains_time_without_a_reason_whichever_cohort_it_comes_by(edition, refused):
    oils, taroudant = CategoryFactory(edition=edition), ProvinceFactory()
    for cohort in ({}, {"category": oils}, {"region": taroudant.region}, {"province": taroudant}):
        refused(ExtensionUnexplained, extended, edition, reason="", **cohort)

    extended(edition, LAST, reason="", category=oils)
    extended(edition, reason="Floods.", province=taroudant)
    extended(edition, LATER, reason="", region=taroudant.region, province=taroudant, category=oils)

    assert edition.deadlines.count() == 4


def test_draft_of_an_edition_has_its_deadlines_moved_without_a_reason():
    edition = DeadlineFactory(edition=EditionFactory()).edition

    assert extended(edition, reason="").last_day == LATER


@pytest.mark.parametrize("cohort", [{}, {"region": "MA-09"}])
@pytest.mark.parametrize("late", [0, 1, 2])
def test_deadline_lies_before_the_first_day(cohort, late, refused):
    edition, region = EditionFactory(announced=True), RegionFactory()
    cohort = dict.fromkeys(cohort, region)
    first = edition.starts_on

    refusal = refused(AfterTheDoors, extended, edition, first + timedelta(days=late), **cohort)

    assert refusal.facts == {"day": "3 July 2026"}
    extended(edition, first - timedelta(days=1), **cohort)


@pytest.mark.parametrize("announced", [True, False])
def test_days_begin_after_every_deadline(announced, refused):
    edition = EditionFactory(announced=announced)
    DeadlineFactory(edition=edition, last_day=LAST)
    DeadlineFactory(edition=edition, last_day=LATER, region=RegionFactory())

    def planned(first):
        days = [Opening(first, time(9), time(18))]
        told = {"days": days, "breaks": [], "meeting_minutes": 20, "between_minutes": 5}
        return plan_days(edition, actor=who_runs(edition), **told)

    refusal = refused(DaysBeforeDeadline, planned, LATER)

    assert refusal.facts == {"day": "20 June 2026"}
    assert planned(LATER + timedelta(days=1)).starts_on == date(2026, 6, 21)


def test_everybody_who_may_send_a_draft_is_written_to_once(edition):
    draft, sent = draft_in(edition), draft_in(edition, sent=True)
    sales = member_of(draft.organisation, Role.SALES).user
    member_of(draft.organisation, Role.VIEWER)
    member_of(draft.organisation, Role.SALES, is_active=False)
    draft_in(DeadlineFactory().edition)

    extended(edition, reason="Floods in the south.")
    extended(edition, reason="Floods in the south.")

    assert told_to() == sorted([who_applies(draft).email, sales.email])
    mail = OutboxMessage.objects.first().payload
    assert mail["subject"] == f"You have more time to apply to {edition.label}"
    assert "20 June 2026" in mail["body"] and "Floods in the south." in mail["body"]
    assert f"/en/fairs/{edition.slug}/apply/" in mail["body"]
    assert who_applies(sent).email not in told_to()


def test_mail_is_written_in_the_language_of_its_reader(edition):
    draft = draft_in(edition)
    person = who_applies(draft)
    person.language = "ar"
    person.save()

    extended(edition)

    mail = OutboxMessage.objects.get().payload
    assert edition.name_ar in mail["subject"]
    assert f"/ar/fairs/{edition.slug}/apply/" in mail["body"]


def test_each_extension_is_told(edition):
    draft_in(edition)

    extended(edition)
    extended(edition, date(2026, 6, 25))

    assert len(told_to()) == 2


def test_only_the_cohort_that_gains_time_is_told(edition):
    near, far = draft_in(edition), draft_in(edition, province="MA-AGD")
    oils = CategoryFactory(edition=edition)
    chosen = draft_in(edition, category=oils)

    extended(edition, province=near.organisation.province)
    assert told_to() == sorted([who_applies(near).email, who_applies(chosen).email])
    extended(edition, category=oils)
    assert len(told_to()) == 2
    extended(edition)
    assert told_to() == sorted(who_applies(one).email for one in (near, far, chosen))


def test_drafts_of_an_edition_that_is_not_announced_are_told_nothing():
    edition = DeadlineFactory(edition=EditionFactory()).edition
    draft_in(edition)

    extended(edition)

    assert told_to() == []


def test_deadline_is_deleted_with_a_reason_where_nobody_relies_on_it(edition, refused):
    everybody, region = edition.deadlines.get(), RegionFactory()
    idle = extended(edition, EARLIER, region=region)
    relied_on = extended(edition, LATER, region=region, category=CategoryFactory(edition=edition))
    told = {"actor": who_runs(edition), "reason": "Set by mistake."}

    for one in (everybody, relied_on):
        refused(DeadlineReliedOn, delete_deadline, edition, deadline=one, **told)
    refused(DeletionUnexplained, delete_deadline, edition, deadline=idle, **told | {"reason": " "})
    delete_deadline(edition, deadline=idle, **told)
    delete_deadline(edition, deadline=idle, **told)

    assert set(edition.deadlines.all()) == {everybody, relied_on}
    assert facts(edition)[-1] == {"was": str(EARLIER), "reason": "Set by mistake.", "region": region.pk}


def test_two_categories_have_no_name_in_common():
    edition = EditionFactory()
    person = who_runs(edition)
    oils = CategoryFactory(edition=edition)

    with pytest.raises(CategoryNameTaken):
        keep_category(edition, actor=person, **NAMES | {"name_fr": "huiles"})
    keep_category(edition, actor=person, category=oils, name_en="oils")

    assert [one.label for one in edition.categories.all()] == ["oils"]


def test_category_is_made_renamed_and_deleted():
    edition = EditionFactory()
    person = who_runs(edition)
    CategoryFactory(edition=edition)

    honey = keep_category(edition, actor=person, **NAMES)
    keep_category(edition, actor=person, category=honey, name_en="Honeys")
    assert [one.label for one in edition.categories.all()] == ["Oils", "Honeys"]
    QuestionFactory(edition=edition, category=honey)
    delete_category(edition, actor=person, category=honey)

    assert [one.label for one in edition.categories.all()] == ["Oils"]
    assert Question.objects.count() == 0
    verbs = ["category_kept", "category_kept", "category_deleted"]
    assert [entry.verb for entry in history_of(edition).order_by("pk")] == verbs


def test_category_deleted_twice_is_deleted_once():
    edition = EditionFactory()
    oils = CategoryFactory(edition=edition)

    for _press in range(2):
        delete_category(edition, actor=who_runs(edition), category=Category(pk=oils.pk))

    assert [entry.verb for entry in history_of(edition)] == ["category_deleted"]


def test_category_that_was_chosen_is_not_deleted(edition, refused):
    oils = CategoryFactory(edition=edition)
    draft_in(edition, category=oils)

    refusal = refused(CategoryInUse, delete_category, edition, actor=who_runs(edition), category=oils)

    assert refusal.facts == {"category": "Oils", "count": 1}


def test_question_is_asked_changed_and_asked_no_more(edition):
    person, oils = who_runs(edition), CategoryFactory(edition=edition)

    question = keep_question(edition, actor=person, kind="line", category=oils, is_required=True, **NAMES)
    keep_question(edition, actor=person, question=question, kind="text", category=None)
    draft_in(edition, answers={question.key: "Buyers"})
    kept = Question.objects.get()
    delete_question(edition, actor=person, question=question)

    assert (kept.kind, kept.category, kept.label, kept.is_required) == ("text", None, "Honey", True)
    assert Question.objects.count() == 0
    assert Application.objects.get().answers == {kept.key: "Buyers"}
    assert facts(edition)[0]["category"] == oils.pk


def everything_asked(edition, person):
    """Each write of what is asked, as a call."""
    category, question = edition.categories.get(), edition.questions.get()
    yield set_deadline, {"last_day": LATER}
    yield keep_category, NAMES
    yield keep_category, {"category": category, **NAMES}
    yield delete_category, {"category": category}
    yield delete_deadline, {"deadline": edition.deadlines.get(), "reason": "Set by mistake."}
    yield keep_question, {"kind": "line", **NAMES}
    yield keep_question, {"question": question, "kind": "text"}
    yield delete_question, {"question": question}


@pytest.fixture
def asking(edition):
    """The same edition, with a category and a question."""
    CategoryFactory(edition=edition)
    QuestionFactory(edition=edition)
    return edition


def test_strangers_ask_nothing(asking, refused):
    viewer = member_of(asking.series.organiser, Role.VIEWER).user

    for person in (organiser().user, viewer, MembershipFactory().user):
        for act, told in everything_asked(asking, person):
            refused(NotYours, act, asking, actor=person, **told)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (EditionState.RUNNING, NotPlannedAnyMore),
        (EditionState.CLOSED, EditionOver),
        (EditionState.ARCHIVED, EditionPutAway),
        (EditionState.WITHDRAWN, EditionWithdrawn),
    ],
)
def test_what_is_asked_stands_once_an_edition_runs(asking, refused, state, refusal):
    asking.state = state
    asking.withdrawn_at, asking.withdrawal = timezone.now(), "A storm."
    asking.save()

    for act, told in everything_asked(asking, who_runs(asking)):
        refused(refusal, act, asking, actor=who_runs(asking), **told)
    assert [kind.objects.count() for kind in (Category, Question, Deadline)] == [1, 1, 1]
