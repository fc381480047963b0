"""Paying by card in a browser: our page and script, with Stripe.js and Stripe's server played at the edge."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import press
from tests.e2e.conftest import Visitor, opened
from tests.e2e.test_journey import accept, check_out, due_of, put_into_basket
from tests.fakes.stripe_server import serving

pytestmark = pytest.mark.e2e

SCRIPT = (Path(__file__).parent.parent / "fakes" / "stripe.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A demonstration with Stripe's keys, and the Stripe it talks to."""
    with serving() as (fake, api):
        keys = {
            "STRIPE_SECRET_KEY": "sk_test_fake",
            "STRIPE_PUBLISHABLE_KEY": "pk_test_fake",
            "STRIPE_WEBHOOK_SECRETS": '["whsec_fake"]',
            "STRIPE_API_BASE": api,
        }
        with opened(tmp_path_factory, **keys) as address:
            yield fake, address


@pytest.fixture
def buyer(browser, shop):
    """A buyer who saw no error and no policy violation, whatever the card did."""
    person = Visitor(browser, shop[1], language="en")
    person.sign_in("buyer@demo.example")
    yield person
    # One test keeps Stripe's script away, and the browser says so.
    complaints = [one for one in person.complaints if "net::ERR_FAILED" not in one]
    person.context.close()
    assert complaints == []


@pytest.fixture
def seller(browser, shop):
    """The saffron cooperative."""
    person = Visitor(browser, shop[1], language="ar", width=360)
    person.sign_in("cooperative@demo.example")
    yield person
    person.context.close()


def page_with_card_form(buyer, seller):
    """The page of a deposit for which the buyer chose the card."""
    put_into_basket(buyer, "saffron organic", "whole-saffron-threads-aop-taliouine-organic")
    put_into_basket(buyer, "rose buds", "dried-rose-buds")
    number = check_out(buyer)
    accept(seller, number)
    (deposit,) = due_of(buyer, number)
    page = buyer.open(deposit)
    page.locator("input[name=method][value=stripe_card]").check()
    press(page)
    return page


def test_card_is_declined_then_taken_and_the_instalment_is_paid(shop, buyer, seller):
    fake, _address = shop
    play = {"body": SCRIPT, "content_type": "text/javascript"}
    buyer.page.route("https://js.stripe.com/**", lambda route: route.fulfill(**play))
    page = page_with_card_form(buyer, seller)
    number = list(fake.books.payments)[-1]
    place = page.locator("[data-card-element]")
    page.wait_for_selector("#fake-card")
    assert place.get_attribute("data-seen") == f"pk_test_fake en {number}_secret"

    said = []
    for typed in ("declined", "broken"):
        page.locator("#fake-card").fill(typed)
        page.locator("[data-card] button").click()
        page.locator("[data-card-problem]").wait_for(state="visible")
        page.locator("[data-card] button:enabled").wait_for()
        said.append(page.locator("[data-card-problem]").inner_text())
        assert page.locator("#fake-card").input_value() == typed
    assert said[0] == "Your card was declined."
    assert "does not answer" in said[1]

    fake.books.settle(number)
    page.locator("#fake-card").fill("good")
    page.locator("[data-card] button").click()
    page.locator("[data-card]").wait_for(state="detached")
    assert "Paid" in page.locator("main").inner_text()


def test_service_out_of_reach_is_told_and_the_transfer_stays_open(shop, buyer, seller):
    buyer.page.route("https://js.stripe.com/**", lambda route: route.abort())
    page = page_with_card_form(buyer, seller)

    page.locator("[data-card-problem]").wait_for(state="visible")

    assert "Nothing was charged" in page.locator("[data-card-problem]").inner_text()
    assert page.locator("[data-card] button").is_disabled()
    expect(page.locator("input[name=method]")).not_to_have_count(0)
