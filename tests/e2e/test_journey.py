"""From the first look at organic saffron to two settled deposits and two fulfilled orders."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.acts import followed, press

pytestmark = pytest.mark.e2e

WORDS = {"en": ("saffron organic", "rose buds"), "ar": ("زعفران", "ورد"), "fr": ("safran", "rose")}


def photo():
    """A picture as a phone would send it."""
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), (180, 60, 90)).save(out, "JPEG")
    return {"name": "goods.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def put_into_basket(buyer, words, path):
    """Find a product by its words, open it and put its minimum into the basket."""
    page = buyer.go("products/")
    page.locator("header input[name=q]").fill(words)
    with followed(page):
        page.locator("header input[name=q]").press("Enter")
    press(page, f"main .card a[href*='{path}']")
    expect(page.locator("main .chart, main svg")).not_to_have_count(0)
    expect(page.locator("main a[href*='/lots/']")).not_to_have_count(0)
    press(page, "main form[action*='/basket/add/'] button[type=submit]")
    return page


def check_out(buyer):
    """The four steps, and the place button; gives the number of the purchase."""
    page = buyer.go("basket/")
    press(page, "main a[href*='/checkout/']")
    # Where somebody has begun already, it goes on from there.
    page = buyer.go("checkout/delivery/")
    page.locator("input[name=line1]").fill("12 rue Mercière")
    page.locator("input[name=postcode]").fill("69002")
    page.locator("input[name=phone]").fill("+33 4 72 00 00 00")
    press(page, which=-1)
    names = {one.get_attribute("name") for one in page.locator("input[name$='-term']").all()}
    assert len(names) == 2
    for name in names:
        page.locator(f"input[name='{name}'][value^='FCA']").first.check()
    press(page, which=-1)
    page.locator("input[name=plan][value=deposit]").check()
    press(page, which=-1)
    press(page, which=-1)
    number = re.search(r"/placed/(P-\d{4}-\d{6})/", page.url)
    assert number, page.locator("main").inner_text()
    return number[1]


def due_of(buyer, number):
    """Where each instalment that is due is paid, as the purchase's page says."""
    page = buyer.go(f"orders/purchases/{number}/")
    return [a.get_attribute("href") for a in page.locator("main a.button[href*='/pay/']").all()]


def pay_everything_due(buyer, number):
    """Pay what is due with the demonstration's bank; how many instalments that was."""
    due = due_of(buyer, number)
    for link in due:
        page = buyer.open(link)
        page.locator("input[name=method][value=demo]").check()
        press(page)
        press(page, "main button[value=succeed]")
    return len(due)


def accept(seller, number):
    """The desk's only order of a purchase, accepted; gives its address."""
    page = seller.go("desk/orders/")
    links = {a.get_attribute("href") for a in page.locator(f"main a[href*='/desk/orders/{number}-']").all()}
    assert len(links) == 1
    (address,) = links
    page = seller.open(address)
    press(page, "main form[action$='/accept/'] button[type=submit]")
    return address


def pack(seller, address):
    """The goods packed and pictured."""
    page = seller.open(address)
    press(page, "main a[href$='/ready/']")
    page.locator("input[type=file][name=photos]").set_input_files([photo()])
    press(page, "main button[name=ready]")


def ship(seller, address):
    """The goods leave with a carrier."""
    page = seller.open(address)
    page.locator("input[name=carrier]").fill("DHL")
    press(page, "main form[action$='/ship/'] button[type=submit]")


@pytest.mark.parametrize(("language", "script"), [("en", True), ("ar", True), ("fr", False)])
def test_buyer_orders_from_two_cooperatives_and_both_fulfil(visitor, language, script):
    """Without script as well: every step is a form and a page."""
    buyer, saffron, rose = (
        visitor(language=language, script=script),
        visitor(language="ar", width=360, script=script),
        visitor(language="fr", script=script),
    )
    buyer.sign_in("buyer@demo.example")
    buyer.begin_to_order()
    saffron.sign_in("cooperative@demo.example")
    rose.sign_in("cooperative2@demo.example")

    put_into_basket(buyer, WORDS[language][0], "whole-saffron-threads-aop-taliouine-organic")
    put_into_basket(buyer, WORDS[language][1], "dried-rose-buds")
    number = check_out(buyer)
    assert due_of(buyer, number) == []

    orders = [(seller, accept(seller, number)) for seller in (saffron, rose)]
    deposits = pay_everything_due(buyer, number)
    for seller, address in orders:
        pack(seller, address)
    balances = pay_everything_due(buyer, number)
    for seller, address in orders:
        ship(seller, address)
    assert (deposits, balances, due_of(buyer, number)) == (2, 2, [])
    for suffix in ("1", "2"):
        page = buyer.go(f"orders/{number}-{suffix}/")
        press(page, "main form[action*='deliver'] button[type=submit]")
