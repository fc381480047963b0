"""The main pages in a real browser: no error, no policy violation, no overflow, no serious axe finding."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.e2e

PUBLIC = ["", "products/", "families/saffron/", "regions/MA-09/", "cooperatives/", "account/login/"]


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
