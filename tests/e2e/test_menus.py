"""The menus of the header on a phone: what they open lies within the screen."""

import pytest

pytestmark = pytest.mark.e2e
WIDTH = 360
SIDES = (
    "panel => { const box = panel.getBoundingClientRect(); return [box.left >= 0, box.right <= innerWidth]; }"
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_menus_of_the_header_lie_within_a_phone(visitor, language):
    buyer = visitor(language=language, width=WIDTH)
    page = buyer.sign_in("buyer@demo.example")

    found = []
    for menu in page.locator(".site-tools > .menu:visible").all():
        menu.locator("summary").click()
        found.append(menu.locator(".menu__panel").evaluate(SIDES))

    assert found == [[True, True]] * 3
