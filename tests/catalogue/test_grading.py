import csv
from dataclasses import FrozenInstanceError
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import catalogue
from catalogue.grading import (
    Bound,
    Limit,
    Outcome,
    Reason,
    Why,
    by_parameter,
    editions_of,
    grade,
    limits_for,
    limits_from_rows,
)

pytestmark = pytest.mark.unit

REFERENCE = Path(catalogue.__file__).parent / "reference" / "lab_standards.csv"
with REFERENCE.open(encoding="utf-8", newline="") as lines:
    LIMITS = limits_from_rows(csv.DictReader(lines))
SAFFRON = limits_for(LIMITS, standard="ISO3632")
OLD, NEW = "ISO/TS 3632-1:2003", "ISO 3632-1:2011"
CROCIN, PICROCROCIN = "crocin (colouring strength)", "picrocrocin (flavour strength)"
SAFRANAL, MOISTURE = "safranal (aroma strength)", "moisture and volatile matter"
TAZNAKHT = {CROCIN: 195.0, PICROCROCIN: 74.0, SAFRANAL: 31.0, MOISTURE: 10.4}


def test_crocin_195_is_first_category_of_2003():
    result = grade(TAZNAKHT, SAFFRON, edition=OLD)

    assert (result.outcome, result.category, result.reasons) == (Outcome.GRADED, "I", ())


def test_crocin_195_is_second_category_of_2011_and_says_why():
    result = grade(TAZNAKHT, SAFFRON, edition=NEW)

    unit = "E1% 1cm 440 nm, dry basis"
    held_down = Reason(CROCIN, Why.BELOW, "I", Decimal(200), Decimal("195.0"), unit)
    assert (result.outcome, result.category, result.reasons) == (Outcome.GRADED, "II", (held_down,))
    assert result.edition == NEW


@pytest.mark.parametrize(("crocin", "category"), [(200, "I"), ("199.99", "II"), (170, "II"), (120, "III")])
def test_a_limit_itself_is_met(crocin, category):
    assert grade({**TAZNAKHT, CROCIN: crocin}, SAFFRON, edition=NEW).category == category


def test_every_parameter_that_held_the_lot_down_is_named():
    result = grade({**TAZNAKHT, PICROCROCIN: 60}, SAFFRON, edition=NEW)

    assert result.category == "II"
    assert [reason.parameter for reason in result.reasons] == [CROCIN, PICROCROCIN]


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), "unknown", "", True])
def test_without_a_measured_value_there_is_no_grade(value):
    result = grade({**TAZNAKHT, SAFRANAL: value}, SAFFRON, edition=OLD)

    assert (result.outcome, result.category) == (Outcome.INCOMPLETE, None)
    assert result.reasons == (Reason(SAFRANAL, Why.MISSING, ""),)
    assert not result.is_given


def test_a_common_limit_refuses_every_category():
    result = grade({**TAZNAKHT, CROCIN: 250, MOISTURE: 12.5}, SAFFRON, edition=NEW)

    assert (result.outcome, result.category, result.is_given) == (Outcome.OUTSIDE, None, False)
    assert [(reason.parameter, reason.why) for reason in result.reasons] == [(MOISTURE, Why.ABOVE)]


def test_below_the_lowest_category_is_outside():
    result = grade({**TAZNAKHT, CROCIN: 90}, SAFFRON, edition=NEW)

    assert (result.outcome, [r.limit for r in result.reasons]) == (Outcome.OUTSIDE, [Decimal(120)])


def test_powder_has_its_own_moisture_and_the_colour_of_threads():
    powder = limits_for(LIMITS, standard="ISO3632", product="saffron powder")

    result = grade({**TAZNAKHT, MOISTURE: 10.4}, powder, edition=OLD)

    assert (result.outcome, [r.limit for r in result.reasons]) == (Outcome.OUTSIDE, [Decimal(10)])
    assert grade({**TAZNAKHT, MOISTURE: 8.2}, powder, edition=OLD).category == "I"


@pytest.mark.parametrize("edition", ["", "ISO 3632-1:2050", "both editions"])
def test_an_unknown_edition_grades_nothing(edition):
    assert grade(TAZNAKHT, SAFFRON, edition=edition).outcome == Outcome.NO_LIMITS


def test_a_standard_without_limits_grades_nothing():
    assert grade(TAZNAKHT, (), edition=NEW).outcome == Outcome.NO_LIMITS


