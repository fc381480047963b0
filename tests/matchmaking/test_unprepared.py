"""An edition whose meetings nobody has prepared: each page of its organiser answers, and be it with 404."""

import pytest
from django.urls import reverse

from matchmaking.parties.actions import hire_interpreter
from matchmaking.parties.states import TableKind
from matchmaking.urls import arranged, planned
from tests.factories.fairs import EditionFactory
from tests.factories.matchmaking import organiser_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SENT = [{}, {"to": "asking"}, {"to": "live"}, {"act": "guarantee"}, {"mode": "plan", "seconds": "10"}]


def addresses_of(edition, one):
    """The addresses of a page: with its first object, and with one that is not there."""
    interpreter = hire_interpreter(
        edition, actor=organiser_of(edition), name="Salma", languages=("fr", "de")
    ).pk
    for number in (interpreter, 0):
        told = {"slug": edition.slug, "kind": TableKind.values[0], "pk": number, "number": 1, "wish": 1}
        asked = {name: told[name] for name in one.pattern.converters}
        yield reverse(f"matchmaking:{one.name}", kwargs=asked)


@pytest.mark.parametrize("one", [*planned, *arranged], ids=lambda one: one.name)
def test_page_of_the_organiser_is_there_before_meetings_are_prepared(client, one):
    edition = EditionFactory()
    client.force_login(organiser_of(edition))

    for address in addresses_of(edition, one):
        answers = [client.get(address), *(client.post(address, sent) for sent in SENT)]

        assert {answer.status_code for answer in answers} <= {200, 302, 404, 405}
