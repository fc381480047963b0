import pytest
from django.urls import reverse

from moussem.trade.documents.actions import issue_proformas
from tests.factories.people import UserFactory
from tests.factories.trade import buyer, member_of, owner_of, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address_of(document):
    return reverse("documents:pdf", args=[document.number])


def test_buyer_seller_and_staff_read_the_paper(client):
    document = issue_proformas([placed_order()])[0]
    order = document.order

    for user in (owner_of(order.buyer), owner_of(order.seller), UserFactory(is_staff=True)):
        client.force_login(user)
        response = client.get(address_of(document))
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.content.startswith(b"%PDF-")
        assert response["Cache-Control"] == "private, no-store"


def test_others_find_no_paper(client):
    document = issue_proformas([placed_order()])[0]
    left = member_of(document.order.buyer, is_active=False)

    for user in (seller().user, buyer().user, left.user, UserFactory()):
        client.force_login(user)
        assert client.get(address_of(document)).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client):
    response = client.get(address_of(issue_proformas([placed_order()])[0]))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(("asked", "given"), [("fr", "fr"), ("en", "en"), ("ar", "fr"), ("../x", "fr")])
def test_the_paper_comes_in_english_or_french(client, asked, given):
    document = issue_proformas([placed_order()])[0]
    client.force_login(owner_of(document.order.buyer))

    response = client.get(address_of(document), {"language": asked})

    assert response["Content-Disposition"] == f'inline; filename="{document.number}-{given}.pdf"'


def test_a_number_that_nobody_gave_is_not_found(client):
    client.force_login(seller().user)

    assert client.get(reverse("documents:pdf", args=["PF-0001-2026-99999"])).status_code == 404
