"""What the demonstration of fairs shows, also after the clock has gone over it."""

import pytest

from fairs.editions.models import Edition
from fairs.guests.actions import settle_buyers
from fairs.guests.queries import hosted_places_taken, tiers_of
from fairs.selection.queries import without_reader
from moussem.core.demonstration import run_step, steps_to_run

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_buyers_stay_buyers_hosted_ones_too_and_every_applicant_has_a_reader():
    for step in steps_to_run():
        run_step(step)
    running = Edition.objects.get(slug="demo-made-in-africa")
    before = tiers_of(running)

    assert settle_buyers() == 0

    assert tiers_of(running) == before == {"visitor": 0, "buyer": 29, "hosted": 7}
    assert hosted_places_taken(running) == 7
    assert not without_reader(Edition.objects.get(slug="demo-terroir-online")).exists()
