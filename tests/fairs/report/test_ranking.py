"""A table of a report by one measure."""

from decimal import Decimal

import pytest

from fairs.report.ranking import measures_of, ranking_of
from fairs.report.tables import Amount, Table

pytestmark = pytest.mark.unit


def table(rows):
    """Exhibitors, orders and money of these rows."""
    columns = ("Region", "Exhibitors", "Orders", "Ordered for")
    return Table("region", "By region", ("exhibitors", "orders", "ordered"), columns, rows)


def test_greatest_stands_first_and_orders_have_their_money_beside_them():
    souss, fez = ("Souss", 5, 1, Amount(Decimal(90), "EUR")), ("Fez", 2, 3, "")

    ranking = ranking_of(table((souss, fez)), "orders")

    assert [(row.name, row.count) for row in ranking.rows] == [("Fez", 3), ("Souss", 1)]
    assert [bool(row.beside) for row in ranking.rows] == [False, True]
    assert (ranking.label, ranking.most) == ("Orders", 3)


def test_measure_that_a_table_has_not_gives_way_to_its_first():
    assert ranking_of(table((("Souss", 5, 1, ""),)), "guests").measure == "exhibitors"
    assert ranking_of(table(()), "orders") is None
    assert measures_of([table(())]) == {"exhibitors": "Exhibitors", "orders": "Orders"}


@pytest.mark.parametrize(("rows", "shown", "folded"), [(10, 10, 0), (11, 11, 0), (12, 10, 2)])
def test_rows_after_the_tenth_fold_away_unless_it_is_one(rows, shown, folded):
    ranking = ranking_of(table(tuple((f"R{n}", n, 0, "") for n in range(rows))), "exhibitors")

    assert (len(ranking.first), len(ranking.others)) == (shown, folded)
