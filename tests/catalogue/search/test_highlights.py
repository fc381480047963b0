"""What officers put first stands first where it is asked for, on its days, and says so."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalogue.models import Highlight
from catalogue.search import indexing, results
from moussem.core.dates import today_here
from tests.factories.catalogue import ProductFactory, SellerFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LABEL = "Put first by the marketplace"


@pytest.fixture(autouse=True)
def _fresh():
    results._rules.cache_clear()


def rule(product, concept="saffron", days=7, first=None):
    first = first or today_here()
    last = first + timedelta(days=days)
    made = Highlight(product=product, concept=concept, first_day=first, last_day=last, reason="Festival")
    made.full_clean()
    made.save()
    return made


def test_highlight_stands_first_for_its_concept_on_its_days_and_says_so(shelf, client):
    products = ProductFactory.create_batch(4)
    indexing.rebuild()
    last = client.get("/en/products/", {"q": "safran"}).context["products"][-1]
    assert last in products
    rule(last)
    results._rules.cache_clear()

    page = client.get("/en/products/", {"q": "زعفران"})
    assert page.context["products"][0] == last
    assert page.content.decode().count(LABEL) == 1
    everything = client.get("/en/products/")
    assert LABEL not in everything.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert LABEL not in client.get("/en/products/", {"q": "safran"}).content.decode()


def test_highlight_comes_forward_from_a_later_page_and_keeps_its_place_there(shelf, client):
    ProductFactory.create_batch(25, organisation=SellerFactory())
    indexing.rebuild()
    later = client.get("/en/products/", {"q": "safran", "page": "2"}).context["products"]
    rule(later[3])
    results._rules.cache_clear()

    first = client.get("/en/products/", {"q": "safran"})

    assert (first.context["products"][0], len(first.context["products"])) == (later[3], 21)
    assert client.get("/en/products/", {"q": "safran", "page": "2"}).context["products"] == later
    assert (first.context["page"].paginator.count, LABEL in first.content.decode()) == (25, True)


def test_highlight_never_brings_in_what_was_not_found(shelf, client):
    saffron, other = ProductFactory.create_batch(2)
    indexing.rebuild()
    rule(other)

    page = client.get("/en/products/", {"q": "safran", "region": saffron.origin_region_id, "lead": "7"})

    assert LABEL not in page.content.decode()


def test_highlights_are_few_short_and_one_for_each_concept():
    product = ProductFactory()
    rule(product)

    with pytest.raises(ValidationError, match="Another product stands first"):
        rule(ProductFactory())
    with pytest.raises(ValidationError, match="at most 92 days"):
        rule(product, "argan", days=93)
    with pytest.raises(ValidationError, match="comes before"):
        rule(product, "argan", days=-1)
    Highlight.objects.bulk_create(
        Highlight(product=product, concept=f"c{n}", first_day=today_here(), last_day=today_here(), reason="r")
        for n in range(19)
    )
    with pytest.raises(ValidationError, match="Take one away first"):
        rule(product, "argan")
    assert Highlight.objects.count() == 20


def test_officer_makes_one_and_the_log_says_so(client):
    officer, product = UserFactory(is_staff=True, is_superuser=True), ProductFactory()
    client.force_login(officer)
    today = today_here()

    client.post(
        "/admin/catalogue/highlight/add/",
        {
            "product": product.pk,
            "concept": "saffron",
            "first_day": today.isoformat(),
            "last_day": today.isoformat(),
            "reason": "Festival of Taliouine",
        },
    )

    made = Highlight.objects.get()
    assert (made.product, made.made_by) == (product, officer)


@pytest.mark.parametrize("concept", ["nonsense-xyz", "organic"])
def test_highlight_for_what_is_no_product_is_refused_with_a_sentence(client, concept):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    today = today_here().isoformat()
    rule_typed = {"product": ProductFactory().pk, "concept": concept, "reason": "Festival"}

    answer = client.post(
        "/admin/catalogue/highlight/add/", {**rule_typed, "first_day": today, "last_day": today}
    )

    told = answer.context["adminform"].form.errors
    sentence = f"“{concept}” is no product that searches know. Type a name and choose its code."
    assert (told, Highlight.objects.count()) == ({"concept": [sentence]}, 0)


def test_highlight_for_what_the_product_does_not_hold_is_refused_with_a_sentence(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    today = today_here().isoformat()
    typed = {"product": ProductFactory().pk, "concept": "honey", "reason": "Festival"}

    answer = client.post("/admin/catalogue/highlight/add/", {**typed, "first_day": today, "last_day": today})

    told = answer.context["adminform"].form.errors
    sentence = "Searches do not find this product under “honey”, so it cannot stand first there."
    assert (told, Highlight.objects.count()) == ({"product": [sentence]}, 0)


def test_rules_are_listed_by_whether_their_days_are_now_to_come_or_over(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    product, today = ProductFactory(), today_here()
    now = rule(product, "saffron")
    coming = rule(product, "honey", first=today + timedelta(days=1))
    ended = rule(product, "argan", days=1, first=today - timedelta(days=9))

    def listed(when):
        return list(client.get("/admin/catalogue/highlight/", {"when": when}).context["cl"].queryset)

    assert [listed("running"), listed("coming"), listed("ended")] == [[now], [coming], [ended]]
