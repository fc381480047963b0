from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.imports.cells import OVERRIDES, BadText, clean_text, neutral
from catalogue.imports.rows import Question, Vocabulary, read_row
from catalogue.imports.sheets import Cell, Row
from catalogue.pricing import Tier
from moussem.core.numbers import Measure

pytestmark = pytest.mark.unit

WORDS = Vocabulary(
    families={"safran": "saffron", "saffron": "saffron", "miel": "honey"},
    units={"g": "g", "gramme": "g", "kg": "kg", "غرام": "g"},
    family_units={"saffron": ["g"]},
    provinces={"taroudant": "MA-TAR", "تارودانت": "MA-TAR"},
    hs_codes=frozenset({"091020"}),
    allergens={"nuts": "nuts", "fruits a coque": "nuts"},
    months={"10": 10, "octobre": 10, "november": 11},
    questions={
        "saffron": {
            "form": Question("form", "option", True, {"poudre": 7}),
            "altitude": Question("altitude", "integer", False),
            "acidity": Question("acidity", "float", False, measure=Measure(Decimal(0), Decimal(14), 14)),
            "pure": Question("pure", "boolean", False),
        }
    },
)


def read(**cells):
    keys = {key.replace("__", ":"): value for key, value in cells.items()}
    found = [value if isinstance(value, Cell) else Cell(value) for value in keys.values()]
    return read_row(Row(2, tuple(found)), list(keys), WORDS, "saffron")


def reasons(draft):
    return [(problem.key, problem.reason) for problem in draft.problems]


def test_row_says_what_it_says_and_nothing_more():
    draft = read(
        code="A-1",
        title__fr="Safran",
        title__ar="زعفران",
        unit="Gramme",
        hs_code="0910.20",
        origin_province="TAROUDANT",
        harvest_months="octobre, November",
        allergens="Fruits à coque",
        capacity_per_year="18 000",
        question__form="Poudre",
        question__pure="oui",
    )

    assert reasons(draft) == []
    assert draft.texts == {"fr": {"title": "Safran"}, "ar": {"title": "زعفران"}}
    assert draft.details == {
        "unit": "g",
        "hs_code_id": "091020",
        "origin_province_id": "MA-TAR",
        "harvest_months": [10, 11],
        "allergens": ["nuts"],
        "capacity_per_year": Decimal(18000),
    }
    assert draft.answers == {"form": 7, "pure": True}


def test_ladder_is_read_step_by_step():
    draft = read(code="A", quantity__1="500", price__EUR__1="3,30", quantity__2="2500", price__EUR__2="3,10")

    assert reasons(draft) == []
    assert draft.ladder("EUR") == [Tier(Decimal(500), Decimal("3.30")), Tier(Decimal(2500), Decimal("3.10"))]


def test_number_of_a_spreadsheet_is_taken_as_it_is():
    draft = read(
        code=Cell("1234", Decimal(1234)),
        price__EUR__1=Cell("1.234", Decimal("1.234")),
        hs_code=Cell("91020", Decimal(91020)),
    )

    assert (draft.code, draft.prices, reasons(draft)) == ("1234", {"EUR": {1: Decimal("1.234")}}, [])
    assert draft.details["hs_code_id"] == "091020"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"title__fr": "x"}, ("code", "missing")),
        ({"code": "=1+1"}, ("code", "formula")),
        ({"code": "A", "title__fr": "@SUM(A1)"}, ("title:fr", "formula")),
        ({"code": "A", "title__fr": Cell("=A1", is_formula=True)}, ("title:fr", "formula")),
        ({"code": "A", "title__fr": "safran\u202egpj"}, ("title:fr", "bidi")),
        ({"code": "A", "title__fr": "x" * 201}, ("title:fr", "long")),
        ({"code": "A", "price__EUR__1": "-3"}, ("price:EUR:1", "negative")),
        ({"code": "A", "price__EUR__1": "0"}, ("price:EUR:1", "zero")),
        ({"code": "A", "price__EUR__1": "1,234"}, ("price:EUR:1", "ambiguous")),
        ({"code": "A", "price__EUR__1": "trois"}, ("price:EUR:1", "number")),
        ({"code": "A", "price__EUR__1": "=3*2"}, ("price:EUR:1", "formula")),
        ({"code": "A", "price__EUR__1": "3.12345"}, ("price:EUR:1", "decimals")),
        ({"code": "A", "capacity_per_year": "9" * 20}, ("capacity_per_year", "large")),
        ({"code": "A", "price__EUR__2": "3"}, ("price:EUR:2", "step")),
        ({"code": "A", "quantity__2": "5", "price__EUR__2": "3"}, ("price:EUR:2", "first_step")),
        ({"code": "A", "unit": "kg"}, ("unit", "unit")),
        ({"code": "A", "unit": "charrette"}, ("unit", "unknown")),
        ({"code": "A", "hs_code": "999999"}, ("hs_code", "unknown")),
        ({"code": "A", "origin_province": "Atlantide"}, ("origin_province", "unknown")),
        ({"code": "A", "harvest_months": "octobre, Brumaire"}, ("harvest_months", "unknown")),
        ({"code": "A", "lead_time_days": "400"}, ("lead_time_days", "large")),
        ({"code": "A", "question__form": "liquide"}, ("question:form", "unknown")),
        ({"code": "A", "question__pure": "bof"}, ("question:pure", "yes_or_no")),
        ({"code": "A", "family": "miel", "question__form": "poudre"}, ("question:form", "question")),
    ],
)
def test_cell_that_cannot_be_taken_is_named_with_its_reason(cells, problem):
    assert reasons(read(**cells)) == [problem]


