from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from matchmaking.scoring.exposure import OPEN_RACE, Floor, exposures, least_exposure, newcomers_in
from matchmaking.scoring.market import Market
from matchmaking.scoring.profiles import Buyer, Exporter, Need, Product
from matchmaking.scoring.recommending import affinities, recommend

pytestmark = pytest.mark.unit

FAIR = date(2027, 2, 1)
HONEY = Product(code="p", hs="040900", unit="kg", capacity=500, moq=1, certificates=())
BUYERS = [Buyer(code=f"b{n}", needs=(Need(hs="0409", volume=100, unit="kg"),)) for n in range(60)]


def exporters(known, newcomers):
    """Those whom everybody knows deliver all; newcomers deliver a part and would never be among the first."""
    great = [
        Exporter(code=f"k{n}", products=(HONEY,), readiness="A", seen=900, ordered={"b0": FAIR})
        for n in range(known)
    ]
    small = replace(HONEY, capacity=20)
    return great + [Exporter(code=f"n{n}", products=(small,), readiness="B") for n in range(newcomers)]


def test_newcomers_get_their_places_in_every_list():
    market = Market(exporters(known=40, newcomers=12), on=FAIR)
    new = newcomers_in(market, Floor())

    lists = recommend(BUYERS, market, floor=Floor(share=0))
    race = recommend(BUYERS, market, floor=OPEN_RACE)

    assert {int(new[lists.of(row)].sum()) for row in range(len(BUYERS))} == {4}
    assert {int(new[race.of(row)].sum()) for row in range(len(BUYERS))} == {0}
    assert [place + 1 for place in range(20) if new[lists.of(0)[place]]] == [5, 10, 15, 20]


@pytest.mark.parametrize(("top", "newcomers"), [(1, 1), (3, 3), (5, 4), (21, 4)])
def test_lists_of_any_length_have_as_many_places(top, newcomers):
    market = Market(exporters(known=40, newcomers=12), on=FAIR)
    new = newcomers_in(market, Floor())

    lists = recommend(BUYERS, market, top=top, floor=Floor(share=0))

    assert {(len(set(lists.of(row))), int(new[lists.of(row)].sum())) for row in range(60)} == {
        (top, newcomers)
    }


def test_newcomers_by_merit_need_no_places_kept():
    market = Market(exporters(known=5, newcomers=40), on=FAIR)

    lists = [recommend(BUYERS, market, floor=one).exporters.tolist() for one in (Floor(share=0), OPEN_RACE)]

    assert lists[0] == lists[1]


def test_fewer_newcomers_than_places_take_as_many():
    market = Market(exporters(known=40, newcomers=2), on=FAIR)
    new = newcomers_in(market, Floor())

    assert int(new[recommend(BUYERS, market).of(0)].sum()) == 2


def test_nobody_who_fits_is_left_below_the_floor():
    market = Market(exporters(known=60, newcomers=60), on=FAIR)
    rule = Floor(places=0)
    fitting = np.ones(len(market), dtype=bool)

    lists, race = recommend(BUYERS, market, floor=rule), recommend(BUYERS, market, floor=OPEN_RACE)

    seen = exposures(lists.exporters, len(market))
    assert np.flatnonzero(seen < least_exposure(lists.exporters, fitting, rule)).tolist() == []
    assert int((exposures(race.exporters, len(market)) == 0).sum()) == 60


def test_first_places_stay_with_the_best():
    market = Market(exporters(known=60, newcomers=60), on=FAIR)

    lists, race = recommend(BUYERS, market, floor=Floor(places=0)), recommend(BUYERS, market, floor=OPEN_RACE)

    assert lists.exporters[:, :14].tolist() == race.exporters[:, :14].tolist()


def test_floor_brings_nobody_whom_the_buyer_rules_out():
    market = Market(exporters(known=30, newcomers=30), on=FAIR)
    refused = frozenset(f"n{n}" for n in range(30))
    buyers = [replace(one, refuses=refused) for one in BUYERS[:30]] + BUYERS[30:]

    lists = recommend(buyers, market)

    for row, buyer in enumerate(buyers):
        fitting = set(affinities(buyer, market)[0].tolist())
        assert set(lists.of(row)) - fitting == set()
        assert len(set(lists.of(row))) == 20


def test_equals_take_turns():
    market = Market(exporters(known=200, newcomers=0), on=FAIR)

    seen = exposures(recommend(BUYERS, market, floor=OPEN_RACE).exporters, 200)

    assert seen.max() < 4 * seen.mean()
    assert int((seen > 0).sum()) > 190


def test_order_of_the_table_changes_no_recommendation():
    people = exporters(known=50, newcomers=10)
    forth, back = Market(people, on=FAIR), Market(people[::-1], on=FAIR)

    told = [
        [
            [market.exporters[one].code for one in recommend(BUYERS, market, floor=OPEN_RACE).of(row)]
            for row in range(9)
        ]
        for market in (forth, back)
    ]

    assert told[0] == told[1]


def test_lists_without_a_floor_begin_with_the_best():
    market = Market(exporters(known=10, newcomers=30), on=FAIR)

    scores = recommend(BUYERS, market, floor=OPEN_RACE).scores

    assert all(first >= second for row in scores.tolist() for first, second in pairwise(row))


def test_exporter_sees_the_buyers_whom_it_fits_best():
    market = Market(exporters(known=3, newcomers=0), on=FAIR)
    speaking = [replace(one, languages=frozenset({"fr"})) for one in BUYERS]
    hers = replace(market.exporters[0], code="k3", languages=frozenset({"fr"}))
    everybody = Market([*market.exporters, hers], on=FAIR)

    lists = recommend([*BUYERS[:30], *speaking[30:35]], everybody)

    assert sorted(lists.buyers_of(3)[:5]) == [30, 31, 32, 33, 34]
    assert len(set(lists.buyers_of(3))) == 20


@pytest.mark.parametrize(("sellers", "expected"), [(0, []), (3, [0, 1, 2])])
def test_few_exporters_make_short_lists(sellers, expected):
    market = Market(exporters(known=sellers, newcomers=0), on=FAIR)

    assert sorted(recommend(BUYERS, market).of(0)) == expected
