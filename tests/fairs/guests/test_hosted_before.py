"""How often a hosted buyer came: shown to who decides, and never decided by it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.badges.actions import keep_scans, settle_guest
from fairs.badges.presence import hosted_before
from fairs.editions.models import Edition
from fairs.editions.states import EditionState, Mode
from fairs.guests.actions import offer_hosting, plan_hosting
from fairs.guests.states import GuestState, Tier
from fairs.models import Guest
from tests.factories.badges import door_of, keeper_of, running, sending, told
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.guests import buyer, buyer_member
from tests.sent_forms import send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def hosted_at(edition, member, *, came=False, tier=Tier.HOSTED):
    """A buyer at an edition that is closed afterwards."""
    guest = Guest.objects.create(
        edition=edition,
        person=member.user,
        organisation=member.organisation,
        tier=tier,
        state=GuestState.ADMITTED,
    )
    if came:
        badge = settle_guest(guest)
        keep_scans(edition, sending(told(door_of(edition), badge.number)), actor=keeper_of(edition))
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.CLOSED)
    return edition


@pytest.fixture
def scene():
    edition, member = EditionFactory(announced=True), buyer_member()
    return edition, member, buyer(edition, member)


def before(edition, days, **more):
    return running(series=edition.series, starts_on=timezone.localdate() - timedelta(days=days), **more)


def visits(edition, guest):
    found = hosted_before(edition, [guest]).get(guest.pk)
    return [(one.pk, came) for one, came in found.editions] if found else []


def test_history_says_at_which_closed_editions_a_hosted_buyer_came(scene):
    edition, member, guest = scene
    missed = hosted_at(before(edition, 2), member)
    came = hosted_at(before(edition, 1), member, came=True)
    hosted_at(before(edition, 2), member, tier=Tier.BUYER)

    assert visits(edition, guest) == [(came.pk, True), (missed.pk, False)]
    told = hosted_before(edition, [guest])[guest.pk]
    assert (told.hosted, told.came, told.missed) == (2, 1, 1)


def test_digital_running_and_withdrawn_editions_and_other_organisers_do_not_count(scene):
    edition, member, guest = scene
    hosted_at(before(edition, 2, mode=Mode.DIGITAL), member)
    for state in (EditionState.RUNNING, EditionState.WITHDRAWN):
        one = hosted_at(before(edition, 1), member)
        reason = {"withdrawn_at": timezone.now(), "withdrawal": "Flood"}
        Edition.objects.filter(pk=one.pk).update(state=state, **reason)
    hosted_at(running(), member)

    assert visits(edition, guest) == []


def test_buyer_whom_another_person_came_for_has_the_same_history(scene):
    edition, member, guest = scene
    colleague = buyer_member()
    colleague.organisation = member.organisation
    colleague.save()
    missed = hosted_at(before(edition, 2), colleague)
    visitor = Guest.objects.create(edition=edition, person=colleague.user, state=GuestState.ADMITTED)

    assert visits(edition, guest) == [(missed.pk, False)]
    assert visits(edition, visitor) == [(missed.pk, False)]


def test_plan_points_out_absences_and_refuses_nobody(client, scene):
    edition, member, guest = scene
    hosted_at(before(edition, 2), member)
    runs = who_runs(edition)
    client.force_login(runs)
    addresses = [
        reverse("fairs:guests", args=[edition.slug]),
        reverse("fairs:guest", args=[edition.slug, guest.pk]),
        reverse("fairs:host", args=[edition.slug, guest.pk]),
    ]
    silent = [client.get(one).content.decode() for one in addresses]
    plan = {"places": "2", "meetings": "8", "most_missed": "0"}
    send(client, reverse("fairs:hosting", args=[edition.slug]), plan)

    loud = [client.get(one).content.decode() for one in addresses]

    assert [page.count("Hosted <bdi>1</bdi> time, came <bdi>0</bdi>:") for page in silent + loud] == [1] * 6
    assert [page.count("missed more than the plan points out") for page in silent + loud] == [
        0,
        0,
        0,
        1,
        1,
        1,
    ]
    assert offer_hosting(guest, actor=runs, support="Two nights").accepted is None


def test_plan_without_a_word_on_absences_points_out_none():
    edition = EditionFactory(announced=True)

    assert plan_hosting(edition, actor=who_runs(edition), places=1, meetings=8).most_missed is None
