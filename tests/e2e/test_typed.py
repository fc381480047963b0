"""What somebody types outlives a session that ended, and a change of language."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import behaves, press
from tests.e2e.conftest import ENVIRONMENTS, ROOT

pytestmark = pytest.mark.e2e

KEPT = "[data-typed-kept]"
DELIVERY = {"line1": "12 rue Mercière", "postcode": "69002", "note": "Ring twice"}


def type_in(page, typed):
    for name, value in typed.items():
        page.locator(f"main [name={name}]").fill(value)


def shown(page, names):
    return {name: page.locator(f"main [name={name}]").input_value() for name in names}


def send(page):
    press(page, "main form[method=post] button[type=submit]", which=-1)


def sign_in_again(page, email):
    """On the sign-in page that came instead of the answer."""
    assert "/account/login/?next=" in page.url
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill("moussem-demo")
    press(page)


def lose_the_session(person):
    person.context.clear_cookies(name="sessionid")


def at_delivery(buyer):
    """A buyer with something in the basket, on the first step of the checkout."""
    page = buyer.go("products/?q=saffron")
    press(page, "main .card a[href*='/products/']")
    press(page, "main form[action*='/basket/add/'] button[type=submit]")
    return buyer.go("checkout/delivery/")


def at_new_lot(seller):
    """A cooperative on the form that adds a lot to its first product."""
    page = seller.go("my/products/")
    products = [a.get_attribute("href") for a in page.locator("main a").all()]
    page = seller.open(next(href for href in products if href and re.search(r"products/\d+/$", href)))
    return seller.open(page.locator("main a[href$='/lots/new/']").first.get_attribute("href"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_delivery_typed_while_the_session_ended_is_there_after_signing_in(visitor, language):
    buyer = visitor(language=language)
    buyer.sign_in("buyer@demo.example")
    page = at_delivery(buyer)
    type_in(page, DELIVERY)

    lose_the_session(buyer)
    send(page)
    sign_in_again(page, "buyer@demo.example")

    page.locator(KEPT).wait_for()
    assert page.url == f"{buyer.site}/{language}/checkout/delivery/"
    assert shown(page, DELIVERY) == DELIVERY
    page.reload()
    behaves(page)
    expect(page.locator(KEPT)).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_lot_typed_while_the_session_ended_is_there_after_signing_in(visitor, language):
    seller = visitor(language=language, width=360)
    seller.sign_in("cooperative@demo.example")
    page = at_new_lot(seller)
    there = page.url
    type_in(page, {"code": "LOT-KEPT-1", "quantity": "12"})

    lose_the_session(seller)
    send(page)
    sign_in_again(page, "cooperative@demo.example")

    page.locator(KEPT).wait_for()
    assert page.url == there
    assert shown(page, ["code", "quantity"]) == {"code": "LOT-KEPT-1", "quantity": "12"}


@pytest.mark.parametrize(("language", "other"), [("en", "ar"), ("ar", "en")])
def test_change_of_language_keeps_what_is_typed(visitor, language, other):
    seller = visitor(language=language)
    seller.sign_in("cooperative@demo.example")
    page = at_new_lot(seller)
    type_in(page, {"code": "LOT-KEPT-2"})

    page.locator(f"footer a[hreflang={other}]").click()
    page.wait_for_url(f"**/{other}/my/products/**")
    page.locator(KEPT).wait_for()

    assert shown(page, ["code"]) == {"code": "LOT-KEPT-2"}


def test_words_kept_over_a_change_of_language_still_tell_what_their_page_had_shown(visitor):
    here, elsewhere = visitor(), visitor()
    for device in (here, elsewhere):
        device.sign_in("cooperative2@demo.example")
    page = here.go("settings/")
    type_in(page, {"first_name": "Typed here"})
    type_in(elsewhere.go("settings/"), {"last_name": "Saved elsewhere"})
    send(elsewhere.page)

    page.locator("footer a[hreflang=ar]").click()
    page.wait_for_url("**/ar/settings/")
    page.locator(KEPT).wait_for()
    send(page)

    noted = page.locator(".field__otherwise").evaluate_all("notes => notes.map(note => note.id)")
    assert noted == ["id_last_name_otherwise"]
    assert shown(page, ["first_name", "last_name"]) == {
        "first_name": "Typed here",
        "last_name": "Saved elsewhere",
    }


def test_change_of_language_keeps_nothing_where_nobody_typed(visitor):
    here = visitor()
    here.sign_in("cooperative2@demo.example")
    page = here.go("settings/")

    page.locator("footer a[hreflang=ar]").click()
    page.wait_for_url("**/ar/settings/")

    assert (page.locator(KEPT).count(), page.evaluate("sessionStorage.getItem('typed')")) == (0, None)


def test_what_somebody_else_had_typed_is_not_shown_to_who_signs_in_next(visitor):
    first = visitor()
    first.sign_in("buyer@demo.example")
    page = first.go("settings/")
    type_in(page, {"first_name": "Typed by the first"})

    lose_the_session(first)
    send(page)
    sign_in_again(page, "cooperative@demo.example")

    assert "/settings/" in page.url
    assert shown(page, ["first_name"]) != {"first_name": "Typed by the first"}
    expect(page.locator(KEPT)).to_have_count(0)


def test_form_that_was_accepted_comes_back_empty(visitor):
    seller = visitor()
    seller.sign_in("buyer@demo.example")
    page = seller.go("settings/")

    send(page)

    assert (page.locator(KEPT).count(), page.evaluate("sessionStorage.getItem('typed')")) == (0, None)


def in_the_shop(site, told):
    """Done with the cooperative's first product ``first``, for what no page does at once."""
    known = (
        "import copy; from catalogue.models import Product; "
        "own = Product.objects.filter(organisation__memberships__user__email='cooperative@demo.example'); "
        "first = own.order_by('pk').first(); "
    )
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", known + told]
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENTS[site], check=True)


@pytest.fixture
def crowded(site):
    """The cooperative has forty drafts more than usual, the first of them changed longest ago."""
    make = "first.pk, first._state.adding, first.is_public, first.upc = None, True, False, None; "
    each = "Product.objects.bulk_create([copy.copy(first) for _ in range(40)])"
    in_the_shop(site, make + "first.title, first.seller_code = 'CROWD', ''; " + each)
    yield
    in_the_shop(site, "Product.objects.filter(title='CROWD').delete()")


def test_tick_that_a_search_found_is_kept_over_a_change_of_language(visitor, crowded):
    seller = visitor()
    seller.sign_in("cooperative@demo.example")
    page = seller.go("my/products/certificates/")
    page = seller.open(page.locator("main h2 a").first.get_attribute("href"))
    page.locator("[name=find_products]").fill("CROWD")
    press(page, "button[name=find][value=products]")
    box = page.locator("input[name=products]:not(:checked)").last
    row = box.get_attribute("value")
    box.check()

    page.locator("footer a[hreflang=ar]").click()
    page.wait_for_url("**/ar/my/products/certificates/**")
    page.locator(KEPT).wait_for()

    assert page.locator("[data-beside=products]").input_value() == row
    assert page.locator("[data-beside-count]").first.inner_text() == "1"
