"""The search box while somebody types: by keyboard, by touch, and without script."""

import pytest

from tests.e2e.test_pages import is_wider_than_the_screen, serious_findings

pytestmark = pytest.mark.e2e

FIELD, LIST, SAID = "#site-search", "#site-suggestions", "[data-suggestions-said]"
STATE = """() => {
  const field = document.querySelector("#site-search");
  const active = document.getElementById(field.getAttribute("aria-activedescendant"));
  return [field.getAttribute("aria-expanded"), active && active.textContent.trim(),
    document.querySelectorAll("#site-suggestions [aria-selected=true]").length];
}"""


def type_in(page, text):
    """Type with the keyboard and wait for the suggestions."""
    page.locator(f"{FIELD}[role=combobox]").focus()
    page.keyboard.type(text)
    page.locator(f"{LIST}:not([hidden])").wait_for()


def press(page, *keys):
    """Press keys; what they lead to."""
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(STATE)


@pytest.mark.parametrize(
    ("language", "typed", "family", "address"),
    [("en", "saf", "Saffron", "/en/families/saffron/"), ("ar", "زع", "الزعفران", "/ar/families/saffron/")],
)
def test_keyboard_walks_the_suggestions_and_opens_one(visitor, language, typed, family, address):
    page = visitor(language=language).go("")
    type_in(page, typed)

    first = press(page, "ArrowDown")
    assert (first[0], first[1].startswith(family), first[2]) == ("true", True, 1)
    last = press(page, "End")[1]
    assert press(page, "ArrowDown") == ["true", None, 0]
    assert press(page, "ArrowUp") == ["true", last, 1]
    assert press(page, "Home") == first
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_closes_and_keeps_what_was_typed_and_enter_then_searches(visitor):
    page = visitor().go("")
    type_in(page, "saf")

    assert press(page, "ArrowDown", "Escape") == ["false", None, 0]
    assert (page.locator(FIELD).input_value(), page.locator(LIST).is_visible()) == ("saf", False)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/products/?q=saf")


@pytest.mark.parametrize(("language", "typed"), [("en", "saf"), ("ar", "زع")])
def test_open_list_is_accessible_and_fits_a_phone(visitor, language, typed):
    page = visitor(language=language, width=360).go("")
    type_in(page, typed)
    page.keyboard.press("ArrowDown")

    assert page.locator(FIELD).get_attribute("role") == "combobox"
    assert not is_wider_than_the_screen(page)
    assert serious_findings(page) == []


def test_listener_hears_how_many_there_are(visitor):
    page = visitor().go("")
    type_in(page, "zaafr")

    shown = page.locator(f"{LIST} [role=option]").count()
    assert page.locator(SAID).text_content() == f"{shown} suggestions"
    page.locator(FIELD).fill("xqzw")
    page.locator(LIST).wait_for(state="hidden")
    assert page.locator(SAID).text_content() == "No suggestion"


def test_a_touch_opens_a_suggestion(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 760}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/en/")
    page.locator(FIELD).tap()
    page.keyboard.type("saf")

    page.locator(f"{LIST} [role=option]").first.tap()
    page.wait_for_url("**/en/families/saffron/")
    context.close()


def test_fast_typing_asks_once(visitor):
    page = visitor().go("")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)

    type_in(page, "saffron")
    page.wait_for_load_state("networkidle")

    assert [address.split("?")[1] for address in asked] == ["q=saffron"]


def test_the_box_searches_without_script(visitor):
    page = visitor(script=False).go("")

    page.locator(FIELD).fill("saf")
    page.keyboard.press("Enter")

    page.wait_for_url("**/en/products/?q=saf")
