"""The pages of paying on a telephone: none is wider than its screen, codes stay whole."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import press
from tests.e2e.test_pages import is_wider_than_the_screen

pytestmark = pytest.mark.e2e


IN_TWO_LINES = """() => [...document.querySelectorAll("main .code")]
    .filter((code) => code.offsetHeight > 2 * parseFloat(getComputedStyle(code).fontSize))
    .map((code) => code.textContent)"""


def pay_with(person, address, method):
    """The page after choosing a way to pay one instalment."""
    page = person.open(address)
    page.locator(f"input[name=method][value={method}]").check()
    press(page, "form[action$='/start/'] button[type=submit]")
    return page


def begun(person, address):
    """Whether a transfer for this instalment was chosen before."""
    return person.open(address).locator(".payment-transfer").count() > 0


def order_with_a_button(person):
    """The page of an order that has an instalment to pay."""
    row = person.go("pay/").locator(".payment-row").first
    number = row.locator(".code").inner_text()
    return f"/{person.language}/orders/{number}/"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_paying_is_wider_than_a_phone(visitor, language):
    phone = visitor(language=language, width=360)
    phone.sign_in("buyer@demo.example")
    page = phone.go("pay/")
    address = page.locator(".row-link").first.get_attribute("href")
    seen = [("list", is_wider_than_the_screen(page))]

    phone.open(address)
    seen.append(("instalment", is_wider_than_the_screen(page)))
    page = pay_with(phone, address, "demo")
    seen.append(("bank", is_wider_than_the_screen(page)))
    page = pay_with(phone, address, "wire")
    seen.append(("transfer", is_wider_than_the_screen(page)))

    assert seen == [(name, False) for name in ("list", "instalment", "bank", "transfer")]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_account_and_references_of_a_transfer_stay_in_one_piece(visitor, language, width):
    person = visitor(language=language, width=width)
    person.sign_in("buyer@demo.example")
    address = person.go("pay/").locator(".row-link").first.get_attribute("href")

    page = pay_with(person, address, "wire") if not begun(person, address) else person.page

    expect(page.locator(".payment-transfer .code")).to_have_count(3)
    assert page.evaluate(IN_TWO_LINES) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_button_to_pay_an_instalment_is_large_enough_for_a_finger(visitor, language):
    phone = visitor(language=language, width=360)
    phone.sign_in("buyer@demo.example")
    phone.open(order_with_a_button(phone))

    boxes = [one.bounding_box() for one in phone.page.locator("main .list a[href*='/pay/RF']").all()]

    assert boxes
    assert [box for box in boxes if min(box["width"], box["height"]) < 44] == []
