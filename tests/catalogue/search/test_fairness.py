"""Who stands first among equals."""

from datetime import date

import pytest

from catalogue.search.fairness import fair_order

pytestmark = pytest.mark.unit
DAY = date(2026, 11, 25)


def placed(sellers, scores=None):
    """The order of offers a, b, c …, each with its seller."""
    ids = [chr(ord("a") + number) for number in range(len(sellers))]
    told = {one: seller for one, seller in zip(ids, sellers, strict=True) if seller}
    return fair_order(ids, scores or [100.0] * len(ids), told, DAY), told


def test_seller_without_equals_holds_as_many_places_as_it_has_offers():
    order, sellers = placed(["large"] * 6 + ["small"])

    assert len(order) == 7
    assert sorted(sellers[one] for one in order[:3]) == ["large", "large", "small"]


def test_seller_holds_more_again_behind_the_first_ten():
    order, sellers = placed(["large"] * 8 + [f"small-{number}" for number in range(20)])

    assert [sellers[one] for one in order[:10]].count("large") == 2
    turns, _sellers = placed(["large"] * 8 + [f"small-{number}" for number in range(20)])
    assert turns == order
    assert "small" in sellers[order[-1]]


def test_places_among_the_better_count_among_the_next():
    order, sellers = placed(["large", "large", "large", "small"], [200.0, 200.0, 100.0, 100.0])

    assert ([sellers[one] for one in order], order[2]) == (["large", "large", "small", "large"], "d")


def test_better_offers_of_one_seller_stand_before_worse_ones_of_others():
    order, _sellers = placed(["large", "large", "large", "small"], [200.0, 200.0, 200.0, 100.0])

    assert order[-1] == "d"


def test_difference_that_no_buyer_would_see_makes_no_order():
    turns = placed(["one", "two"])[0]

    assert placed(["one", "two"], [100.0, 102.0])[0] == placed(["one", "two"], [102.0, 100.0])[0] == turns
    assert placed(["one", "two"], [100.0, 104.0])[0] == ["b", "a"]
    assert placed(["one", "two"], [104.0, 100.0])[0] == ["a", "b"]


def test_eleventh_place_is_anybodys():
    sellers = {str(number): "large" if number < 20 else str(number) for number in range(40)}
    days = [date(2026, 11, day) for day in range(1, 29)]

    eleventh = {sellers[fair_order(list(sellers), [1.0] * 40, sellers, day)[10]] for day in days}

    assert "large" in eleventh


def test_offer_whose_seller_is_unknown_stands_last_among_its_equals():
    order, _sellers = placed(["", "one", "", "two", "three"])

    assert set(order[-2:]) == {"a", "c"}
