"""What a booth shows above the question at its live stand, and when somebody is there."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape

from fairs.floor.models import BoothPage
from fairs.floor.queries import today_at
from fairs.live.stands.models import StandHours, StandThread
from tests.factories.catalogue import ProductFactory
from tests.factories.live import guest_of, keeper_of, stand_room, thread_at

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def stand():
    """The room of a stand at a fair that is on."""
    return stand_room()


def page_of(client, stand, person, **query):
    client.force_login(person)
    address = reverse("fairs:stand", args=[stand.edition.slug, stand.exhibitor_id])
    return client.get(address, query)


def on_show(stand, many):
    exhibitor = stand.exhibitor
    products = [
        ProductFactory(organisation=exhibitor.organisation, title=f"Lot {n}", texts=False)
        for n in range(many)
    ]
    BoothPage.objects.create(exhibitor=exhibitor).products.set(products)
    return products


def hours_on(stand, *days):
    edition = stand.edition
    for day in days:
        edition.days.get_or_create(on=day, defaults={"opens": time(9), "closes": time(18)})
        StandHours.objects.create(exhibitor=stand.exhibitor, on=day, opens=time(9), closes=time(12))


def test_visitor_sees_the_first_goods_of_the_booth_and_asks_about_one(client, stand):
    products = on_show(stand, 5)

    answer = page_of(client, stand, guest_of(stand), about=products[4].pk)

    assert [product for product, _card, _words in answer.context["goods"]] == products[:0:-1]
    page = answer.content.decode()
    assert page.count(">Ask about this<") == 4
    assert "About Lot 4: </textarea>" in page


def test_question_is_not_filled_with_what_the_booth_does_not_show(client, stand):
    on_show(stand, 1)
    other = ProductFactory(title="Of somebody else")

    for about in (other.pk, "none", ""):
        assert page_of(client, stand, guest_of(stand), about=about).context["typed"] == ""


def test_who_asked_already_reads_the_goods_and_is_led_to_the_conversation(client, stand):
    on_show(stand, 1)
    visitor = guest_of(stand)
    thread_at(stand, visitor)

    page = page_of(client, stand, visitor).content.decode()

    assert ("Lot 0" in page, "Ask about this" in page) == (True, False)


def test_own_people_are_shown_no_goods_to_ask_about(client, stand):
    on_show(stand, 1)

    assert page_of(client, stand, keeper_of(stand)).context["goods"] == []


def test_hours_of_days_that_are_over_are_not_shown(client, stand):
    today = today_at(stand.edition)
    hours_on(stand, today - timedelta(days=1), today)

    answer = page_of(client, stand, guest_of(stand))

    assert [one.on for one in answer.context["hours"]] == [today]


def test_stand_whose_last_hours_are_over_says_so(client, stand):
    hours_on(stand, today_at(stand.edition) - timedelta(days=1))

    page = page_of(client, stand, guest_of(stand)).content.decode()

    assert "No more hours at this fair." in page


def test_question_that_only_names_a_product_is_refused(client, stand):
    product, *_rest = on_show(stand, 1)
    typed = page_of(client, stand, guest_of(stand), about=product.pk).context["typed"]
    page = reverse("fairs:stand", args=[stand.edition.slug, stand.exhibitor_id])

    answer = client.post(page, {"do": "stand.ask", "uuid": str(uuid4()), "text": typed})

    told = answer.content.decode()
    assert (answer.status_code, StandThread.objects.count()) == (400, 0)
    assert "asked nothing about it yet" in told
    assert f"{escape(typed)}</textarea>" in told
    asked = client.post(page, {"do": "stand.ask", "uuid": str(uuid4()), "text": f"{typed}how much?"})
    assert (asked.status_code, StandThread.objects.count()) == (302, 1)
