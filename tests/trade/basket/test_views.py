import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import escape

from moussem.trade.basket.errors import LineGone
from moussem.trade.basket.models import Basket, Line
from moussem.trade.basket.queries import COOKIE
from moussem.trade.partner.models import StockRecord
from tests.factories.basket import filled_basket
from tests.factories.catalogue import ProductFactory
from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
SUMMARY = "/en/basket/"


@pytest.fixture
def person(client):
    """Somebody signed in."""
    user = UserFactory()
    client.force_login(user)
    return user


def lines():
    return list(Line.objects.order_by("pk").values_list("product_id", "quantity", "is_sample"))


def text_of(response):
    return " ".join(response.content.decode().split())


def test_empty_basket_says_what_to_do_next(client):
    page = client.get(SUMMARY)

    assert "Your basket is empty" in text_of(page)
    assert (Basket.objects.count(), COOKIE in client.cookies) == (0, False)


def test_sum_with_a_line_that_has_no_price_is_a_dash_and_no_nought(client, person):
    rising, other = ProductFactory(), ProductFactory()
    for product in (rising, other):
        client.post(reverse("basket:add", args=[product.pk]), {"quantity": "500"})
    rising.tiers.filter(currency="EUR", min_quantity__lt=1000).delete()

    page = text_of(client.get(SUMMARY))

    dash = '<span aria-hidden="true">–</span><span class="visually-hidden">no sum yet: a line has no price<'
    # At the cooperative, beside it in the summary, and in all.
    assert (page.count(dash), "€1,650.00" in page, "€0.00" in page) == (3, True, False)


def test_visitor_without_a_name_keeps_the_basket_by_a_signed_cookie(client):
    product = ProductFactory()

    client.post(reverse("basket:add", args=[product.pk]), {"quantity": "500"})

    assert lines() == [(product.pk, 500, False)]
    assert product.label in text_of(client.get(SUMMARY))
    assert Basket.objects.get().owner is None


def test_forged_cookie_opens_no_basket(client):
    basket = filled_basket(ProductFactory())
    Basket.objects.update(owner=None)
    client.cookies[COOKIE] = f"{basket.pk}:forged"

    assert "Your basket is empty" in text_of(client.get(SUMMARY))


def test_signing_in_takes_the_basket_along(client):
    product, person = ProductFactory(), UserFactory()
    client.post(reverse("basket:add", args=[product.pk]), {"quantity": "500"})

    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": SUMMARY})

    assert Basket.objects.get().owner == person
    assert product.label in text_of(client.get(SUMMARY))
    assert client.cookies[COOKIE].value == ""


def test_sample_button_adds_the_sample(client, person):
    product = ProductFactory()

    client.post(reverse("basket:add", args=[product.pk]), {"sample": "1"})

    assert lines() == [(product.pk, 5, True)]


@pytest.mark.parametrize("typed", ["", "abc", "-5", "0", "1e400", "5.0001", "٥"])
def test_unreadable_quantity_adds_nothing_and_says_so(client, person, typed):
    product = ProductFactory()

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed}, follow=True)

    assert page.status_code == 200
    assert lines() == ([(product.pk, 5, False)] if typed == "٥" else [])


def test_hidden_product_cannot_be_added(client, person):
    product = ProductFactory(listed=False)

    assert client.post(reverse("basket:add", args=[product.pk]), {"quantity": "500"}).status_code == 404
    assert client.get(reverse("basket:price", args=[product.pk])).status_code == 404


def test_shortfall_is_mended_with_one_click(client, person):
    basket = filled_basket(ProductFactory(), owner=person, quantity=120)

    page = text_of(client.get(SUMMARY))
    client.post(reverse("basket:fix", args=[basket.lines.get().pk]))

    assert "The minimum order of" in page
    assert Line.objects.get().quantity == 500


@pytest.mark.parametrize("is_known", [False, True])
def test_basket_that_is_not_there_is_not_put_right_and_says_so(client, is_known):
    if is_known:
        client.force_login(UserFactory())

    response = client.post(reverse("basket:fix_all"), follow=True)

    assert response.redirect_chain == [(reverse("basket:summary"), 302)]
    assert "there is nothing to put right" in text_of(response)
    assert Basket.objects.count() == 0


