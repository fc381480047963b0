from decimal import Decimal

import pytest

from fairs.report.figures import Applied, Came, Met, Ordered, count

pytestmark = pytest.mark.unit

SOUSS, FEZ = "MA-09", "MA-03"


def rows(tables, name, *columns):
    return {row["key"]: tuple(row[column] for column in columns) for row in tables[name]}


def test_every_table_counts_the_same_applications_and_exhibitors():
    applied = [
        Applied(1, True, SOUSS, "5", True),
        Applied(2, True, SOUSS, "6", False),
        Applied(3, False, FEZ, "5", True),
    ]

    tables = count(applied, [], [])

    columns = ("applications", "exhibitors")
    assert rows(tables, "whole", *columns) == {"": (3, 2)}
    assert rows(tables, "region", *columns) == {SOUSS: (2, 2), FEZ: (1, 0)}
    assert rows(tables, "category", *columns) == {"5": (2, 1), "6": (1, 1)}
    assert rows(tables, "women_led", *columns) == {"yes": (2, 1), "no": (1, 1)}


def test_who_was_invited_exhibits_without_an_application():
    tables = count([Applied(1, True, SOUSS, "5", True, sent=False)], [], [])

    assert rows(tables, "region", "applications", "exhibitors") == {SOUSS: (0, 1)}


def test_orders_count_where_their_seller_and_their_buyer_belong_and_currencies_stay_apart():
    applied = [Applied(1, True, SOUSS, "5", True), Applied(2, True, FEZ, "5", False)]
    came = [Came(True, "FR", True)]
    ordered = [
        Ordered(1, "FR", "EUR", Decimal("100.10")),
        Ordered(1, "JP", "EUR", Decimal("0.20")),
        Ordered(2, "FR", "USD", Decimal("50")),
    ]

    tables = count(applied, came, ordered)

    assert rows(tables, "whole", "orders", "ordered") == {"": (3, {"EUR": "100.30", "USD": "50"})}
    assert rows(tables, "region", "orders", "ordered") == {
        SOUSS: (2, {"EUR": "100.30"}),
        FEZ: (1, {"USD": "50"}),
    }
    assert rows(tables, "market", "guests", "orders") == {"FR": (1, 2), "JP": (0, 1)}


def test_order_of_somebody_who_does_not_exhibit_counts_for_no_region():
    applied = [Applied(1, False, SOUSS, "5", True)]

    tables = count(applied, [], [Ordered(1, "FR", "EUR", Decimal(5))])

    assert rows(tables, "region", "orders") == {SOUSS: (0,)}


def test_whole_counts_visitors_buyers_and_who_entered():
    came = [Came(True, "FR", True), Came(False, "", False), Came(False, "FR", True)]

    tables = count([], came, [])

    assert rows(tables, "whole", "guests", "buyers", "entered") == {"": (3, 1, 2)}
    assert [row["key"] for row in tables["market"]] == ["FR", ""]


def test_meetings_count_where_their_exhibitor_and_their_buyer_belong():
    applied = [Applied(1, True, SOUSS, "5", True), Applied(2, True, FEZ, "5", False)]
    met = [
        Met(1, "FR", held=True, missed=False),
        Met(1, "JP", held=False, missed=True),
        Met(2, "FR", held=False, missed=False),
    ]

    tables = count(applied, [Came(True, "FR", True)], [], met)

    columns = ("meetings", "held", "missed")
    assert rows(tables, "whole", *columns) == {"": (3, 1, 1)}
    assert rows(tables, "region", *columns) == {SOUSS: (2, 1, 1), FEZ: (1, 0, 0)}
    assert rows(tables, "women_led", *columns) == {"yes": (2, 1, 1), "no": (1, 0, 0)}
    assert rows(tables, "market", *columns) == {"FR": (2, 1, 0), "JP": (1, 0, 1)}
