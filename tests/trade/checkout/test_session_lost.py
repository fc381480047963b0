"""What is sent after the session has ended is there again for whoever had typed it, without any script."""

import pytest
from django.urls import reverse

from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.checkout import buying_member
from tests.factories.regions import CountryFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DELIVERY = "checkout:delivery"
TYPED = {"contact": "Claire", "line1": "12 quai", "city": "Lyon", "country": "FR"}


def member_with_basket():
    member = buying_member()
    filled_basket(ProductFactory(), owner=member.user)
    return member


def sent_without_session(client, member):
    """The form that this person had open, sent when nobody is signed in any more."""
    CountryFactory(code="FR")
    client.force_login(member.user)
    writer = client.get(reverse(DELIVERY)).context["writer"]
    client.cookies.pop("sessionid")
    return client.post(reverse(DELIVERY), {**TYPED, "writer": writer})


def sign_in(client, user):
    user.set_password("moussem-demo")
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    client.post(reverse("account_login"), {"login": user.email, "password": "moussem-demo"})


def said_on(page):
    return [str(one) for one in page.context["messages"] if "typed-kept" in one.tags]


def test_delivery_sent_without_session_is_there_after_signing_in_and_said(client):
    member = member_with_basket()
    answer = sent_without_session(client, member)
    sign_in(client, member.user)

    page, again = client.get(reverse(DELIVERY)), client.get(reverse(DELIVERY))

    assert "/account/login/" in answer.url
    assert {name: page.context["form"].initial[name] for name in TYPED} == TYPED
    assert said_on(page) == ["What you had typed was kept. Look it over, then send it."]
    assert said_on(again) == []


def test_delivery_sent_without_session_is_not_shown_to_somebody_else(client):
    writer, other = member_with_basket(), member_with_basket()
    sent_without_session(client, writer)
    sign_in(client, other.user)

    page = client.get(reverse(DELIVERY))

    assert page.context["form"].initial["line1"] != "12 quai"
    assert said_on(page) == []