def test_line_taken_out_can_be_put_back(client, person):
    basket = filled_basket(ProductFactory(), owner=person, quantity=700)
    line = basket.lines.get()

    page = client.post(reverse("basket:remove", args=[line.pk]), follow=True)

    assert lines() == []
    assert 'value="700"' in page.content.decode()
    client.post(reverse("basket:add", args=[line.product_id]), {"quantity": "700"})
    assert lines() == [(line.product_id, 700, False)]
    assert "was taken out" not in text_of(client.get(SUMMARY))


def test_switching_the_currency_reprices_and_is_remembered(client, person):
    filled_basket(ProductFactory(), owner=person)

    page = client.post(reverse("basket:currency"), {"currency": "USD"}, follow=True)

    assert "$1,815.00" in text_of(page)
    assert client.session["currency"] == "USD"


def test_switching_the_currency_comes_back_to_the_page_of_ours_it_was_chosen_on(client):
    chosen = {"currency": "USD", "next": "/en/account/login/"}

    assert client.post(reverse("basket:currency"), chosen).url == "/en/account/login/"


def test_switching_the_currency_never_leads_elsewhere(client):
    chosen = {"currency": "USD", "next": "https://elsewhere.example/"}

    assert client.post(reverse("basket:currency"), chosen).url == SUMMARY


def test_unknown_currency_changes_nothing(client, person):
    filled_basket(ProductFactory(), owner=person)

    page = client.post(reverse("basket:currency"), {"currency": "XXX"}, follow=True)

    assert "Prices are given in EUR, USD, MAD only." in text_of(page)
    assert Basket.objects.get().currency_code == "EUR"


def test_live_price_follows_the_ladder(client):
    product = ProductFactory()

    price = client.get(reverse("basket:price", args=[product.pk]), {"quantity": "2500"})
    problem = client.get(reverse("basket:price", args=[product.pk]), {"quantity": "550"})

    assert "€7,750.00" in text_of(price)
    assert "sold in multiples of" in text_of(problem)
    assert f"{product.get_absolute_url()}?quantity=600#offer" in text_of(problem)
    assert re.findall('id="([^"]+)" data-hx-swap-oob', text_of(price)) == ["offer-tiers", "ladder", "packed"]


def test_price_of_another_quantity_is_shown_without_script(client):
    product = ProductFactory()

    answer = client.post(reverse("basket:add", args=[product.pk]), {"quantity": "2500", "show": "1"})

    assert answer.url == f"{product.get_absolute_url()}?quantity=2500#offer"
    assert list(Line.objects.all()) == []


ON_A_LINE = ["basket:quantity", "basket:remove", "basket:fix"]
# Longer than any key: SQLite cannot even ask for it.
IMPOSSIBLE = 10**22


def told(client, name, pk):
    """Where a press on a line leads, and what is said there."""
    answer = client.post(reverse(name, args=[pk]), {"quantity": "700"}, follow=True)
    return answer.redirect_chain, answer.status_code, [str(one) for one in answer.context["messages"]]


@pytest.mark.parametrize("name", ON_A_LINE)
@pytest.mark.parametrize("owned", [True, False])
def test_line_of_another_is_answered_as_one_that_never_was(client, person, name, owned):
    line = filled_basket(ProductFactory(), quantity=120).lines.get()
    if not owned:
        Basket.objects.update(owner=None)

    answers = [told(client, name, pk) for pk in (line.pk, line.pk + 1, IMPOSSIBLE)]

    assert answers == [([], 404, [str(LineGone.text)])] * 3
    assert Line.objects.get().quantity == 120


@pytest.mark.parametrize("name", ON_A_LINE)
def test_visitor_without_a_name_reads_the_same_of_any_line(client, name):
    line = filled_basket(ProductFactory(), quantity=120).lines.get()

    answers = [told(client, name, pk) for pk in (line.pk, line.pk + 1, IMPOSSIBLE)]

    assert answers == [([], 404, [str(LineGone.text)])] * 3
    assert Line.objects.get().quantity == 120


