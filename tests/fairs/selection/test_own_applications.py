"""An organiser whose own organisation applies is an applicant: nothing of the judging is shown or decided."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.applications.actions import set_deadline
from fairs.applications.errors import DecidesOwn
from fairs.applications.rivals import interest_of
from fairs.applications.states import ApplicationState
from fairs.models import Appeal, Application
from fairs.selection.actions import (
    answer_appeal,
    change_rubric,
    decide,
    digest_of,
    dismiss_juror,
    invite_juror,
    plan_selection,
    propose,
    refuse_waiting,
)
from tests.factories.fairs import who_runs
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAMES = {f"name_{code}": "Own" for code in ("en", "fr", "ar")}
REFUSED, SENT, WAITING = ApplicationState.REFUSED, ApplicationState.SENT, ApplicationState.WAITING


@pytest.fixture
def edition():
    return judging(places=1)


@pytest.fixture
def own(edition):
    """The organiser's own application, the weaker of two that were judged."""
    judged(edition, 3)
    found = judged(edition, 1)
    MembershipFactory(organisation=found.organisation, user=who_runs(edition))
    return found


def address(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def stands(application, state):
    Application.objects.filter(pk=application.pk).update(state=state)


def seen_of(edition):
    ranked, outcome, *_rest = propose(edition)
    return digest_of(ranked, outcome)


def reviewers(edition):
    return [str(juror.person) for juror in edition.jurors.all()]


def test_ranks_show_neither_scores_nor_reviewers_to_who_applies(client, edition, own):
    client.force_login(who_runs(edition))

    page = client.get(address("selection", edition))
    shown = page.content.decode()

    assert [(rank, is_in) for rank, _one, is_in in page.context["ranked"]] == [(None, False)] * 2
    assert [name in shown for name in reviewers(edition)] == [False, False]
    leaks = ('class="score"', address("decide", edition), address("invite", edition), "Decide and write")
    assert [leak in shown for leak in leaks] == [False] * 4
    assert "Conflict of interest" in shown


def test_reviews_of_any_application_stay_closed_until_ones_own_is_decided(client, edition, own):
    client.force_login(who_runs(edition))

    for application in edition.applications.all():
        page = client.get(address("reviews", edition, application.pk))
        assert (page.context["reviews"], page.context["explanation"]) == ([], [])
        assert [name in page.content.decode() for name in reviewers(edition)] == [False, False]


def test_colleague_without_a_part_in_it_sees_and_decides(client, edition, own):
    body = edition.series.organiser
    colleague = MembershipFactory(organisation=body, role=body.memberships.get().role).user
    client.force_login(colleague)

    page = client.get(address("selection", edition))

    assert [rank for rank, *_rest in page.context["ranked"]] == [1, 2]
    assert decide(edition, actor=colleague, seen=seen_of(edition)).waiting == (own.pk,)


def test_nobody_decides_about_their_own(edition, own, refused):
    runs = {"actor": who_runs(edition)}

    refused(DecidesOwn, decide, edition, seen=seen_of(edition), **runs)
    refused(DecidesOwn, invite_juror, edition, email=UserFactory().email, **runs)
    refused(DecidesOwn, plan_selection, edition, places=9, quotas=[], **runs)
    refused(DecidesOwn, change_rubric, edition, criteria=[{"code": "own", "weight": 100, **NAMES}], **runs)
    refused(DecidesOwn, dismiss_juror, edition.jurors.first(), **runs)
    stands(own, WAITING)
    refused(DecidesOwn, refuse_waiting, edition, **runs)
    stands(own, REFUSED)
    appeal = Appeal.objects.create(application=own, text="Why?", sent_by=who_runs(edition))
    refused(DecidesOwn, answer_appeal, appeal, granted=True, answer="Yes.", **runs)


def test_decided_page_shows_who_was_decided_and_not_on_what(client, edition, own):
    edition.applications.exclude(pk=own.pk).update(state=ApplicationState.ACCEPTED)
    stands(own, WAITING)
    client.force_login(who_runs(edition))

    page = client.get(address("decided", edition))

    assert len(page.context["decided"]) == 2
    assert (page.context["decisions"], 'class="score"' in page.content.decode()) == ([], False)


def test_once_told_they_read_of_their_own_what_applicants_read(client, edition, own):
    other = edition.applications.exclude(pk=own.pk).get()
    stands(own, REFUSED)
    client.force_login(who_runs(edition))

    mine, theirs = (client.get(address("reviews", edition, pk)).context for pk in (own.pk, other.pk))

    assert (len(mine["explanation"]), list(mine["reviews"])) == (2, [])
    assert (mine["scored"].rows, len(theirs["scored"].rows), len(theirs["reviews"])) == ((), 2, 2)


@pytest.mark.parametrize(
    ("state", "is_open"),
    [
        (ApplicationState.DRAFT, True),
        (SENT, True),
        (WAITING, True),
        (ApplicationState.ACCEPTED, False),
        (REFUSED, False),
        (ApplicationState.WITHDRAWN, False),
    ],
)
def test_interest_lasts_until_the_application_is_decided(edition, own, state, is_open):
    stands(own, state)

    assert interest_of(who_runs(edition), edition).is_open == is_open


def test_unanswered_appeal_is_undecided_and_an_answered_one_is_not(edition, own):
    stands(own, REFUSED)
    appeal = Appeal.objects.create(application=own, text="Why?", sent_by=who_runs(edition))
    assert interest_of(who_runs(edition), edition).is_open

    Appeal.objects.filter(pk=appeal.pk).update(answered_at=timezone.now(), granted=False, answer="No.")

    assert not interest_of(who_runs(edition), edition).is_open


def test_who_withdrew_and_may_take_it_back_is_still_an_applicant(edition, own, refused):
    stands(own, ApplicationState.WITHDRAWN)
    edition.deadlines.update(last_day=timezone.localdate() + timedelta(days=3))

    assert interest_of(who_runs(edition), edition).is_open
    refused(DecidesOwn, change_rubric, edition, actor=who_runs(edition), criteria=[])


def test_who_withdrew_for_good_is_an_organiser_again(edition, own):
    stands(own, ApplicationState.WITHDRAWN)
    edition.deadlines.update(last_day=timezone.localdate() - timedelta(days=3))

    assert not interest_of(who_runs(edition), edition).is_open


def test_no_deadline_is_set_by_who_applies(edition, own, refused):
    day = edition.starts_on - timedelta(days=2)

    refused(DecidesOwn, set_deadline, edition, actor=who_runs(edition), last_day=day)
