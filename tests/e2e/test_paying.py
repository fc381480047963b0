"""The pages of paying on a telephone: none is wider than its screen."""

import pytest

from tests.e2e.test_journey import press
from tests.e2e.test_pages import is_wider_than_the_screen

pytestmark = pytest.mark.e2e


def pay_with(person, address, method):
    """The page after choosing a way to pay one instalment."""
    page = person.page
    page.goto(person.site + address)
    page.locator(f"input[name=method][value={method}]").check()
    press(page, "form[action$='/start/'] button[type=submit]")
    return page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_paying_is_wider_than_a_phone(visitor, language):
    phone = visitor(language=language, width=360)
    phone.sign_in("buyer@demo.example")
    page = phone.go("pay/")
    address = page.locator(".payment-row__link").first.get_attribute("href")
    seen = [("list", is_wider_than_the_screen(page))]

    page.goto(phone.site + address)
    seen.append(("instalment", is_wider_than_the_screen(page)))
    page = pay_with(phone, address, "demo")
    seen.append(("bank", is_wider_than_the_screen(page)))
    page = pay_with(phone, address, "wire")
    seen.append(("transfer", is_wider_than_the_screen(page)))

    assert seen == [(name, False) for name in ("list", "instalment", "bank", "transfer")]