def test_honey_has_limits_but_no_categories():
    honey = limits_for(LIMITS, standard="CODEX-HONEY")

    good = grade({"moisture": 16.8, "HMF": 9}, honey, edition="Codex CXS 12-1981")
    heated = grade({"moisture": 16.8, "HMF": 55}, honey, edition="Codex CXS 12-1981")

    assert (good.outcome, good.category, good.is_given) == (Outcome.CONFORMS, None, True)
    assert (heated.outcome, heated.is_given) == (Outcome.OUTSIDE, False)


def test_olive_oil_is_extra_virgin_or_not():
    oil = limits_for(LIMITS, standard="IOC")
    values = {"free acidity as oleic": 0.5, "peroxide value": 9, "K270": "0.15"}

    assert grade(values, oil, edition="IOC trade standard").category == "EVOO"
    assert grade({**values, "K270": "0.3"}, oil, edition="IOC trade standard").outcome == Outcome.OUTSIDE


def test_editions_are_offered_in_their_order():
    assert editions_of(SAFFRON) == (OLD, NEW)


def test_values_are_renamed_by_the_family_and_the_rest_is_left_out():
    parameters = {"crocin": CROCIN, "colour_fastness": ""}

    assert by_parameter({"crocin": 195, "colour_fastness": 4, "note": 1}, parameters) == {CROCIN: 195}


@pytest.mark.parametrize("broken", [{"value": "many"}, {"value": "NaN"}, {"bound": "about"}])
def test_an_unreadable_row_is_refused(broken):
    row = {"standard": "S", "product": "p", "parameter": "x", "unit": "", "category": "I", "edition": "E"}

    with pytest.raises(ValueError):
        limits_from_rows([{**row, "bound": "min", "value": "1", **broken}])


def test_a_verdict_cannot_be_altered():
    with pytest.raises(FrozenInstanceError):
        grade(TAZNAKHT, SAFFRON, edition=NEW).category = "I"


measurement = st.decimals(min_value=0, max_value=400, places=2)
RANK = {"I": 3, "II": 2, "III": 1, None: 0}


@given(
    values=st.fixed_dictionaries(dict.fromkeys((CROCIN, PICROCROCIN, SAFRANAL, MOISTURE), measurement)),
    gain=measurement,
    edition=st.sampled_from([OLD, NEW]),
)
def test_a_better_value_never_grades_worse(values, gain, edition):
    before = RANK[grade(values, SAFFRON, edition=edition).category]
    towards_the_middle = min(max(values[SAFRANAL], Decimal(20)), Decimal(50))
    better = [
        {**values, CROCIN: values[CROCIN] + gain},
        {**values, PICROCROCIN: values[PICROCROCIN] + gain},
        {**values, MOISTURE: values[MOISTURE] - gain},
        {**values, SAFRANAL: towards_the_middle},
    ]

    assert all(RANK[grade(improved, SAFFRON, edition=edition).category] >= before for improved in better)


one_sided = st.builds(
    Limit,
    standard=st.just("S"),
    product=st.just("p"),
    parameter=st.sampled_from(["higher is better", "lower is better"]),
    category=st.sampled_from(["I", "II", "III", "all"]),
    bound=st.just(Bound.MIN),
    value=measurement,
    edition=st.sampled_from(["E", "both editions"]),
).map(lambda lim: Limit(**{**vars(lim), "bound": Bound.MIN if lim.parameter[0] == "h" else Bound.MAX}))


@given(limits=st.lists(one_sided, max_size=12), high=measurement, low=measurement, gain=measurement)
def test_a_better_value_never_grades_worse_whatever_the_limits(limits, high, low, gain):
    worse = grade({"higher is better": high, "lower is better": low}, limits, edition="E")
    better = grade({"higher is better": high + gain, "lower is better": low - gain}, limits, edition="E")

    order = list(dict.fromkeys(lim.category for lim in limits if lim.category != "all"))
    ranks = [order.index(g.category) if g.category else len(order) for g in (better, worse)]
    assert ranks == sorted(ranks)
    assert better.is_given or not worse.is_given


@given(
    values=st.fixed_dictionaries(dict.fromkeys(TAZNAKHT, measurement)),
    lost=st.sampled_from(sorted(TAZNAKHT)),
)
def test_a_value_taken_away_always_takes_the_grade_away(values, lost):
    del values[lost]

    assert grade(values, SAFFRON, edition=NEW).outcome == Outcome.INCOMPLETE
