"""The demonstration has a talk that is on at the hour of whoever looks."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from fairs.live.demonstration import SAID, SLUG, bring_in_a_talk
from fairs.live.models import LiveRoom
from fairs.live.queries import rooms_for
from tests.factories.live import guest_of, live_session
from tests.factories.people import UserFactory
from tests.factories.sessions import ProgrammeEditionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("clock", ["2026-11-27 00:20", "2026-11-27 10:59", "2026-11-27 23:40"])
def test_talk_is_on_at_any_hour_and_once(clock):
    with time_machine.travel(datetime.fromisoformat(clock).replace(tzinfo=UTC), tick=False):
        now = timezone.now()
        edition = ProgrammeEditionFactory(slug=SLUG, starts_on=now.date(), ends_on=now.date())
        live_session(edition)
        for who in {who for who, _ago, _text in SAID}:
            UserFactory(email=who)
        bring_in_a_talk()
        bring_in_a_talk()

        room = LiveRoom.objects.get(session__name_en="Open stage: ask the cooperatives")
        showing = room.session.showing

        assert (room.is_open, room.entries.filter(kind="chat").count()) == (True, len(SAID))
        assert showing.begins_at <= now < showing.ends_at
        assert showing.ends_at - showing.begins_at == timedelta(hours=2)
        assert room in rooms_for(guest_of(room))
