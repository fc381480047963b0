"""The list is narrowed, ordered and widened again by somebody whose browser runs no script."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.e2e.acts import followed, press

pytestmark = pytest.mark.e2e

CHIPS, CARDS = "main .chips a.chip", "main .card a[href*='/products/']"


def asked(page):
    """What the address of the page asks, without what the form left empty."""
    return {pair for pair in parse_qsl(urlsplit(page.url).query) if pair[0] != "sort"}


def shown(page):
    """The products of the page, in their order."""
    return [urlsplit(link.get_attribute("href")).path for link in page.locator(CARDS).all()]


def chips(page):
    return page.locator(CHIPS).count()


def choose(page, **codes):
    """Tick choices, open what they are folded into, and send the form."""
    page.locator("main details.filter-fold > summary").click()
    for name, code in codes.items():
        box = page.locator(f"input[name={name}][value={code}]")
        folds = page.locator("main form.filters details:not([open])", has=box)
        while folds.count():
            folds.first.locator("> summary").click()
        box.check()
    send(page)


def send(page):
    press(page, "main form.filters button[type=submit]")


def ticked(page):
    boxes = page.locator("main form.filters input[type=checkbox]:checked").all()
    return {(box.get_attribute("name"), box.get_attribute("value")) for box in boxes}


WOMEN, FRENCH = ("is", "women-led"), ("speaks", "speaks-fr")


@pytest.fixture(params=["en", "ar"])
def page(request, visitor):
    """The list on a telephone."""
    return visitor(language=request.param, width=360, script=False).go("products/")


def test_two_choices_narrow_the_list_and_are_shown_as_chips(page):
    everything = shown(page)

    choose(page, **dict([WOMEN, FRENCH]))

    assert (asked(page), ticked(page), chips(page)) == ({WOMEN, FRENCH}, {WOMEN, FRENCH}, 2)
    assert (bool(shown(page)), shown(page) == everything) == (True, False)


def test_one_choice_is_undone_then_all_and_back_brings_them_again(page):
    everything = shown(page)
    choose(page, **dict([WOMEN, FRENCH]))
    narrowed = shown(page)

    press(page, CHIPS)
    assert (chips(page), asked(page) < {WOMEN, FRENCH}) == (1, True)
    press(page, "main .chips a.link")
    assert (asked(page), chips(page), shown(page)) == (set(), 0, everything)

    page.go_back()
    assert chips(page) == 1
    page.go_back()
    assert (asked(page), ticked(page), shown(page)) == ({WOMEN, FRENCH}, {WOMEN, FRENCH}, narrowed)


def test_order_is_changed_without_losing_what_is_chosen(page):
    choose(page, **dict([WOMEN]))
    before, how_many = shown(page), page.locator("#count").inner_text()
    page.locator("main select[name=sort]").select_option("moq")
    page.locator("main details.filter-fold > summary").click()
    send(page)

    assert (asked(page), ticked(page), chips(page)) == ({WOMEN}, {WOMEN}, 1)
    assert page.locator("main select[name=sort]").input_value() == "moq"
    assert (page.locator("#count").inner_text(), shown(page) == before) == (how_many, False)
    page.go_back()
    assert shown(page) == before


def test_word_that_was_understood_is_undone_and_the_rest_stays(page):
    page.locator("header input[name=q]").fill("organic saffron")
    with followed(page):
        page.locator("header input[name=q]").press("Enter")
    understood = page.locator("main .chips a.chip--understood")
    both = understood.count()

    with followed(page):
        understood.last.click()

    assert (both, understood.count(), ("q", "organic saffron") in asked(page)) == (2, 1, True)
