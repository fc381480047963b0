"""What the board of a running edition says of this moment."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fairs.editions.states import Mode
from fairs.models import Session
from fairs.sessions.actions import release_programme
from fairs.today import today_of
from tests.factories.badges import running
from tests.factories.fairs import who_runs

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def held(edition, begins, name):
    now = timezone.now()
    names = {f"name_{code}": name for code in ("en", "fr", "ar")}
    at = {"begins_at": now + timedelta(minutes=begins), "ends_at": now + timedelta(minutes=begins + 30)}
    return Session.objects.create(edition=edition, **at, **names)


def test_running_board_says_who_is_inside_and_what_is_held_now_and_next(client):
    edition = running()
    for name, begins in (("over", -90), ("now", -10), ("next", 20), ("beside", 20), ("later", 50)):
        held(edition, begins, name)
    at = timezone.now()
    Session.objects.filter(name_en="beside").update(
        begins_at=Session.objects.get(name_en="next").begins_at, ends_at=at + timedelta(hours=1)
    )
    release_programme(edition, actor=who_runs(edition))
    client.force_login(who_runs(edition))

    page = client.get(reverse("fairs:board", args=[edition.slug]))

    today = page.context["today"]
    assert [one.name_en for one in today.held] == ["now"]
    assert [one.name_en for one in today.following] == ["next", "beside"]
    assert (today.inside, today.entered, list(today.hours), "counts" in page.context) == (0, 0, [], False)


def test_edition_on_a_screen_counts_nobody_at_doors():
    edition = running(mode=Mode.DIGITAL)

    today = today_of(edition, 0)

    assert (today.inside, list(today.hours), today.held, today.following) == (None, [], [], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_running_board_takes_as_many_queries_for_three_as_for_one(client, rows, django_assert_num_queries):
    edition = running()
    for number in range(rows):
        held(edition, 10, f"session {number}")
    release_programme(edition, actor=who_runs(edition))
    client.force_login(who_runs(edition))

    with django_assert_num_queries(15):
        client.get(reverse("fairs:board", args=[edition.slug]))
