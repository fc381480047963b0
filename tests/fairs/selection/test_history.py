"""Whatever was decided, by the organiser or by the waiting list, is decided again from its log alone."""

import random
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from fairs.applications.actions import withdraw_application
from fairs.applications.states import ApplicationState
from fairs.editions.states import EditionState
from fairs.models import Application, Edition, Exhibitor, Review, SelectionPlan
from fairs.selection.actions import fill_all_places, fill_places, plan_selection, replay
from fairs.selection.queries import who_exhibited_before
from fairs.selection.states import Group
from moussem.core.errors import Refusal
from moussem.core.models import LogEntry
from tests.factories.fairs import who_applies, who_runs
from tests.factories.selection import judged, judging
from tests.fairs.selection.test_deciding import decided

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def decisions():
    return LogEntry.objects.filter(verb__in=("decided", "places_filled")).order_by("pk")


def test_place_filled_from_the_waiting_list_is_filled_again_from_its_log():
    edition = judging(places=1)
    strong = judged(edition, 3)
    by_score, for_quota = judged(edition, 2, women_led=False), judged(edition, 1, women_led=True)
    decided(edition)
    quota = {"group": Group.WOMEN_LED, "region": None, "least": 1}
    plan_selection(edition, actor=who_runs(edition), places=2, quotas=[quota])

    fill_all_places()
    Review.objects.update(scores={"product": 0, "price": 0})

    line = LogEntry.objects.get(verb="places_filled")
    assert (line.facts["places"], line.facts["quotas"]) == (1, [["women_led", 1]])
    assert [one[0] for one in line.facts["candidates"]] == [by_score.pk, for_quota.pk]
    assert [one[0] for one in line.facts["inside"]] == [strong.pk]
    again, same = replay(line)
    assert (again.accepted, again.waiting, same) == ((for_quota.pk,), (by_score.pk,), True)


def _withdraw(chance):
    held = list(Application.objects.filter(state=ApplicationState.ACCEPTED).order_by("pk"))
    if held:
        one = chance.choice(held)
        withdraw_application(one, actor=who_applies(one))


def _plan(chance, edition):
    quotas = [
        {"group": group, "region": None, "least": chance.randint(0, 3)}
        for group in (Group.WOMEN_LED, Group.REMOTE)
    ]
    places = Exhibitor.objects.filter(left_at=None).count() + chance.randint(0, 2)
    plan_selection(edition, actor=who_runs(edition), places=places, quotas=quotas)


def _apply(chance, edition):
    groups = {name: chance.random() < 0.4 for name in ("women_led", "remote_area")}
    judged(edition, chance.randint(0, 3), **groups)


@pytest.mark.parametrize("seed", range(3))
def test_every_decision_of_a_long_history_is_made_again(seed, django_capture_on_commit_callbacks):
    chance, edition = random.Random(seed), judging(places=3)
    acts = {
        partial(_apply, chance, edition): 6,
        partial(decided, edition): 2,
        partial(_withdraw, chance): 3,
        partial(_plan, chance, edition): 2,
        fill_all_places: 2,
    }

    for act in chance.choices([*acts], weights=[*acts.values()], k=60):
        with suppress(Refusal), django_capture_on_commit_callbacks(execute=True):
            act()

    assert {line.verb for line in decisions()} == {"decided", "places_filled"}
    assert [replay(line)[1] for line in decisions()] == [True] * decisions().count()
    let_in = {key for line in decisions() for key in replay(line)[0].accepted}
    assert let_in == set(Exhibitor.objects.values_list("application", flat=True))


def test_second_decision_fills_the_places_that_the_first_left_and_no_more():
    edition = judging(places=2)
    first = judged(edition, 3)
    decided(edition)
    second, third = judged(edition, 2), judged(edition, 1)

    outcome = decided(edition)

    assert (outcome.accepted, outcome.waiting) == ((second.pk,), (third.pk,))
    assert LogEntry.objects.filter(verb="decided").last().facts["places"] == 1
    assert Exhibitor.objects.filter(left_at=None).count() == 2
    assert first.pk not in outcome.accepted


def test_quota_that_the_accepted_meet_brings_in_nobody_else():
    edition = judging(places=2)
    quota = {"group": Group.WOMEN_LED, "region": None, "least": 1}
    plan_selection(edition, actor=who_runs(edition), places=2, quotas=[quota])
    judged(edition, 1, women_led=True)
    decided(edition)
    strong, led = judged(edition, 3, women_led=False), judged(edition, 2, women_led=True)

    outcome = decided(edition)

    assert (outcome.accepted, outcome.waiting, outcome.by_quota) == ((strong.pk,), (led.pk,), ())
    assert LogEntry.objects.filter(verb="decided").last().facts["quotas"] == [["women_led", 0]]


@pytest.mark.parametrize("state", [EditionState.RUNNING, EditionState.CLOSED, EditionState.ARCHIVED])
def test_free_place_stays_free_once_the_doors_have_opened(state):
    edition = judging(places=1)
    judged(edition, 3)
    weak = judged(edition, 1)
    decided(edition)
    SelectionPlan.objects.update(places=2)
    Edition.objects.update(state=state)

    assert fill_places(edition) == 0
    weak.refresh_from_db()
    assert (weak.state, Exhibitor.objects.count()) == (ApplicationState.WAITING, 1)


def test_who_gave_its_place_back_last_time_comes_for_the_first_time():
    before = judging(starts_on=timezone.localdate() - timedelta(days=300))
    came, left = judged(before, 3), judged(before, 2)
    for application, left_at in ((came, None), (left, timezone.now())):
        told = {"edition": before, "organisation": application.organisation, "left_at": left_at}
        Exhibitor.objects.create(**told)
    edition = judging(series=before.series)

    assert who_exhibited_before(edition) == {came.organisation_id}
