"""A fair whose buyers and exporters have agreed to meet, and a draft of its timetable."""

from types import SimpleNamespace

import pytest

from matchmaking.timetables.actions import ask_run, make_timetable
from tests.factories.catalogue import FamilyFactory
from tests.factories.matchmaking import agree, buyer_at, exporter_at, meeting_edition, organiser_of
from tests.matchmaking.timetables.greedy import solve


@pytest.fixture
def fair(db):
    """Two buyers and two exporters, three of whose four pairs have agreed to meet."""
    edition = meeting_edition(tables=2)
    buyers = [buyer_at(edition, languages=["en"]) for _ in range(2)]
    exporters = [exporter_at(edition, languages=["en", "fr"]) for _ in range(2)]
    family = FamilyFactory()
    pairs = [(0, 0), (0, 1), (1, 0)]
    return SimpleNamespace(
        edition=edition,
        organiser=organiser_of(edition),
        buyers=buyers,
        exporters=exporters,
        family=family,
        requests=[agree(buyers[one], exporters[other], family) for one, other in pairs],
    )


@pytest.fixture
def makes(fair, request):
    """A run that was asked for and worked on to its end, by the solver for tests or the one named."""

    def run(**told):
        asked = ask_run(fair.edition, actor=fair.organiser, **told)
        return make_timetable(asked.pk, solver=getattr(request, "param", solve))

    return run


@pytest.fixture
def browser(client, fair):
    """The organiser of that fair, signed in."""
    client.force_login(fair.organiser)
    return client
