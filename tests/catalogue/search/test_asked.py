"""The state of a list, in its address and as a plan."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from catalogue.search.asked import Asked, asked_of
from catalogue.search.fairness import fair_order, is_cut
from catalogue.search.query import read
from catalogue.search.ranking import plan_of
from catalogue.search.tables import reference_lexicon
from catalogue.search.ways import Bound, Clause

pytestmark = pytest.mark.unit
ADDRESS = (
    "q=safran&family=saffron&family=honey&is=organic&is=in-stock&moq=10&moq=100"
    "&from=5&to=12%2C50&sort=price&not=oil"
)


def asked(address):
    return asked_of(QueryDict(address))


def test_address_is_read_and_written_the_same_way_round():
    question = asked(ADDRESS)

    assert question.text == "safran"
    assert question.chosen == {
        "family": ("honey", "saffron"),
        "is": ("in-stock", "organic"),
        "moq": ("100",),
    }
    assert (question.low, question.high, question.without) == (5.0, 12.5, ("oil",))
    assert asked(question.address) == question


def test_links_from_before_still_mean_the_same():
    assert asked("women=on").chosen == asked("women=on&is=women-led").chosen == {"is": ("women-led",)}


@pytest.mark.parametrize(
    "address",
    ["is=nothing", "moq=11", "month=month-13", "family=<script>", "sort=pk", "from=x", "q=%00", "lead=-7"],
)
def test_what_cannot_be_read_asks_nothing(address):
    assert asked(address) == Asked()


def test_groups_add_up_as_a_buyer_expects():
    filters = asked("family=a&family=b&is=organic&is=remote&department=d&from=5").filters("USD")

    assert filters == [
        ("department", Clause("department", ("d",))),
        ("family", Clause("family", ("a", "b"))),
        ("marks:organic", Clause("marks", ("organic",))),
        ("marks:remote", Clause("marks", ("remote",))),
        ("price_usd", Bound("price_usd", 5.0, None)),
    ]


def test_order_changes_nothing_of_what_is_asked():
    lexicon = reference_lexicon()
    plan = plan_of(read("argan", lexicon), lexicon)

    best, cheapest = Asked("argan").plan(plan, "EUR"), Asked("argan", sort="price").plan(plan, "EUR")

    assert cheapest.sort == "price_eur"
    assert replace(cheapest, sort="relevance") == best


DAY = date(2026, 11, 25)


def test_no_seller_holds_more_than_two_of_the_first_ten_places_among_equals():
    ids = [str(number) for number in range(30)]
    sellers = {one: "large" if int(one) < 18 else f"small-{one}" for one in ids}

    placed = fair_order(ids, [100.0] * 30, sellers, DAY)

    assert sorted(placed) == sorted(ids)
    assert [sellers[one] for one in placed[:10]].count("large") == 2


def test_what_fits_better_stands_first_whoever_sells_it():
    ids, sellers = ["a", "b", "c", "d"], dict.fromkeys("abcd", "one")

    assert fair_order(ids, [400.0, 300.0, 200.0, 100.0], sellers, DAY) == ids


def test_equals_take_turns_by_the_day_and_stand_still_within_it():
    ids = [str(number) for number in range(20)]
    sellers = {one: one for one in ids}

    first = fair_order(ids, [7.0] * 20, sellers, DAY)

    assert first == fair_order(ids[::-1], [7.0] * 20, sellers, DAY)
    assert first != fair_order(ids, [7.0] * 20, sellers, date(2026, 11, 26))


def test_places_are_cut_where_equals_go_on_beyond_what_was_looked_at():
    assert [is_cut([7.0] * 60), is_cut([400.0] * 9 + [7.0] * 51), is_cut([400.0] * 10 + [7.0] * 50)] == [
        True,
        True,
        False,
    ]
    assert is_cut([7.0] * 10) is False


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("q=safran", 0),
        ("sort=new", 0),
        ("department=spices", 1),
        ("is=organic", 1),
        ("from=0", 1),
        ("to=0", 1),
    ],
)
def test_words_and_orders_are_no_choices(address, number):
    assert asked(address).choices == number


@pytest.mark.parametrize(
    ("address", "order"),
    [("", "new"), ("q=safran", "relevance"), ("q=safran&sort=moq", "moq"), ("is=organic", "new")],
)
def test_order_is_what_fits_best_where_words_are_asked_else_what_is_new(address, order):
    assert asked(address).order == order


def test_one_choice_is_taken_out_and_an_empty_group_with_it():
    question = asked("is=organic&is=remote&region=MA-09")

    assert question.lacking("is", "organic").chosen == {"is": ("remote",), "region": ("MA-09",)}
    assert question.lacking("region", "MA-09").chosen == {"is": ("organic", "remote")}
    assert question.lacking("family", "honey") == question


def test_more_choices_than_anybody_asks_are_cut_off():
    many = "&".join(f"region=r{number:03}" for number in range(200))

    assert asked(many).chosen == {"region": tuple(f"r{number:03}" for number in range(20))}


def test_amounts_are_written_as_short_as_they_are():
    assert Asked(low=5.0, high=12.5).address == "from=5&to=12.5"
    assert (Asked(high=0.25).address, Asked(high=100.0).address, Asked(low=0.0).address) == (
        "to=0.25",
        "to=100",
        "from=0",
    )
