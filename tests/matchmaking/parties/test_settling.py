"""Meetings are opened, and parties follow those who come."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairs.applications.actions import withdraw_application
from fairs.guests.actions import cancel_registration
from fairs.guests.states import Tier
from fairs.models import Exhibitor, Guest
from fairs.selection.actions import fill_places
from matchmaking.models import Delegate, Matching, MeetingTable, Party, Slot
from matchmaking.parties.actions import advance_matching, leave_meetings, settle_exporter, settle_parties
from matchmaking.parties.errors import NotBeforeAnnounced
from matchmaking.parties.queries import party_of
from matchmaking.parties.states import MatchingState, Side, TableKind
from moussem.core.errors import NotYours
from tests.factories.fairs import BreakFactory, EditionFactory, who_applies, who_runs
from tests.factories.guests import buyer, visitor
from tests.factories.matchmaking import (
    buyer_at,
    exporter_at,
    meeting_edition,
    organiser_of,
    speaker_of,
)
from tests.factories.people import UserFactory
from tests.factories.selection import judged, judging
from tests.fairs.selection.test_deciding import decided

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_opening_lays_the_slots_of_every_day_and_takes_in_who_is_there_already():
    edition = EditionFactory(announced=True)
    BreakFactory(edition=edition)
    buyer(edition)

    advance_matching(edition, MatchingState.ASKING, actor=organiser_of(edition))

    # Nine slots of 20 minutes and 5 between from nine to one, nine from two to six, on each of three days.
    assert Slot.objects.filter(edition=edition).count() == 54
    assert sorted(set(Slot.objects.values_list("block", flat=True))) == [0, 1, 2, 3, 4, 5]
    assert Party.objects.filter(edition=edition, side=Side.BUYER).count() == 1
    assert Matching.objects.get(edition=edition).state == MatchingState.ASKING


def test_a_draft_takes_no_requests(refused):
    edition = EditionFactory()

    refused(NotBeforeAnnounced, advance_matching, edition, MatchingState.ASKING, actor=organiser_of(edition))


def test_a_stranger_opens_nothing(refused):
    edition = EditionFactory(announced=True)

    refused(NotYours, advance_matching, edition, MatchingState.ASKING, actor=UserFactory())


def test_a_buyer_who_is_admitted_becomes_a_party_and_a_visitor_does_not(
    django_capture_on_commit_callbacks,
):
    edition = meeting_edition()

    with django_capture_on_commit_callbacks(execute=True):
        guest = buyer(edition)
        visitor(edition)

    party = Party.objects.get(edition=edition)
    assert (party.organisation, party.side) == (guest.organisation, Side.BUYER)
    assert [one.person for one in party.delegates.all()] == [guest.person]


def test_a_buyer_who_cancels_is_a_party_no_more_until_they_come_after_all(
    django_capture_on_commit_callbacks,
):
    edition = meeting_edition()
    party = buyer_at(edition)
    guest = Guest.objects.get(edition=edition)

    with django_capture_on_commit_callbacks(execute=True):
        cancel_registration(guest, actor=guest.person)
    assert party_of(guest.person, edition) is None

    with django_capture_on_commit_callbacks(execute=True):
        buyer(edition, member=guest.organisation.memberships.get())
    assert party_of(guest.person, edition) == party


def test_an_exporter_has_its_booth_as_a_table():
    edition = meeting_edition()

    party = exporter_at(edition)

    assert MeetingTable.objects.get(owner=party).kind == TableKind.BOOTH


def test_who_left_by_their_own_wish_is_not_brought_back():
    edition = meeting_edition()
    party = exporter_at(edition)
    leave_meetings(party, actor=speaker_of(party))

    settle_parties(edition)

    party.refresh_from_db()
    assert party.left_at is not None


def test_a_person_meets_for_one_organisation_at_an_edition():
    edition = meeting_edition()
    first = buyer_at(edition)
    person = speaker_of(first)

    assert Delegate.objects.filter(edition=edition, person=person).count() == 1
    assert party_of(person, edition) == first


def opened(places):
    """An edition that takes requests while two applicants are judged for so many places."""
    edition = judging(places=places)
    advance_matching(edition, MatchingState.ASKING, actor=who_runs(edition))
    return edition, judged(edition, 3), judged(edition, 1)


def exporting(edition):
    found = Party.objects.meeting().filter(edition=edition, side=Side.EXPORTER)
    return [one.organisation for one in found]


def test_an_exhibitor_is_a_party_by_the_write_that_lets_it_in_until_it_gives_its_place_back():
    edition, strong, weak = opened(places=1)
    decided(edition)
    assert exporting(edition) == [strong.organisation]
    assert MeetingTable.objects.get(edition=edition).owner.exhibitor == strong.exhibitor

    withdraw_application(strong, actor=who_applies(strong))
    assert exporting(edition) == []

    fill_places(edition)
    assert exporting(edition) == [weak.organisation]


def test_a_party_is_settled_in_as_many_queries_however_many_others_there_are(
    django_assert_num_queries,
):
    edition, strong, _weak = opened(places=2)
    decided(edition)
    exhibitor = Exhibitor.objects.select_related("edition", "organisation").get(application=strong)
    for _ in range(2):
        with django_assert_num_queries(4):
            settle_exporter(exhibitor)
        exporter_at(edition)


def test_settling_asks_as_much_for_one_party_as_for_three(django_assert_num_queries):
    edition = meeting_edition()
    buyer_at(edition)
    with django_assert_num_queries(7):
        settle_parties(edition)
    buyer_at(edition)
    exporter_at(edition)
    with django_assert_num_queries(7):
        settle_parties(edition)


def test_parties_that_change_are_locked_at_once_in_the_order_of_their_keys():
    edition = meeting_edition()
    parties = [buyer_at(edition) for _ in range(3)]
    Guest.objects.filter(edition=edition).update(tier=Tier.HOSTED)

    with CaptureQueriesContext(connection) as asked:
        settle_parties(edition)

    written = [one["sql"] for one in asked if one["sql"].startswith('UPDATE "matchmaking_party"')]
    read = [one["sql"] for one in asked if 'ORDER BY "matchmaking_party"."id"' in one["sql"]]
    assert (len(written), len(read)) == (1, 1)
    assert [Party.objects.get(pk=one.pk).is_hosted for one in parties] == [True] * 3
