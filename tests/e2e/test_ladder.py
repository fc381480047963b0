"""The drawing of a price ladder in a real browser: no text meets another, none leaves the frame."""

from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

pytestmark = pytest.mark.e2e

CSS = Path(__file__).parents[2] / "platform/moussem/core/static/core/css"
SOURCE = "{% price_ladder rows=rows currency=currency unit=unit ordered=ordered %}"
LANGUAGES, CURRENCIES = ("en", "fr", "ar"), ("EUR", "MAD")
UNITS = ("kg", "L", "unit", "bottle", "sack of twenty-five kilograms")
# From small change to carpets; flat ladders put every price at one height, the worst case for meeting.
HIGHEST = ("9.5", "1234.567", "105840")
LEASTS = (1, 10, 250, 1_000, 25_000, 1_000_000)
# What a drawing has wrong: pairs of texts that share a point, and texts beyond the frame.
FAULTS = """svg => {
  const frame = svg.getBoundingClientRect(), room = 0.5;
  const boxes = [...svg.querySelectorAll("text")].map(one => [one.textContent, one.getBoundingClientRect()]);
  const out = boxes.filter(([, b]) => b.left < frame.left - room || b.right > frame.right + room
    || b.top < frame.top - room || b.bottom > frame.bottom + room).map(([text]) => "outside: " + text);
  const meet = boxes.flatMap(([text, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => text + " meets " + other));
  return [...out, ...meet];
}"""


def ladder(steps, highest, currency, unit, ordered):
    """A ladder whose price falls by a hundredth at each step."""
    rows = [
        {"min_quantity": least, "unit_price": Decimal(highest) * (100 - position) / 100}
        for position, least in enumerate(LEASTS[:steps])
    ]
    context = {"rows": rows, "currency": currency, "unit": unit, "ordered": ordered}
    return Template(SOURCE).render(Context(context))


@pytest.fixture(scope="module")
def sheet(browser):
    """An empty page with our styles, as wide as a phone or as the column of the product page."""
    page = browser.new_page()
    styles = "".join((CSS / f"{name}.css").read_text("utf-8") for name in ("tokens", "base", "charts"))

    def faults(language, body, width):
        direction = "rtl" if language == "ar" else "ltr"
        page.set_viewport_size({"width": width, "height": 900})
        page.set_content(
            f'<!doctype html><html lang="{language}" dir="{direction}"><style>{styles}</style>{body}</html>'
        )
        return page.eval_on_selector_all("svg", f"all => all.flatMap({FAULTS})")

    yield faults
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("steps", [1, 3, 6])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_price_ladder_meets_another_or_leaves_the_drawing(sheet, language, steps, width):
    with override(language):
        drawings = [
            ladder(steps, highest, currency, unit, ordered)
            for highest, currency, unit, ordered in product(HIGHEST, CURRENCIES, UNITS, (None, 300))
        ]

    assert sheet(language, "".join(drawings), width) == []
    assert "".join(drawings).count("<svg") == len(drawings) == 60
