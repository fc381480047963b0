"""Who says that they receive at a stand, or are away: told once, however often it is said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.live import pacing, protocol
from fairs.live.commands import answer, load_subjects
from fairs.live.errors import TooFast
from fairs.live.stands.actions import say_where
from moussem.core.models import LogEntry
from tests.factories.live import keeper_of, stand_room

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
load_subjects()


@pytest.fixture
def stand():
    return stand_room()


def lines():
    found = LogEntry.objects.filter(verb__startswith="booth_person").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_same_said_again_changes_nothing_and_is_not_noted(stand):
    amina = keeper_of(stand)
    words = [(True, ["fr"]), (True, ["fr"]), (True, []), (True, ["fr", "ar"]), (False, []), (False, [])]

    since = []
    for is_there, languages in words:
        row = say_where(stand.exhibitor, actor=amina, is_there=is_there, languages=languages)
        since.append(row.there_since)

    assert lines() == ["booth_person_there", "booth_person_there", "booth_person_away"]
    assert (since[0] == since[1] == since[2] != since[3], since[4:]) == (True, [None, None])


def test_there_of_yesterday_is_said_anew_today(stand):
    amina = keeper_of(stand)
    row = say_where(stand.exhibitor, actor=amina, is_there=True, languages=["fr"])
    row.there_since = timezone.now() - timedelta(days=1)
    row.save()

    say_where(stand.exhibitor, actor=amina, is_there=True, languages=["fr"])

    assert lines() == ["booth_person_there"] * 2


def test_whoever_comes_and_goes_without_end_is_held_up(stand):
    amina = keeper_of(stand)

    def attend(where):
        told = protocol.command("stand.attend", "", room=stand.pk, where=where, languages=["fr"])
        return answer(amina, protocol.parse(told))

    with pytest.raises(TooFast):
        for number in range(int(pacing.DEEDS.burst) + 5):
            attend("away" if number % 2 else "there")
