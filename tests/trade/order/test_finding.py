import pytest
from django.urls import reverse

from catalogue.models import ProductText
from moussem.trade.order.models import Order
from tests.factories.catalogue import ProductFactory
from tests.factories.trade import accepted_order, buyer, placed_order, seller

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LISTS = ["desk:orders", "orders:purchases", "payment:history"]


@pytest.fixture
def both():
    """A seller and a buyer with two orders, and a third order of strangers that would fit every search."""
    selling, buying = seller(name="Tizi Zaafran", name_ar="تيزي زعفران"), buyer(name="Épicerie Lumière")
    saffron = ProductFactory(organisation=selling.organisation, title="Saffron threads", texts=False)
    ProductText.objects.create(product=saffron, language="fr", title="Safran en filaments")
    lentils = ProductFactory(organisation=selling.organisation, title="Lentils", texts=False)
    first = placed_order(seller_side=selling, buyer_side=buying, wanted=[(saffron, 500)])
    second = accepted_order(seller_side=selling, buyer_side=buying, wanted=[(lentils, 500)])
    strange = seller(name="Tizi of others")
    placed_order(seller_side=strange, buyer_side=buyer(name="Lumière of others"))
    return selling, buying, first, second


def found(client, name, **asked):
    """The orders behind the rows of a list."""
    rows = client.get(reverse(name), asked).context["page"]
    told = {
        "desk:orders": lambda row: [row],
        "orders:purchases": lambda row: list(row.orders.all()),
        "payment:history": lambda row: [row.plan.order],
    }[name]
    return sorted({order.pk for row in rows for order in told(row)})


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_searched_by_number_partner_and_product(client, both, name):
    selling, buying, first, second = both
    client.force_login((selling if name == "desk:orders" else buying).user)

    for words in (first.number, "saffron", "FILAMENTS", "lumiere safran", "زعفران threads"):
        assert found(client, name, find=words) == [first.pk], words
    for words in ("", "epicerie", "tizi", first.number[:6]):
        assert found(client, name, find=words) == [first.pk, second.pk], words


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("words", ["of others", "saffron lentils", ".*", "[", "%", "\\", "zzz"])
def test_what_fits_nothing_of_ones_own_leads_back_to_everything(client, both, name, words):
    client.force_login(both[name != "desk:orders"].user)

    page = client.get(reverse(name), {"find": words})

    assert (page.status_code, list(page.context["page"])) == (200, [])
    assert f'href="{reverse(name)}"' in page.content.decode()


@pytest.mark.parametrize("asked", [{"find": "\x01"}, {"find": "x" * 5000}, {"state": "<script>"}])
@pytest.mark.parametrize("name", LISTS)
def test_nonsense_narrows_nothing(client, both, name, asked):
    client.force_login(both[name != "desk:orders"].user)

    assert found(client, name, **asked) == [both[2].pk, both[3].pk]


def test_lists_are_narrowed_by_state_and_words_together(client, both):
    selling, buying, first, second = both
    client.force_login(buying.user)

    assert found(client, "orders:purchases", state="placed") == [first.pk]
    assert found(client, "orders:purchases", state="placed", find="lentils") == []
    assert found(client, "payment:history", state="due") == [second.pk]
    client.force_login(selling.user)
    assert found(client, "desk:orders", state="accepted", find="lentils") == [second.pk]


def test_a_payment_is_found_by_its_reference(client, both):
    client.force_login(both[1].user)
    instalment = both[2].payment_plan.instalments.last()

    page = client.get(reverse("payment:history"), {"find": instalment.reference})

    assert list(page.context["page"]) == [instalment]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "budget"), list(zip(LISTS, (15, 12, 12), strict=True)))
def test_a_search_asks_the_same_number_of_questions(
    client, rows, name, budget, django_assert_max_num_queries
):
    selling, buying = seller(), buyer()
    for _ in range(rows):
        placed_order(seller_side=selling, buyer_side=buying)
    client.force_login((selling if name == "desk:orders" else buying).user)

    with django_assert_max_num_queries(budget):
        page = client.get(reverse(name), {"find": "P-2026 -1", "state": ""})

    assert len(page.context["page"]) == Order.objects.count() * (2 if name == "payment:history" else 1)


def test_an_order_is_found_by_its_carrier_and_the_carriers_reference(client, both):
    _selling, buying, first, _second = both
    Order.objects.filter(pk=first.pk).update(carrier="Maersk", tracking_reference="MSKU-7")
    client.force_login(buying.user)

    assert [found(client, "orders:purchases", find=words) for words in ("maersk", "MSKU-7")] == [
        [first.pk],
        [first.pk],
    ]
