"""A table of a report by one measure."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from fairs.report.figures import MEETING
from fairs.report.queries import Report
from fairs.report.ranking import measures_of, ranking_of
from fairs.report.tables import Amount, Table, headlines_of

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


def test_meetings_agreed_held_and_not_held_are_drawn_on_one_scale():
    columns = ("Region", "Exhibitors", "Agreed", "Held", "Not held")
    told = Table("region", "By region", ("exhibitors", *MEETING), columns, (("Souss", 2, 10, 9, 1),))

    assert [(cell.value, cell.most) for cell in told.drawn[0][1:]] == [(2, 2), (10, 10), (9, 10), (1, 10)]


def test_those_of_the_same_count_stand_by_their_names():
    rows = (("Émirats", 1, 0, ""), ("Japan", 2, 0, ""), ("Austria", 1, 0, ""), ("Ghana", 1, 0, ""))

    ranking = ranking_of(table(rows), "exhibitors")

    assert [row.name for row in ranking.rows] == ["Japan", "Austria", "Émirats", "Ghana"]


def test_report_of_a_fair_on_a_screen_leads_with_who_met_and_asked_there():
    whole = {"exhibitors": 8, "held": 13, "enquiries": 5, "guests": 40, "ordered": {"EUR": "90"}}
    now = datetime(2026, 5, 4, tzinfo=UTC)

    with override("en"):
        said = [(one.name, one.said) for one in headlines_of(Report({"whole": [whole]}, None, now))]

    assert said == [
        ("Ordered for", "€90.00"),
        ("Meetings held", "13"),
        ("Questions", "5"),
        ("Visitors and buyers", "40"),
        ("Exhibitors", "8"),
    ]


def test_report_leads_with_the_money_of_each_currency():
    whole = {"exhibitors": 8, "entered": 15, "held": 13, "ordered": {"USD": "20", "EUR": "90"}}
    now = datetime(2026, 5, 4, tzinfo=UTC)

    with override("en"):
        said = [one.said for one in headlines_of(Report({"whole": [whole]}, None, now))]

    assert said == ["€90.00 + $20.00", "13", "15", "8"]
