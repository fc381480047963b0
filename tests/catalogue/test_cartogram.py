from dataclasses import dataclass

import pytest

from catalogue.cartogram import PLACES, tiles_of

pytestmark = pytest.mark.unit


@dataclass
class Place:
    code: str
    label: str = "Souss-Massa"
    product_count: int = 0


def test_every_region_has_a_tile_of_its_own_and_an_unknown_one_has_none():
    tiles = tiles_of([*map(Place, PLACES), Place("XX")])

    assert sorted(tile.number for tile in tiles) == list(range(1, 13))
    assert len({(tile.x, tile.y) for tile in tiles}) == 12
    assert tiles[0].number == 1


def test_fullest_region_is_deepest_and_an_empty_one_has_no_colour():
    tiles = tiles_of([Place("MA-01", product_count=9), Place("MA-02", product_count=1), Place("MA-03")])

    assert {tile.number: tile.depth for tile in tiles} == {1: 4, 2: 1, 3: 0}


def test_tile_knows_the_region_one_looks_at_and_cuts_its_name_at_the_hyphens():
    (tile,) = tiles_of([Place("MA-09")], here="MA-09")

    assert (tile.is_here, tile.lines) == (True, ("Souss-", "Massa"))
