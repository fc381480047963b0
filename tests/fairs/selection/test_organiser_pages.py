"""The organiser's pages of a selection."""

import pytest
from django.urls import reverse

from tests.factories.fairs import ApplicationFactory, who_runs
from tests.factories.selection import judging

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(name, edition, *more):
    return reverse(f"fairs:{name}", args=[edition.slug, *more])


def test_ranks_are_paged_and_keep_their_numbers(client):
    edition = judging(places=52)
    ApplicationFactory.create_batch(53, edition=edition, sent=True, products=[])
    client.force_login(who_runs(edition))

    first, second = (client.get(address("selection", edition), {"page": page}) for page in (1, 2))

    assert [rank for rank, _one, _in in first.context["ranked"]] == list(range(1, 51))
    assert [(rank, is_in) for rank, _one, is_in in second.context["ranked"]] == [
        (51, True),
        (52, True),
        (53, False),
    ]
    assert first.context["seen"] == second.context["seen"]
