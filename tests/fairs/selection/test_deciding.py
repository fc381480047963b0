"""The decision in bulk, the waiting list, appeals, and the log that a decision is made again from."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.applications.actions import withdraw_application
from fairs.applications.actions.letters import write_to_applicants
from fairs.applications.states import ApplicationState
from fairs.editions.states import EditionState
from fairs.models import Appeal, Exhibitor
from fairs.selection.actions import (
    answer_appeal,
    decide,
    digest_of,
    fill_all_places,
    plan_selection,
    propose,
    refuse_waiting,
    replay,
    send_appeal,
)
from fairs.selection.errors import (
    AppealAlready,
    AppealTooLate,
    CallStillOpen,
    NoPlaces,
    NothingToAppeal,
    NothingToDecide,
    RankingMoved,
    ReviewsMissing,
)
from fairs.selection.models import Review, SelectionPlan
from fairs.selection.states import Group
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry, OutboxMessage
from tests.factories.fairs import ApplicationFactory, who_applies, who_runs
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ACCEPTED, WAITING, REFUSED, SENT = (
    ApplicationState.ACCEPTED,
    ApplicationState.WAITING,
    ApplicationState.REFUSED,
    ApplicationState.SENT,
)


def seen(edition):
    ranked, outcome, *_rest = propose(edition)
    return digest_of(ranked, outcome)


def state(application):
    application.refresh_from_db()
    return application.state


def decided(edition):
    return decide(edition, actor=who_runs(edition), seen=seen(edition))


def test_best_are_accepted_as_exhibitors_and_the_others_wait():
    edition = judging(places=2)
    weak, strong, middle = judged(edition, 1), judged(edition, 3), judged(edition, 2)

    outcome = decided(edition)

    assert outcome.accepted == (strong.pk, middle.pk)
    assert [state(one) for one in (strong, middle, weak)] == [ACCEPTED, ACCEPTED, WAITING]
    exhibits = set(Exhibitor.objects.values_list("edition", "organisation", "application"))
    assert exhibits == {
        (edition.pk, strong.organisation_id, strong.pk),
        (edition.pk, middle.organisation_id, middle.pk),
    }


def test_each_applicant_is_written_to_in_their_language():
    edition = judging(places=1)
    strong, weak = judged(edition, 3), judged(edition, 1)
    for application, language in ((strong, "en"), (weak, "fr")):
        person = who_applies(application)
        person.language = language
        person.save()

    decided(edition)

    to = {one.payload["to"]: one.payload["subject"] for one in OutboxMessage.objects.all()}
    assert to[who_applies(strong).email] == f"You exhibit at {edition.name_en}"
    assert edition.name_fr in to[who_applies(weak).email]
    assert len(to) == 2


def test_quota_brings_in_who_it_is_for_by_what_was_stated_when_it_was_sent():
    edition = judging(places=1)
    strong = judged(edition, 3, women_led=False)
    led = judged(edition, 1, women_led=True)
    quota = {"group": Group.WOMEN_LED, "region": None, "least": 1}
    plan_selection(edition, actor=who_runs(edition), places=1, quotas=[quota])
    led.organisation.women_led = False
    led.organisation.save()

    outcome = decided(edition)

    assert (outcome.accepted, outcome.waiting) == ((led.pk,), (strong.pk,))
    assert outcome.by_quota == ((led.pk, "women_led"),)


def test_decision_is_made_again_from_its_log_and_comes_out_the_same():
    edition = judging(places=2)
    for score in (1, 3, 2, 2):
        judged(edition, score, women_led=score == 1)
    quota = {"group": Group.WOMEN_LED, "region": None, "least": 1}
    plan_selection(edition, actor=who_runs(edition), places=2, quotas=[quota])
    outcome = decided(edition)
    Review.objects.update(scores={"product": 0, "price": 0})

    again, same = replay(LogEntry.objects.get(verb="decided"))

    assert (again.accepted, again.waiting, same) == (outcome.accepted, outcome.waiting, True)


def refuses(edition, refusal, **options):
    before = list(edition.applications.order_by("pk").values_list("pk", "state"))
    told = {"actor": who_runs(edition), "seen": seen(edition), **options}
    with pytest.raises(refusal):
        decide(edition, **told)
    assert list(edition.applications.order_by("pk").values_list("pk", "state")) == before
    assert (Exhibitor.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_nothing_is_decided_while_anybody_may_still_apply():
    edition = judging()
    judged(edition, 3)
    edition.deadlines.update(last_day=timezone.localdate() + timedelta(days=3))

    refuses(edition, CallStillOpen)


def test_nothing_is_decided_on_fewer_than_two_reviews():
    edition = judging(jurors=1)
    judged(edition, 3)

    refuses(edition, ReviewsMissing)


def test_review_of_somebody_with_a_conflict_does_not_count():
    edition = judging()
    application = judged(edition, 3)
    application.reviews.filter(juror=edition.jurors.first()).update(has_conflict=True)

    refuses(edition, ReviewsMissing)


def test_nothing_is_decided_on_another_ranking_than_the_one_looked_at():
    edition = judging()
    judged(edition, 3)

    refuses(edition, RankingMoved, seen="0000")


def test_nothing_is_decided_without_places_or_without_applications():
    edition = judging()
    refuses(edition, NothingToDecide)
    judged(edition, 3)
    SelectionPlan.objects.update(places=0)

    refuses(edition, NoPlaces)


def test_decision_is_the_organisers_alone():
    edition = judging()
    judged(edition, 3)

    refuses(edition, NotYours, actor=UserFactory())


def test_place_given_back_goes_to_who_waits_first(django_capture_on_commit_callbacks):
    edition = judging(places=1)
    strong, middle, weak = judged(edition, 3), judged(edition, 2), judged(edition, 1)
    decided(edition)

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_application(strong, actor=who_applies(strong))

    assert [state(one) for one in (strong, middle, weak)] == ["withdrawn", ACCEPTED, WAITING]
    now = Exhibitor.objects.filter(left_at=None).values_list("application", flat=True)
    assert list(now) == [middle.pk]
    last = OutboxMessage.objects.order_by("pk").last()
    assert last.payload["to"] == who_applies(middle).email


def test_free_places_are_found_again_after_a_fault():
    edition = judging(places=1)
    strong, weak = judged(edition, 3), judged(edition, 1)
    decided(edition)
    SelectionPlan.objects.update(places=2)

    assert (fill_all_places(), fill_all_places()) == (1, 0)
    assert [state(one) for one in (strong, weak)] == [ACCEPTED, ACCEPTED]


def test_closing_the_waiting_list_refuses_and_tells_whoever_waits():
    edition = judging(places=1)
    strong, weak = judged(edition, 3), judged(edition, 1)
    decided(edition)

    assert refuse_waiting(edition, actor=who_runs(edition)) == 1
    assert [state(one) for one in (strong, weak)] == [ACCEPTED, REFUSED]
    with pytest.raises(NothingToDecide):
        refuse_waiting(edition, actor=who_runs(edition))


def refused_application():
    edition = judging(places=1)
    judged(edition, 3)
    weak = judged(edition, 1)
    decided(edition)
    refuse_waiting(edition, actor=who_runs(edition))
    weak.refresh_from_db()
    return weak


def test_appeal_is_sent_once_and_only_against_a_refusal():
    weak = refused_application()
    send_appeal(weak, actor=who_applies(weak), text="Our certificate was overlooked.")

    with pytest.raises(AppealAlready):
        send_appeal(weak, actor=who_applies(weak), text="Again.")
    sent = ApplicationFactory(sent=True)
    with pytest.raises(NothingToAppeal):
        send_appeal(sent, actor=who_applies(sent), text="Too early.")
    assert Appeal.objects.get().text == "Our certificate was overlooked."


def test_appeal_that_is_granted_takes_the_next_free_place():
    weak = refused_application()
    appeal = send_appeal(weak, actor=who_applies(weak), text="Our certificate was overlooked.")
    SelectionPlan.objects.update(places=2)

    answer_appeal(appeal, actor=who_runs(weak.edition), granted=True, answer="You are right.")

    assert state(weak) == ACCEPTED
    with pytest.raises(AppealAlready):
        answer_appeal(appeal, actor=who_runs(weak.edition), granted=False, answer="No.")


@pytest.mark.parametrize("over", [EditionState.RUNNING, EditionState.CLOSED])
def test_appeal_is_not_granted_once_the_doors_have_opened_but_is_answered(over, refused):
    weak = refused_application()
    appeal = send_appeal(weak, actor=who_applies(weak), text="Our certificate was overlooked.")
    SelectionPlan.objects.update(places=2)
    type(weak.edition).objects.update(state=over)
    appeal = Appeal.objects.get()
    told = {"actor": who_runs(weak.edition), "answer": "The hall is full."}

    refused(AppealTooLate, answer_appeal, appeal, granted=True, **told)
    answer_appeal(appeal, granted=False, **told)

    assert (state(weak), Appeal.objects.get().granted) == (REFUSED, False)


def test_appeal_that_is_not_granted_leaves_the_decision():
    weak = refused_application()
    appeal = send_appeal(weak, actor=who_applies(weak), text="Look again.")

    answer_appeal(appeal, actor=who_runs(weak.edition), granted=False, answer="It was read.")

    assert state(weak) == REFUSED


@pytest.mark.parametrize("applicants", [1, 3])
def test_letters_to_any_number_of_applicants_ask_as_many_questions(applicants, django_assert_num_queries):
    edition = judging()
    written = [judged(edition, 1) for _ in range(applicants)]

    with django_assert_num_queries(3):
        assert write_to_applicants(written, "waiting") == applicants
