"""What a buyer asked at live stands, beside their questions."""

from uuid import uuid4

import pytest
from django.urls import reverse

from fairs.live.stands.actions import ask_at_stand
from fairs.live.stands.models import StandThread
from tests.factories.live import stand_room
from tests.factories.matchmaking import buyer_at

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
HEADING = "Your conversations at live stands"


def test_buyer_finds_their_conversations_at_stands_and_nobody_elses(client, fair):
    page = reverse("matchmaking:questions", args=[fair.edition.slug])
    stand = stand_room(fair.edition).exhibitor
    client.force_login(fair.buys)
    assert HEADING not in client.get(page).content.decode()

    ask_at_stand(stand, actor=fair.buys, text="Do you ship?", client_uuid=uuid4())

    told = client.get(page).content.decode()
    way = reverse("fairs:stand_thread", args=[fair.edition.slug, StandThread.objects.get().room_id])
    assert (HEADING in told, told.count(f'"{way}"'), stand.organisation.label in told) == (True, 1, True)
    client.force_login(buyer_at(fair.edition).organisation.memberships.first().user)
    assert HEADING not in client.get(page).content.decode()