def test_product_of_an_impossible_number_is_not_on_offer(client):
    put_in = client.post(reverse("basket:add", args=[IMPOSSIBLE]))
    priced = client.get(reverse("basket:price", args=[IMPOSSIBLE]))

    assert [put_in.status_code, priced.status_code] == [404, 404]


@pytest.mark.parametrize("status", [Basket.OPEN, Basket.FROZEN, Basket.SUBMITTED])
@pytest.mark.parametrize("name", ON_A_LINE)
def test_line_that_left_the_basket_in_another_window_is_said_above_the_basket(client, person, name, status):
    line = filled_basket(ProductFactory(), owner=person, quantity=500).lines.get()
    Basket.objects.update(status=status)

    answer = told(client, name, line.pk if status != Basket.OPEN else line.pk + 1)

    assert answer == ([], 404, [str(LineGone.text)])
    assert Line.objects.get().quantity == 500


def test_frozen_basket_is_not_the_open_one(client, person):
    filled_basket(ProductFactory(), owner=person)
    Basket.objects.update(status=Basket.FROZEN)

    assert "Your basket is empty" in text_of(client.get(SUMMARY))


def test_first_addition_takes_15_queries_and_the_next_12(client, person, django_assert_num_queries):
    product = ProductFactory()

    # The first one also makes the basket, and makes sure that no other tab has.
    with django_assert_num_queries(15):
        client.post(reverse("basket:add", args=[product.pk]), {"quantity": "500"})
    with django_assert_num_queries(12):
        client.post(reverse("basket:add", args=[product.pk]), {"quantity": "500"})

    assert Line.objects.get().quantity == Decimal(1000)
    assert StockRecord.objects.count() == 1


def test_basket_page_takes_the_same_queries_whatever_it_holds(client, person, django_assert_max_num_queries):
    seen = []
    for rows in (1, 3, 11):
        Basket.objects.all().delete()
        filled_basket(*ProductFactory.create_batch(rows), owner=person, quantity=2500)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(SUMMARY).status_code == 200
        seen.append(len(queries))

    assert seen == [seen[0]] * 3


@pytest.mark.parametrize("typed", ["x", "1e5", "½", "1e99"])
def test_quantity_that_is_no_number_is_told_so_and_not_the_rule_that_it_may_obey(client, typed):
    product = ProductFactory()

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed}, follow=True)

    (said,) = [str(message) for message in page.context["messages"]]
    assert said.startswith(f"“{typed}” cannot be ordered: Write a number, such as 12 or 12.5. Nothing")
    assert Line.objects.count() == 0


def test_quantity_that_was_copied_with_marks_nobody_sees_is_taken(client, person):
    product = ProductFactory()

    client.post(reverse("basket:add", args=[product.pk]), {"quantity": "\u206650\u200d0\u2069\u200b"})

    assert lines() == [(product.pk, 500, False)]


@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_quantity_that_was_not_written_is_asked_for_in_a_sentence_of_its_own(client, typed):
    product = ProductFactory()

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed}, follow=True)

    assert page.redirect_chain[-1][0].partition("?")[0] == product.get_absolute_url()
    assert [str(message) for message in page.context["messages"]] == [
        "No quantity was written. Nothing was put into the basket; write how much."
    ]
    assert Line.objects.count() == 0


@pytest.mark.parametrize("typed", ["0", "-5"])
def test_quantity_that_is_none_leads_back_to_the_product_with_its_rule(client, typed):
    product = ProductFactory()

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed}, follow=True)

    assert page.redirect_chain[-1][0].partition("?")[0] == product.get_absolute_url()
    (said,) = [str(message) for message in page.context["messages"]]
    assert f"“{typed}” cannot be ordered: Minimum 500" in said
    assert Line.objects.count() == 0


@pytest.mark.parametrize("typed", ["999999999", "100000000000"])
def test_quantity_that_is_too_large_is_told_how_much_a_line_holds(client, typed):
    product = ProductFactory()

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed}, follow=True)

    (said,) = [str(message) for message in page.context["messages"]]
    assert said.startswith(f"“{typed}” cannot be ordered: A line holds at most 99,999,999\xa0g.")
    assert Line.objects.count() == 0


