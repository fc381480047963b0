"""What can be done with a keyboard alone, and that one always sees where one is."""

import pytest

from tests.e2e.acts import followed

pytestmark = pytest.mark.e2e

SAFFRON = "products/whole-saffron-threads-aop-taliouine-organic_1/"
# What the focused element looks like: drawn around, or drawn otherwise than when it is not focused.
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    name: one.getAttribute("name") || one.textContent.trim().slice(0, 40),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    drawn: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none",
  };
}"""


def tab_to(page, selector, most=120):
    """Press Tab until an element has the focus; everything on the way must be seen and drawn around."""
    hidden = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUS)
        if not (focused["seen"] and focused["drawn"]):
            hidden.append(focused)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert hidden == [], page.url
            return
    pytest.fail(f"{selector} is not reached by Tab on {page.url}")


def press_on(page, selector):
    """Reach a link or a button by Tab, press Enter, and wait for the page that follows."""
    tab_to(page, selector)
    with followed(page):
        page.keyboard.press("Enter")


def test_skip_link_leads_past_the_navigation(visitor):
    page = visitor().go("products/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_order_is_placed_by_keyboard_alone(visitor):
    buyer = visitor()
    page = buyer.go("account/login/")
    tab_to(page, "input[name=login]")
    page.keyboard.type("buyer@demo.example")
    tab_to(page, "input[name=password]")
    page.keyboard.type("moussem-demo")
    with followed(page):
        page.keyboard.press("Enter")
    assert "/account/login" not in page.url

    buyer.begin_to_order()
    page = buyer.go(SAFFRON)
    press_on(page, "main form[action*='/basket/add/'] button[type=submit]")
    press_on(page, "main a[href*='/checkout/']")
    page = buyer.go("checkout/delivery/")
    for name, typed in (("line1", "12 rue Mercière"), ("postcode", "69002"), ("phone", "+33 4 72 00 00 00")):
        tab_to(page, f"input[name={name}]")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(typed)
    press_on(page, "main form button[type=submit]")
    # A suggested rule is chosen already: the arrows go through the others and come back.
    tab_to(page, "input[name$='-term']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    press_on(page, "main form button[type=submit]")
    press_on(page, "main form button[type=submit]")
    press_on(page, "main form button[type=submit]")

    assert "/placed/P-" in page.url, page.locator("main").inner_text()
