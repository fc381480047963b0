import pytest

from catalogue.spread import BARS, spread_of

pytestmark = pytest.mark.unit


def test_spread_runs_from_the_lowest_to_the_highest_price():
    spread = spread_of({2.0: 4, 16.0: 1, 9.0: 2})

    heights = [bar.height for bar in spread.bars]
    assert (spread.low, spread.high, len(heights)) == (2.0, 16.0, BARS)
    assert (heights[0], heights[7], heights[-1], heights.count(0.0)) == (1.0, 0.5, 0.25, BARS - 3)


def test_dear_goods_do_not_press_the_others_into_one_bar():
    spread = spread_of({1.0: 1, 10.0: 1, 10_000.0: 1})

    assert [place for place, bar in enumerate(spread.bars) if bar.height] == [0, 3, BARS - 1]


def test_bars_tell_what_lies_within_the_prices_asked_for():
    spread = spread_of({2.0: 1, 9.0: 1, 16.0: 1}, low=5.0, high=10.0)

    assert [bar.is_within for bar in spread.bars if bar.height] == [False, True, False]


@pytest.mark.parametrize("counts", [{}, {3.0: 7}, {0.0: 2, 3.0: 1}])
def test_one_price_is_no_spread(counts):
    assert spread_of(counts) is None
