"""Pages of meetings answer at once while the database still takes its tables for empty."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from matchmaking.meetings.actions import accept_and_book
from matchmaking.meetings.queries import agenda_of
from matchmaking.models import Meeting, Slot
from matchmaking.parties.actions import advance_matching
from matchmaking.parties.states import MatchingState
from matchmaking.requests.actions import ask
from tests.factories.catalogue import FamilyFactory
from tests.factories.matchmaking import buyer_at, exporter_at, meeting_edition, organiser_of, speaker_of
from tests.races import on_postgresql

pytestmark = on_postgresql

# Of more PostgreSQL guesses the order, and reads each for every row while it takes them for empty.
MOST_JOINS = 13


def many_meetings():
    """Four buyers who meet four exporters each, all in slots of their own."""
    edition, family = meeting_edition(), FamilyFactory()
    buyers, exporters = ([made(edition) for _ in range(4)] for made in (buyer_at, exporter_at))
    requests = [
        ask(buyer, exporter, actor=speaker_of(buyer), lines=[{"family": family}])
        for buyer in buyers
        for exporter in exporters
    ]
    advance_matching(edition, MatchingState.LIVE, actor=organiser_of(edition))
    for one, slot in zip(requests, Slot.objects.filter(edition=edition), strict=False):
        accept_and_book(one, actor=speaker_of(one.exporter), slot=slot)
    return edition, buyers[0]


@pytest.fixture
def fair():
    """The same, in tables that were looked at when all that was in them had been taken back."""
    with transaction.atomic():
        many_meetings()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield many_meetings()
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
        cursor.execute("ANALYZE")


def test_agendas_and_lists_of_meetings_are_read_within_two_seconds_a_question(client, fair):
    edition, buyer = fair
    buys, organises = speaker_of(buyer), organiser_of(edition)
    meeting = Meeting.objects.filter(buyer__party=buyer).first()
    organisers = (("all_meetings",), ("party", buyer.pk), ("agendas_xlsx",))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '2s'")

    client.force_login(buys)
    agenda = client.get(reverse("fairs:agenda", args=[edition.slug]))
    one = client.get(reverse("matchmaking:meeting", args=[edition.slug, meeting.pk]))
    client.force_login(organises)
    lists = [
        client.get(reverse(f"matchmaking:{name}", args=[edition.slug, *rest])) for name, *rest in organisers
    ]

    kinds = [line.kind for day in agenda.context["days"] for line in day.lines]
    assert kinds.count("meeting") == 4
    assert [page.status_code for page in (agenda, one, *lists)] == [200] * 5


def test_one_question_about_meetings_joins_no_more_tables_than_can_be_put_in_order(fair):
    _edition, buyer = fair
    sql = str(agenda_of(buyer.delegates.get()).query)

    assert sql.count(" JOIN ") <= MOST_JOINS
