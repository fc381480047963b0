"""Whom a party wants to meet and whom not, which the other side does not read."""

import re

import pytest
from django.urls import reverse

from matchmaking.requests.actions import ask, forget_wish, wish
from matchmaking.requests.choices import who_to_ask
from matchmaking.requests.errors import NotThePair
from matchmaking.requests.queries import wishes_at, wishes_of
from moussem.core.errors import NotYours
from moussem.core.models import OutboxMessage
from tests.factories.guests import buyer_member
from tests.factories.matchmaking import buyer_at, exporter_at
from tests.factories.people import UserFactory

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|csrf-token" content="\w+"|nonce="[^"]+"')

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_the_last_wish_about_a_party_stands_until_it_is_forgotten(fair):
    wish(fair.buyer, fair.exporter, actor=fair.buys, is_wanted=True)
    wish(fair.buyer, fair.exporter, actor=fair.buys, is_wanted=False)
    assert wishes_of(fair.buyer) == {fair.exporter.pk: False}

    forget_wish(fair.buyer, fair.exporter, actor=fair.buys)

    assert wishes_of(fair.buyer) == {}


def test_the_organiser_wishes_for_a_hosted_buyer_and_strangers_for_nobody(fair, refused):
    wish(fair.buyer, fair.exporter, actor=fair.organiser, is_wanted=True)

    assert [(one.party, one.said_by) for one in wishes_at(fair.edition)] == [(fair.buyer, fair.organiser)]
    for stranger in (fair.sells, UserFactory(), buyer_member().user):
        refused(NotYours, wish, fair.buyer, fair.exporter, actor=stranger, is_wanted=True)
        refused(NotYours, forget_wish, fair.buyer, fair.exporter, actor=stranger)


def test_only_the_other_side_is_wished_for(fair, refused):
    refused(NotThePair, wish, fair.buyer, buyer_at(fair.edition), actor=fair.buys, is_wanted=True)


def pages_of(client, fair):
    """What the buyer reads, line by line, without the tokens that differ each time."""
    client.force_login(fair.buys)
    read = [client.get(reverse(f"matchmaking:{name}", args=[fair.edition.slug])) for name in ("home", "next")]
    return [TOKEN.sub("", one.content.decode()) for one in read]


def test_no_thanks_is_told_to_nobody(client, fair):
    before = pages_of(client, fair)
    OutboxMessage.objects.all().delete()

    wish(fair.exporter, fair.buyer, actor=fair.sells, is_wanted=False)

    assert pages_of(client, fair) == before
    assert OutboxMessage.objects.count() == 0


def test_whom_to_ask_begins_with_wishes_and_leaves_out_who_is_asked_or_unwanted(fair):
    asked, unwanted, wanted = (exporter_at(fair.edition) for _ in range(3))
    ask(fair.buyer, asked, actor=fair.buys, lines=[{"family": fair.product.product_class}])
    wish(fair.buyer, unwanted, actor=fair.buys, is_wanted=False)
    wish(fair.buyer, wanted, actor=fair.buys, is_wanted=True)
    fair.product.product_class = fair.edition.guests.get().needs.get().family
    fair.product.save()

    assert [one.party for one in who_to_ask(fair.buyer, 4)] == [wanted, fair.exporter]
    assert [one.party for one in who_to_ask(fair.exporter, 4)] == [fair.buyer]


@pytest.mark.parametrize("name", ["ask", "enquire"])
def test_whoever_is_not_wanted_reads_so_in_the_list_and_before_they_write(client, fair, name):
    client.force_login(fair.buys)
    here = reverse(f"matchmaking:{name}", args=[fair.edition.slug, fair.exporter.pk])
    listed = reverse("matchmaking:directory", args=[fair.edition.slug])
    said = f"<bdi>{fair.exporter.organisation.label}</bdi> takes no more requests at this edition."

    def shown():
        pages = [client.get(one).content.decode() for one in (here, listed)]
        return [said in page for page in pages], ["data-draft=" in pages[0], "/meetings/with/" in pages[1]]

    assert shown() == ([False, False], [True, True])

    wish(fair.exporter, fair.buyer, actor=fair.sells, is_wanted=False)

    assert shown() == ([True, True], [False, False])
