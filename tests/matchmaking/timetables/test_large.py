"""More participants than a forward prefetch takes on SQLite: a draft is made, read and published."""

import pytest
from django.db import connection
from django.urls import reverse

from matchmaking.models import Party, Request
from matchmaking.timetables.actions import publish
from matchmaking.timetables.facts import read
from matchmaking.timetables.states import RunState
from moussem.organisations.models import Organisation
from tests.factories.matchmaking import speaker_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MANY = 1_050


@pytest.fixture
def crowd(fair):
    """So many exporters more, each of whom a buyer agreed to meet."""
    country = fair.exporters[0].organisation.country
    houses = Organisation.objects.bulk_create(
        Organisation(name=f"House {each}", slug=f"house-{each}", country=country) for each in range(MANY)
    )
    parties = Party.objects.bulk_create(
        Party(edition=fair.edition, organisation=one, side="exporter", languages=["en"]) for one in houses
    )
    buyer = fair.buyers[1]
    asked = {"buyer": buyer, "asked_by": "buyer", "asked_person": speaker_of(buyer), "state": "accepted"}
    Request.objects.bulk_create(Request(edition=fair.edition, exporter=one, **asked) for one in parties)
    with connection.cursor() as cursor:
        for model in (Organisation, Party, Request):
            # Tables that were empty a moment ago are planned as such until somebody counts them.
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return parties


def test_all_parties_are_read_with_how_well_they_suit_each_other(fair, crowd):
    assert len(read(fair.edition).affinities) == MANY + 3


def test_a_draft_for_more_than_a_thousand_is_made_looked_at_and_published(client, fair, crowd, makes):
    run = makes()
    assert (run.state, len(run.explained["unheld"])) == (RunState.DONE, MANY)

    client.force_login(fair.organiser)
    page = client.get(reverse("matchmaking:run", args=[fair.edition.slug, run.pk]))
    unheld, short = page.context["unheld"], page.context["short"]
    assert [(group["many"], len(group["rows"])) for group in unheld.groups] == [(MANY, 20)]
    # Their buyer comes first. Nobody meets for the crowd; that they have too few requests is told last.
    assert [(group["many"], len(group["rows"])) for group in short.groups] == [(1, 1), (MANY, 19)]
    assert short.counted["too_few_requests"] == MANY + 2
    assert len(page.content) < 100_000
    assert len(publish(run, actor=fair.organiser).meetings) == 3
