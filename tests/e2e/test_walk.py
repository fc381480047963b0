"""The arrow keys in a field for a quantity."""

import pytest

from tests.e2e.conftest import ROOT

pytestmark = pytest.mark.e2e

SCRIPT = ROOT / "platform/moussem/core/static/core/js/walk.js"
FIELD = '<html lang="{language}"><body><input data-least="500" data-walk="100"></body></html>'


@pytest.fixture(scope="module")
def page(browser):
    return browser.new_page()


def after(page, typed, key, language="en"):
    """What stands in the field once the key was pressed."""
    page.set_content(FIELD.format(language=language))
    written = SCRIPT.read_text(encoding="utf-8").replace("export default function", "function")
    page.add_script_tag(content=f'{{ {written}\n walk(document.querySelector("input")); }}')
    page.locator("input").fill(typed)
    page.locator("input").press(key)
    return page.locator("input").input_value()


@pytest.mark.parametrize(
    ("typed", "key", "shown"),
    [
        ("500", "ArrowUp", "600"),
        ("650", "ArrowDown", "600"),
        ("500", "ArrowDown", "500"),
        ("", "ArrowUp", "500"),
    ],
)
def test_arrow_walks_to_the_next_quantity_that_can_be_ordered(page, typed, key, shown):
    assert after(page, typed, key) == shown


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("key", ["ArrowUp", "ArrowDown"])
@pytest.mark.parametrize("typed", ["1,200", "1.200", " 12,500 ", "9" * 30, "a few"])
def test_arrow_leaves_what_could_be_two_numbers_or_is_none_as_it_was_typed(page, typed, key, language):
    assert after(page, typed, key, language) == typed
