"""What the pages of meetings say of a fair that is over or does not take place."""

import pytest
from django.urls import reverse

from fairs.editions.actions import withdraw_edition
from fairs.editions.states import EditionState
from fairs.models import Edition
from matchmaking.models import Enquiry, Matching, Request
from matchmaking.parties.states import MatchingState
from tests.factories.matchmaking import organiser_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GONE = "This edition does not take place."
OVER = "This fair is over: nothing changes any more."
NAMES = ("home", "next", "directory", "questions", "hours", "ask", "enquire")


def address(fair, name):
    more = [fair.exporter.pk] if name in ("ask", "enquire") else []
    return reverse(f"matchmaking:{name}", args=[fair.edition.slug, *more])


@pytest.mark.parametrize("name", NAMES)
def test_page_of_a_withdrawn_fair_says_so_once(client, fair, name):
    withdraw_edition(fair.edition, actor=organiser_of(fair.edition), reason="Rain.")
    client.force_login(fair.buys)

    page = client.get(address(fair, name)).content.decode()

    assert (page.count(GONE), OVER in page, "<textarea" in page) == (1, False, False)


@pytest.mark.parametrize("name", ["ask", "enquire"])
def test_nothing_is_written_at_a_fair_that_is_over(client, fair, name):
    Edition.objects.update(state=EditionState.CLOSED)
    Matching.objects.update(state=MatchingState.ENDED)
    client.force_login(fair.buys)

    page = client.get(address(fair, name)).content.decode()
    sent = client.post(address(fair, name), {"text": "Is it organic?", "message": "Is it organic?"})

    assert (page.count(OVER), GONE in page, "<textarea" in page) == (1, False, False)
    # What was typed as it ended can be copied still.
    assert "Is it organic?</textarea>" in sent.content.decode()
    assert not (Request.objects.exists() or Enquiry.objects.exists())
