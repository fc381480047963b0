"""Parties come back and leave while all of them are settled, and nobody waits in a circle."""

from functools import partial

import pytest

from fairs.guests.states import Tier
from fairs.models import Guest
from matchmaking.models import Party
from matchmaking.parties.actions import (
    advance_matching,
    come_back,
    end_with_edition,
    leave_meetings,
    plan_matching,
    settle_parties,
)
from matchmaking.parties.queries import matching_of
from matchmaking.parties.states import MatchingState
from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import LogEntry
from moussem.organisations.models import Membership
from tests.factories.fairs import EditionFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of
from tests.races import on_postgresql, while_it_waits

pytestmark = on_postgresql


def test_a_party_comes_back_while_all_parties_are_settled():
    edition = meeting_edition()
    party, organiser = buyer_at(edition), organiser_of(edition)
    leave_meetings(party, actor=organiser)
    Guest.objects.filter(edition=edition).update(tier=Tier.HOSTED)

    with while_it_waits(edition, partial(come_back, party, actor=organiser)):
        settle_parties(edition)

    now = Party.objects.get(pk=party.pk)
    assert (now.left_at, now.is_hosted, now.wants_no_meetings) == (None, True, False)


def test_requests_are_opened_while_the_fair_ends():
    edition = EditionFactory(announced=True)
    organiser = organiser_of(edition)
    plan_matching(edition, actor=organiser)
    opens = partial(advance_matching, edition, MatchingState.ASKING, actor=organiser)

    with pytest.raises(MoveNotAllowed), while_it_waits(edition, opens):
        end_with_edition(type(edition).objects.get(pk=edition.pk))

    assert matching_of(edition).state == MatchingState.ENDED


def test_who_may_act_no_more_brings_no_party_back_once_the_lock_is_theirs():
    edition = meeting_edition()
    party = exporter_at(edition)
    person = speaker_of(party)
    party = leave_meetings(party, actor=person)

    with pytest.raises(NotYours), while_it_waits(edition, partial(come_back, party, actor=person)):
        Membership.objects.filter(user=person).update(is_active=False)

    assert Party.objects.get(pk=party.pk).left_at == party.left_at
    assert LogEntry.objects.filter(verb="party_came_back").count() == 0
