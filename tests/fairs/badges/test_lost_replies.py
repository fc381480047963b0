"""However a device's scans are split into sendings, and whichever replies are lost, they come to the same."""

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fairs.badges.actions import keep_scans
from fairs.badges.allowed import Step, passage
from fairs.badges.states import PASSED
from fairs.models import Scan
from tests.factories.badges import badge_of, door_of, keeper_of, running, sending, told

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# What becomes of a scan: kept while offline, answered, asked in vain, or asked while the reply gets lost.
FATES = ("offline", "answered", "request lost", "reply lost")
SCANS = st.lists(
    st.tuples(st.sampled_from(["in", "out"]), st.sampled_from(FATES), st.integers(0, 3)),
    min_size=1,
    max_size=6,
)
NUMBERS = count()
NOON = datetime.now(ZoneInfo("Africa/Casablanca")).replace(hour=12, minute=0, second=0, microsecond=0)


class Device:
    """The page of a door: asks while it can, decides by itself where nobody answers, and tells it later."""

    def __init__(self, edition, door, keeper, number):
        self.edition, self.door, self.keeper, self.number = edition, door, keeper, number
        self.name = f"device {next(NUMBERS)}"
        self.steps, self.queue, self.shown = [], [], []

    def send(self, scans):
        return keep_scans(self.edition, sending(*scans, device=self.name), actor=self.keeper)

    def scan(self, way, fate):
        """Somebody holds the badge to the door; what the person is shown."""
        asked = told(self.door, self.number, way)
        heard = self.send([asked]) if fate in ("answered", "reply lost") else {}
        if fate == "answered":
            outcome = heard[asked["key"]].outcome
        else:
            at = int(timezone.now().timestamp())
            outcome = str(passage((), self.steps, way, at).outcome)
            self.queue.append({**asked, "shown": outcome})
        if outcome in PASSED:
            self.steps.append(Step(int(timezone.now().timestamp()), way, self.door.names))
        self.shown.append({**asked, "shown": outcome})

    def tell(self, many):
        """The first of what waits, told with a reply that never comes."""
        if self.queue[:many]:
            self.send(self.queue[:many])

    def tell_all(self):
        """All that waits, and this time the reply comes."""
        if self.queue:
            self.send(self.queue)
        self.queue = []


def state_of(badge):
    badge.refresh_from_db()
    scans = Scan.objects.filter(badge=badge).order_by("at").values_list("way", "shown", "outcome")
    return badge.inside_since, list(scans)


def issued_before(edition, name):
    badge = badge_of(edition, name)
    badge.issued_at = timezone.now() - timedelta(days=1)
    badge.save(update_fields=["issued_at"])
    return badge


@example(scans=[("in", "answered", 0), ("out", "offline", 0), ("in", "reply lost", 0)])
@example(scans=[("in", "reply lost", 0), ("out", "reply lost", 1), ("in", "offline", 1)])
@example(scans=[("out", "offline", 0), ("in", "answered", 1), ("in", "reply lost", 2)])
@given(scans=SCANS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_split_and_any_lost_reply_come_to_what_the_door_showed(db, scans):
    with time_machine.travel(NOON, tick=False) as clock:
        edition = running()
        door, keeper = door_of(edition), keeper_of(edition)
        split, whole = issued_before(edition, "Split"), issued_before(edition, "Whole")
        device = Device(edition, door, keeper, split.number)
        for way, fate, many in scans:
            clock.shift(timedelta(minutes=1))
            device.scan(way, fate)
            device.tell(many)
        device.tell_all()

        other = Device(edition, door, keeper, whole.number)
        other.send([{**one, "key": told(door, "")["key"], "code": whole.number} for one in device.shown])

        assert state_of(split) == state_of(whole)
        assert len(state_of(split)[1]) == len(scans)


def outcome_of(scan):
    return Scan.objects.values_list("shown", "outcome").get(key=scan["key"])


def test_device_tells_what_it_decided_once_and_only_of_its_own_scans(db):
    edition = running()
    door, keeper, badge = door_of(edition), keeper_of(edition), issued_before(edition, "Once")
    asked = told(door, badge.number)
    keep_scans(edition, sending(asked, device="own"), actor=keeper)

    keep_scans(edition, sending({**asked, "shown": "refused"}, device="other"), actor=keeper)
    after_another = outcome_of(asked)
    keep_scans(edition, sending({**asked, "shown": "refused"}, device="own"), actor=keeper)
    after_its_own = outcome_of(asked)
    keep_scans(edition, sending({**asked, "shown": "in"}, device="own"), actor=keeper)

    assert [after_another, after_its_own, outcome_of(asked)] == [
        ("in", "in"),
        ("refused", "refused"),
        ("refused", "refused"),
    ]
