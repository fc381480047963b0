"""The list of products in a browser: what a choice leads to is told before it is gone to."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e
SHOW = ".filters__show button"
FIRST_CARD = ".product-card .card__picture"


def within_the_screen(page, selector):
    """Whether the whole of an element is to be seen."""
    box = page.locator(selector).first.bounding_box()
    return box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]


@pytest.mark.parametrize("width", [360, 1280])
def test_button_in_sight_tells_how_many_products_a_choice_leads_to(visitor, width):
    page = visitor(width=width).go("products/?q=saffron")
    if width == 360:
        page.locator(".filter-fold > summary").click()

    page.locator("input[name=is][value=women-led]").check()
    page.locator(SHOW, has_text="Show 3 products").wait_for()

    assert within_the_screen(page, SHOW)
    page.locator(SHOW).click()
    page.wait_for_url("**is=women-led*")
    assert page.url.split("?")[1] == "is=women-led&q=saffron"
    assert page.locator(".filter-fold__count").text_content().startswith("1")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_first_product_stands_in_the_first_screen_of_a_phone(visitor, language):
    person = visitor(language=language, width=360)
    person.page.set_viewport_size({"width": 360, "height": 640})

    page = person.go("products/?q=organic+saffron&is=women-led")

    expect(page.locator(".chips .chip")).to_have_count(3)
    assert within_the_screen(page, FIRST_CARD)


def test_menu_of_orders_sorts_at_once_and_without_script_by_a_button(visitor):
    quick, plain = visitor(), visitor(script=False)
    quick.go("products/?q=saffron")
    quick.page.locator("#filter-sort").select_option("price")
    quick.page.wait_for_url("**sort=price*")

    plain.go("products/?q=saffron").locator("#filter-sort").select_option("price")
    plain.page.locator("noscript button").click()

    assert [one.page.url.split("?")[1] for one in (quick, plain)] == ["q=saffron&sort=price"] * 2
