"""What somebody typed is shown whole, and never makes the page wider than the screen."""

import pytest

pytestmark = pytest.mark.e2e
WORDS = ["x" * 120, "saffron+" + "x" * 120, "arganoelproduzentengemeinschaft"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_word_without_a_break_leaves_the_page_as_wide_as_the_screen(visitor, language, word):
    page = visitor(language=language, width=360).go(f"products/?q={word}")

    assert page.evaluate("document.documentElement.scrollWidth") == 360