def test_refused_quantity_comes_back_whole(client):
    product, typed = ProductFactory(), "9" * 40

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed}, follow=True)

    (said,) = [str(message) for message in page.context["messages"]]
    assert said.startswith(f"“{typed}” cannot be ordered: A line holds at most")
    assert f'value="{typed}"' in text_of(page)


def test_refused_quantity_comes_back_without_what_no_page_can_hold(client, person):
    line = filled_basket(ProductFactory(), owner=person, quantity=500).lines.get()

    answer = client.post(reverse("basket:quantity", args=[line.pk]), {"quantity": "5\0x"})

    assert answer.status_code == 422
    assert "\0" not in text_of(answer)
    assert f'id="quantity-{line.pk}" value="5 x"' in text_of(answer)


@pytest.mark.parametrize("typed", ["1 500", "1,500.0", "1.500,0", "1500,00", "١٬٥٠٠٫٠"])
def test_quantity_is_read_as_people_write_it(client, person, typed):
    product = ProductFactory()

    client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed})

    assert lines() == [(product.pk, 1500, False)]


def test_quantity_that_could_be_a_thousand_or_little_more_than_one_is_not_guessed(client, person):
    product = ProductFactory()

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": "1,500"}, follow=True)

    (said,) = [str(message) for message in page.context["messages"]]
    assert said.startswith("“1,500” cannot be ordered: This could be a thousand or a little more than one.")
    assert lines() == []


def test_quantity_in_three_decimals_can_be_sent_back_as_it_is_shown(client, person):
    line = filled_basket(ProductFactory(), owner=person, quantity=Decimal("1.125")).lines.get()
    shown = re.search(r'name="quantity" id="quantity-[0-9]+" value="([^"]*)"', text_of(client.get(SUMMARY)))

    client.post(reverse("basket:quantity", args=[line.pk]), {"quantity": shown[1]})

    assert (shown[1], Line.objects.get().quantity) == ("1.1250", Decimal("1.125"))


REFUSED = {
    "1,500": "This could be a thousand or a little more than one.",
    "a few": "Write a number, such as 12 or 12.5.",
    "": "Write how much you want.",
    "0": "Minimum 500 g, in multiples of 100 g.",
    "-5": "Minimum 500 g, in multiples of 100 g.",
    "100000000": "Write 99,999,999 or less.",
    "1.000 000": "This could be a thousand or a little more than one.",
    '"><b>': "Write a number, such as 12 or 12.5.",
}


@pytest.mark.parametrize(("typed", "sentence"), REFUSED.items())
def test_quantity_that_cannot_be_taken_stays_in_its_line_with_what_is_wrong(client, person, typed, sentence):
    first, second = ProductFactory(), ProductFactory()
    basket = filled_basket(first, second, owner=person, quantity=500)
    line = basket.lines.get(product=second)

    answer = client.post(reverse("basket:quantity", args=[line.pk]), {"quantity": typed})

    page = text_of(answer)
    fields = dict(re.findall(r'name="quantity" id="quantity-(\d+)" value="([^"]*)"', page))
    assert answer.status_code == 422
    assert fields == {str(basket.lines.get(product=first).pk): "500", str(line.pk): escape(typed)}
    assert f'<a href="#quantity-{line.pk}">{escape(second.label)}: {sentence}' in page
    assert f'aria-describedby="quantity-{line.pk}_error"' in page
    assert "this line still holds" in page
    assert [quantity for _product, quantity, _is_sample in lines()] == [500, 500]


@pytest.mark.parametrize("typed", ["1,500", "a few", "", "999999999", '"><b>'])
def test_quantity_that_cannot_be_ordered_stays_in_the_field_of_its_product(client, person, typed):
    product = ProductFactory()

    page = client.post(reverse("basket:add", args=[product.pk]), {"quantity": typed}, follow=True)

    (field,) = re.findall(r'<input type="text" name="quantity"[^>]*? value="([^"]*)"[^>]*>', text_of(page))
    assert field == escape(typed)
    assert 'class="buy__problem"' in page.content.decode()
    assert lines() == []
