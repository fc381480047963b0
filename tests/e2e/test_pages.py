"""The main pages in a real browser: no error, no policy violation, no overflow, no serious axe finding."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.acts import press

pytestmark = pytest.mark.e2e

SAFFRON = "products/whole-saffron-threads-aop-taliouine-organic_1/"
PUBLIC = [
    "",
    "products/",
    SAFFRON,
    "families/saffron/",
    "regions/MA-09/",
    "organisations/",
    "organisations/cooperative-tizi-zaafran-demo/",
    "lots/cooperative-tizi-zaafran-demo/C01-P1-2026/",
    "account/login/",
    "account/signup/",
]
BUYER = ["basket/", "checkout/delivery/", "checkout/terms/", "orders/", "pay/", "settings/security/"]
SELLER = ["desk/", "desk/orders/", "my/products/", "my/products/new/", "my/products/certificates/"]


def serious_findings(page):
    """What axe calls serious or critical on a page, in one line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def is_wider_than_the_screen(page):
    """Whether a reader must scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_is_accessible_and_fits_a_phone(visitor, language, path):
    phone = visitor(language=language, width=360)

    page = phone.go(path)

    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert not is_wider_than_the_screen(page)
    assert serious_findings(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("email", "paths"),
    [("buyer@demo.example", BUYER), ("cooperative@demo.example", SELLER)],
    ids=["buyer", "seller"],
)
def test_pages_of_a_member_are_accessible_and_fit_a_phone(visitor, language, email, paths):
    phone = visitor(language=language, width=360)
    phone.sign_in(email)
    if paths is BUYER:
        page = phone.go(SAFFRON)
        press(page, "main form[action*='/basket/add/'] button[type=submit]")

    for path in paths:
        page = phone.go(path)

        expect(page.locator("h1")).to_have_count(1)
        assert not is_wider_than_the_screen(page), page.url
        assert serious_findings(page) == []
