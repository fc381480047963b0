"""What was understood is told by the name that buyers use, in the unit that they asked in."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from catalogue.ranges import price_text
from catalogue.search.amounts import Quantity
from catalogue.search.prices import take_price
from catalogue.search.query import read
from catalogue.search.tables import reference_lexicon
from catalogue.understood import told_of
from catalogue.wishes import quantity_said

pytestmark = pytest.mark.unit


def labels(typed, language):
    lexicon = reference_lexicon()
    with override(language):
        return [told.label for told in told_of(read(typed, lexicon), {}, lexicon)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Essaouira", "Essaouira"),
        ("Mogador", "Essaouira"),
        ("الصويرة", "Essaouira"),
        ("Safi", "Safi"),
        ("Casablanca", "Casablanca"),
        ("Ouarzazate", "Ouarzazate"),
        ("Chefchaouen", "Chefchaouen"),
        ("Taounate", "Taounate"),
        ("Larache", "Larache"),
    ],
)
def test_places_are_told_by_their_usual_names(typed, name):
    assert labels(typed, "en") == [name]


@pytest.mark.parametrize(
    ("typed", "language", "name"),
    [
        ("hotel", "en", "Hotel"),
        ("restaurant", "en", "Restaurant"),
        ("colorant", "fr", "Colorant"),
        ("sans colorant", "fr", "Sans : colorant"),
        ("ohne Farbstoff", "en", "Without: dye"),
    ],
)
def test_a_use_is_told_as_it_was_said(typed, language, name):
    told = [label.replace("\N{NO-BREAK SPACE}", " ") for label in labels(typed, language)]

    assert told == [name]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("under 3 euro per gram", "up to €3,000.00 per kg"),
        ("$20/100 ml", "up to $200.00 per L"),
        ("under 3 euro per kg", "up to €3.00"),
        ("under 3 euro", "up to €3.00"),
    ],
)
def test_a_price_of_another_unit_tells_its_own(typed, told):
    _left, price = take_price(typed.replace("under", "≤"))

    with override("en"):
        assert price_text(price) == told


@pytest.mark.parametrize(
    ("amount", "unit", "told"),
    [("0.01", "kg", "10 g"), ("0.25", "l", "250 mL"), ("1.5", "kg", "1.5 kg"), ("500", "kg", "500 kg")],
)
def test_a_small_quantity_is_told_in_small_units(amount, unit, told):
    with override("en"):
        said = quantity_said(Quantity(Decimal(amount), unit, ""))

    assert said.replace("\N{NO-BREAK SPACE}", " ") == told
