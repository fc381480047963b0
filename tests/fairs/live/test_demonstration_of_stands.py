"""The demonstration has a stand that is attended, and a report that waits, at whatever hour one looks."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone

from fairs.demonstration import ORGANISER
from fairs.floor.models import BoothPage
from fairs.live.demonstration import SAID, bring_in_a_talk
from fairs.live.safety.demonstration import bring_in_a_report
from fairs.live.safety.models import LiveMeasure, LiveReport
from fairs.live.stands.demonstration import BUYER, RECEIVES, SLUG, bring_in_a_stand
from fairs.live.stands.models import StandThread
from fairs.live.stands.queries import staff_at
from fairs.selection.models import Exhibitor
from moussem.core.demonstration import SIGN_INS
from tests.factories.catalogue import ProductFactory
from tests.factories.live import live_session
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.sessions import ProgrammeEditionFactory, attendee, organiser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def attended():
    """The stand of the demonstration that is to be attended; at another one nobody is."""
    today = timezone.now().date()
    edition = ProgrammeEditionFactory(slug=SLUG, starts_on=today, ends_on=today)
    live_session(edition)
    runs = organiser(edition)
    runs.email = ORGANISER
    runs.save()
    stands = [
        Exhibitor.objects.create(
            edition=edition, organisation=MembershipFactory(organisation__code=code).organisation
        )
        for code in ("c01", "c04")
    ]
    product = ProductFactory(organisation=stands[0].organisation)
    BoothPage.objects.create(exhibitor=stands[0]).products.add(product)
    for email in {who for who, _ago, _text in SAID} | {BUYER}:
        UserFactory(email=email)
    for _each in range(4):
        attendee(edition, UserFactory())
    return stands[0]


@pytest.mark.parametrize("clock", ["2026-11-27 00:20", "2026-11-27 23:40", "2026-12-24 04:00"])
def test_stand_is_attended_at_any_hour_with_one_who_waits_and_one_who_is_answered(attended, clock):
    for _time in range(2):
        bring_in_a_stand()

    states = StandThread.objects.order_by("exhibitor", "asked_at").values_list("state", "visitor__email")
    assert [state for state, _email in states] == ["talking", "waiting", "message"]
    assert states[0][1] == BUYER
    kinds = attended.threads.get(state="talking").room.entries.values_list("kind", flat=True)
    assert list(kinds) == ["chat", "taken", "chat", "chat", "card"]
    with time_machine.travel(datetime.fromisoformat(clock).replace(tzinfo=UTC), tick=False):
        assert [one.person.email for one in staff_at(attended)] == [RECEIVES]


def test_one_report_waits_and_one_person_is_unheard_however_often_it_is_brought_in(attended):
    for _time in range(2):
        bring_in_a_talk()
        bring_in_a_report()

    report, measure = LiveReport.objects.get(), LiveMeasure.objects.get()
    assert (report.is_open, measure.is_over, report.about == measure.person) == (True, False, False)
    assert report.room.entries.filter(kind="removed", data__seq=report.seq).exists()


def test_printed_sign_ins_lead_to_both_desks(attended):
    bring_in_a_stand()
    pages = {one.email: one.page for one in SIGN_INS if one.page}

    assert pages == {
        RECEIVES: f"/en/fairs/{SLUG}/booth/live/",
        ORGANISER: f"/en/fairs/{SLUG}/organise/live/order/",
    }
