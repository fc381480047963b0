"""Many at once, on a database with row locks."""

from datetime import timedelta

from django.utils import timezone

from fairs.applications.actions import (
    delete_category,
    keep_application,
    send_application,
    set_deadline,
    start_application,
    withdraw_application,
)
from fairs.applications.models import Application
from fairs.applications.states import ApplicationState
from fairs.editions.actions import clone_edition, follow_the_clock, start_fair
from fairs.editions.models import Day, Edition
from fairs.editions.states import EditionState, Mode
from moussem.core.errors import Refusal
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.fairs import (
    ApplicationFactory,
    CategoryFactory,
    DeadlineFactory,
    EditionFactory,
    organiser,
    who_applies,
    who_runs,
)
from tests.factories.organisations import MembershipFactory
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql

MANY = 20
DAY = timedelta(days=1)


def codes(answers):
    return [answer.code for answer in answers if isinstance(answer, Refusal)]


def verbs(verb):
    return LogEntry.objects.filter(verb=verb).count()


def test_application_started_twenty_times_at_once_is_one():
    edition, member = DeadlineFactory().edition, MembershipFactory()
    start = {"actor": member.user, "organisation": member.organisation}

    answers = at_once(*[lambda: start_application(edition, **start)] * MANY)

    assert codes(answers) == []
    assert {answer.pk for answer in answers} == {Application.objects.get().pk}
    assert verbs("started") == 1


def test_application_sent_twenty_times_at_once_is_sent_and_confirmed_once():
    application = ApplicationFactory(edition=DeadlineFactory().edition)
    person = who_applies(application)

    answers = at_once(*[lambda: send_application(application, actor=person)] * MANY)

    assert codes(answers) == ["move_not_allowed"] * (MANY - 1)
    assert (verbs("moved.sent"), OutboxMessage.objects.count()) == (1, 1)


def test_application_sent_while_it_is_written_is_sent_with_or_refuses_what_was_typed():
    application = ApplicationFactory(edition=DeadlineFactory().edition)
    person = who_applies(application)

    answers = at_once(
        lambda: send_application(application, actor=person),
        *[lambda: keep_application(application, actor=person, languages=["en"])] * (MANY - 1),
    )

    assert set(codes(answers)) <= {"application_not_a_draft"}
    kept = Application.objects.get()
    before = MANY - 1 - len(codes(answers))
    assert (kept.state, kept.languages) == (ApplicationState.SENT, ["en"] if before else ["ar", "fr"])


def test_deadline_extended_while_applications_come_in_loses_none():
    edition = DeadlineFactory().edition
    drafts = ApplicationFactory.create_batch(MANY - 1, edition=edition)
    people = {one.pk: who_applies(one) for one in drafts}
    last_day, boss = edition.deadlines.get().last_day + DAY, who_runs(edition)

    answers = at_once(
        lambda: set_deadline(edition, actor=boss, last_day=last_day, reason="Snow."),
        *[lambda one=one: send_application(one, actor=people[one.pk]) for one in drafts],
    )

    assert codes(answers) == []
    assert edition.deadlines.get().last_day == last_day
    assert edition.applications.filter(state=ApplicationState.SENT).count() == MANY - 1
    assert verbs("moved.sent") == MANY - 1


def test_deadline_extended_twenty_times_at_once_is_one_and_told_once():
    draft = ApplicationFactory(edition=DeadlineFactory().edition)
    edition, boss = draft.edition, who_runs(draft.edition)
    told = {"actor": boss, "last_day": edition.deadlines.get().last_day + DAY, "reason": "Snow."}

    answers = at_once(*[lambda: set_deadline(edition, **told)] * MANY)

    assert codes(answers) == []
    assert (edition.deadlines.count(), verbs("deadline_set"), OutboxMessage.objects.count()) == (1, 1, 1)


def test_category_deleted_as_it_is_chosen_is_either_there_or_refused():
    edition = DeadlineFactory().edition
    oils, boss = CategoryFactory(edition=edition), who_runs(edition)
    drafts = ApplicationFactory.create_batch(5, edition=edition)
    people = {one.pk: who_applies(one) for one in drafts}

    answers = at_once(
        lambda: delete_category(edition, actor=boss, category=oils),
        *[lambda one=one: keep_application(one, actor=people[one.pk], category=oils) for one in drafts],
    )

    is_there = edition.categories.exists()
    assert codes(answers) == (["category_in_use"] if is_there else ["category_gone"] * 5)
    assert edition.applications.filter(category=oils.pk).count() == (5 if is_there else 0)


def test_application_withdrawn_as_it_is_sent_stands_at_one_of_both():
    application = ApplicationFactory(edition=DeadlineFactory().edition)
    person = who_applies(application)

    at_once(
        lambda: send_application(application, actor=person),
        lambda: withdraw_application(application, actor=person),
    )

    kept = Application.objects.get()
    assert (verbs("moved.sent"), verbs("moved.withdrawn")) == (1, int(kept.state == "withdrawn"))


def test_twenty_clones_at_once_for_the_same_days_are_one():
    edition = EditionFactory()
    CategoryFactory(edition=edition)
    told = {"actor": who_runs(edition), "starts_on": edition.starts_on + timedelta(days=364)}

    answers = at_once(*[lambda: clone_edition(edition, **told)] * MANY)

    assert codes(answers) == ["edition_same_days"] * (MANY - 1)
    new = Edition.objects.get(cloned_from=edition)
    assert (new.days.count(), new.categories.count(), Edition.objects.count()) == (3, 1, 2)


def test_twenty_fairs_of_one_name_started_at_once_have_twenty_addresses():
    member, first = organiser(), timezone.localdate() + timedelta(days=30)
    names = {"name_en": "Honey days", "name_fr": "Journées du miel", "name_ar": "أيام العسل"}
    told = {"mode": Mode.DIGITAL, "starts_on": first, "ends_on": first, **names}
    start = {"actor": member.user, "organiser": member.organisation, **told}

    answers = at_once(*[lambda: start_fair(**start)] * MANY)

    assert codes(answers) == []
    assert Edition.objects.values("slug").distinct().count() == MANY
    assert Day.objects.count() == MANY


def test_two_clocks_at_once_begin_an_edition_once():
    edition = EditionFactory(announced=True)
    now = edition.doors_open_at

    at_once(*[lambda: follow_the_clock(now)] * 3)

    assert Edition.objects.get().state == EditionState.RUNNING
    assert verbs("moved.running") == 1


def test_extension_waits_for_what_is_written_of_the_edition():
    edition = DeadlineFactory().edition
    boss, later = who_runs(edition), edition.deadlines.get().last_day + DAY

    with while_it_waits(
        edition, lambda: set_deadline(edition, actor=boss, last_day=later, reason="Snow.")
    ) as answer:
        assert not answer.done()

    assert edition.deadlines.get().last_day == later