@pytest.mark.parametrize(
    ("second", "blamed"),
    [
        (("400", "3"), ("quantity:2", "400", "ladder_quantity")),
        (("600", "4,5"), ("price:EUR:2", "4,5", "ladder_price")),
    ],
)
def test_ladder_that_cannot_stand_is_refused_at_the_later_cell_as_it_was_typed(second, blamed):
    draft = read(
        code="A", quantity__1="500", price__EUR__1="4", quantity__2=second[0], price__EUR__2=second[1]
    )

    assert [(one.key, one.value, one.reason) for one in draft.problems] == [blamed]


def test_text_loses_what_cannot_be_seen_and_keeps_what_can():
    assert clean_text(" Sa\u200bfran\u200f\x00 \x1bpur\ufeff ") == "Safran pur"
    assert clean_text("cafe\u0301") == "café"
    assert clean_text("ligne 1\r\nligne 2") == "ligne 1\nligne 2"


@given(st.text(max_size=80))
def test_text_that_is_taken_can_neither_reckon_nor_deceive(text):
    try:
        kept = clean_text(text)
    except BadText:
        return
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not OVERRIDES & set(kept)


@given(st.text(max_size=80))
def test_cell_given_back_never_reckons(text):
    assert not neutral(text).lstrip().startswith(("=", "+", "-", "@"))


@given(st.lists(st.text(max_size=40), min_size=6, max_size=6))
def test_any_row_is_read_or_explained(values):
    keys = ("code", "title__fr", "price__EUR__1", "harvest_months", "question__form", "hs_code")

    draft = read(**dict(zip(keys, values, strict=True)))

    assert all(problem.reason for problem in draft.problems)


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"price__EUR__1": "x", "price__EUR__2": "3", "quantity__2": "9"}, [("price:EUR:1", "number")]),
        ({"price__EUR__1": "4", "price__EUR__2": "3", "quantity__2": "x"}, [("quantity:2", "number")]),
        (
            {"price__EUR__1": "x", "price__EUR__2": "3", "quantity__2": "y"},
            [("price:EUR:1", "number"), ("quantity:2", "number")],
        ),
        ({"price__EUR__1": "", "price__EUR__2": "3", "quantity__2": "9"}, [("price:EUR:1", "first_step")]),
        ({"family": "Atlantide", "question__form": "poudre"}, [("family", "unknown")]),
    ],
)
def test_what_a_wrong_cell_leaves_open_is_not_blamed_on_another(cells, problems):
    assert sorted(reasons(read(code="A", quantity__1="5", **cells))) == problems


@pytest.mark.parametrize(
    ("question", "cell", "kept", "why"),
    [
        ("altitude", "0", 0, None),
        ("altitude", "12,5", None, "decimals"),
        ("altitude", "1234567890", None, "large"),
        ("altitude", "-3", None, "negative"),
        ("acidity", "3,14159", 3.14159, None),
        ("acidity", Cell("3.3", number=Decimal("3.3000000000000003")), 3.3, None),
        ("acidity", "15", None, "range:0:14"),
    ],
)
def test_number_is_answered_within_the_scale_of_its_question(question, cell, kept, why):
    draft = read(code="A-1", **{f"question__{question}": cell})

    assert draft.answers.get(question) == kept
    assert reasons(draft) == ([(f"question:{question}", why)] if why else [])
