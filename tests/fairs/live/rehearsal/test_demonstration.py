"""The demonstration has an exhibitor that has rehearsed, once, and somebody who reads of a region."""

import pytest

from fairs.live.rehearsal.demonstration import DELEGATE, SLUG, WHO, bring_in_a_rehearsal
from fairs.live.rehearsal.models import Rehearsal
from fairs.live.rehearsal.queries import exhibitors_accompanied, readiness_at
from fairs.live.stands.models import StandHours
from moussem.organisations.models import Organisation
from moussem.organisations.states import Role
from tests.factories.organisations import MembershipFactory, ProxyConsentFactory
from tests.factories.people import UserFactory
from tests.factories.rehearsal import stand_with_goods
from tests.factories.sessions import ProgrammeEditionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_one_exhibitor_is_half_ready_and_is_read_about():
    owner = MembershipFactory(user=UserFactory(email=WHO, language="fr"))
    stand = stand_with_goods(ProgrammeEditionFactory(slug=SLUG), membership=owner)
    proxy = MembershipFactory(user=UserFactory(email=DELEGATE), role=Role.DELEGATE)
    ProxyConsentFactory(membership=proxy)

    for _day in range(2):
        bring_in_a_rehearsal()

    rehearsal, readiness = Rehearsal.objects.get(), readiness_at(stand)
    assert (rehearsal.is_whole, rehearsal.language, StandHours.objects.count()) == (True, "fr", 1)
    assert (rehearsal.practice.asked, 0 < rehearsal.practice.good < 5) == (5, True)
    assert 0 < readiness.score < 100
    assert Organisation.objects.filter(code="demo-chamber").count() == 1
    assert list(exhibitors_accompanied(proxy.user, stand.edition)) == [stand]
