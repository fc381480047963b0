"""The index follows the database, whatever happens in between."""

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from catalogue.actions.products import withdraw_product
from catalogue.actions.stock import give_back_to_lots, take_from_lots
from catalogue.models import Certificate, Rebuild, StaleOffer
from catalogue.search import indexing, results, shelves, site
from catalogue.search.asked import Asked
from catalogue.search.ranking import QUANTITY
from catalogue.search.results import holding_all, how_many, results_of
from moussem.core.dates import today_here
from moussem.core.log import record
from tests.factories.catalogue import CertificateFactory, FamilyFactory, ProductFactory, SellerFactory
from tests.factories.organisations import MembershipFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def found(text="", **chosen):
    """The products that a visitor finds, and whether the engine answered."""
    asked = Asked(text, chosen={name: (code,) for name, code in chosen.items()})
    results = results_of(asked, "EUR", None)
    assert not results.is_makeshift
    return set(results.products)


class Stopped(Exception):
    """The process dies here."""


def test_new_index_holds_what_is_listed_and_nothing_else(shelf):
    saffron, _draft = ProductFactory(), ProductFactory(listed=False)

    assert indexing.rebuild() == 1

    assert found("safran") == found("زعفران") == found("zaafrane") == found() == {saffron}
    assert list(shelf.current().ids()) == [str(saffron.pk)]


def test_what_is_withdrawn_or_listed_follows(shelf):
    product = ProductFactory()
    indexing.rebuild()
    seller = MembershipFactory(organisation=product.organisation).user

    withdraw_product(product, actor=seller)
    assert indexing.refresh() == 1

    assert (found("safran"), shelf.current().count(), StaleOffer.objects.count()) == (set(), 0, 0)


def test_every_write_about_a_product_its_proofs_and_its_seller_is_noted(shelf):
    product = ProductFactory()
    certificate = CertificateFactory(organisation=product.organisation, products=[product])
    other = ProductFactory()

    for subject in (product, certificate, product.organisation):
        StaleOffer.objects.all().delete()
        record("changed", subject, actor=None)
        assert list(StaleOffer.objects.values_list("product_id", flat=True)) == [product.pk]
    record("changed", MembershipFactory(organisation__buyer=True).organisation, actor=None)
    assert not StaleOffer.objects.filter(product_id=other.pk).exists()


def test_last_of_the_stock_is_noted_when_it_goes_and_when_it_comes_back(shelf):
    product = ProductFactory(lots=[(2025, 1200)], moq=Decimal(500))
    indexing.rebuild()

    (few,) = take_from_lots([(product, Decimal(500))])
    assert not StaleOffer.objects.exists()
    (many,) = take_from_lots([(product, Decimal(500))])
    indexing.refresh()
    assert found(**{"is": "in-stock"}) == set()

    give_back_to_lots([(few.lot_id, few.quantity), (many.lot_id, many.quantity)])
    indexing.refresh()
    assert found(**{"is": "in-stock"}) == {product}


def test_certificate_that_ends_with_the_day_is_gone_at_the_first_question_of_the_next(shelf):
    product, other = ProductFactory(), ProductFactory()
    CertificateFactory(organisation=product.organisation, products=[product], type__code="EU-ORG")
    Certificate.objects.update(valid_until=today_here())
    indexing.rebuild()
    assert found(**{"is": "organic"}) == {product}

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        found()
        assert indexing.refresh() == 1
        assert found(**{"is": "organic"}) == set()
    assert other.pk in {int(one) for one in shelf.current().ids()}


def test_price_that_lapses_with_the_day_is_no_longer_compared(shelf):
    product = ProductFactory(prices_valid_until=today_here())
    indexing.note_the_day()
    indexing.rebuild()
    with_price = Asked(low=0.0, high=9999999.0)
    assert results_of(with_price, "EUR", None).products == [product]

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert indexing.note_the_day() == 1
        indexing.refresh()
        assert results_of(with_price, "EUR", None).products == []


def stop_after(times):
    """A progress bar whose process is killed."""
    calls = iter(range(times))

    def progress(_done, _of):
        if next(calls, None) is None:
            raise Stopped

    return progress


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)


def test_rebuild_that_dies_goes_on_where_it_stopped_and_visitors_search_meanwhile(shelf, small_batches):
    old = ProductFactory(title="Old saffron")
    indexing.rebuild()
    products = [old, *ProductFactory.create_batch(9)]
    with pytest.raises(Stopped):
        indexing.rebuild(stop_after(1))
    assert found("safran") == {old}
    reached = Rebuild.objects.get(finished_at=None).written

    steps = []
    indexing.rebuild(lambda done, _of: steps.append(done))

    assert reached > 0 and steps[0] > reached
    assert found("safran") == set(products)
    assert Rebuild.objects.filter(finished_at=None).count() == 0


def test_change_in_the_middle_of_a_rebuild_is_not_lost(shelf, small_batches):
    first, *_others = ProductFactory.create_batch(9)
    indexing.rebuild()
    seller = MembershipFactory(organisation=first.organisation).user

    def progress(_done, _of):
        if first.is_public:
            withdraw_product(first, actor=seller)
            first.refresh_from_db()
            indexing.refresh()

    indexing.rebuild(progress)

    assert str(first.pk) not in set(shelf.current().ids())
    assert (shelf.current().count(), StaleOffer.objects.count()) == (8, 0)


def test_index_that_lost_or_kept_too_much_is_put_right_by_the_clock(shelf):
    kept, lost = ProductFactory(), ProductFactory()
    indexing.rebuild()
    engine = shelf.current()
    engine.remove([str(lost.pk)])
    engine.settle()

    indexing.heal()

    assert {int(one) for one in shelf.current().ids()} == {kept.pk, lost.pk}


def test_index_that_is_missing_or_of_another_shape_is_built_by_the_clock(shelf, monkeypatch, settings):
    product = ProductFactory()
    indexing.heal()
    assert found("safran") == {product}
    monkeypatch.setattr(shelves, "SHAPE", "other")
    monkeypatch.setattr("catalogue.search.elastic.SHAPE", "other")
    # As another process would see it.
    shelf = site._shelf.__wrapped__(settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL, settings.SEARCH_ALIAS)
    assert not shelf.fits()
    site._shelf.cache_clear()

    indexing.heal()

    assert site.shelf().fits()
    assert found("safran") == {product}


def test_no_index_yet_is_answered_by_the_database_with_a_notice(shelf, client):
    product = ProductFactory()

    page = client.get("/en/products/", {"q": "saffron", "speaks": "speaks-en"})

    assert (page.status_code, page.context["products"]) == (200, [product])
    assert "The search is being put in order." in page.content.decode()


def test_what_is_not_there_leads_to_what_is_near_and_there(shelf, client):
    honey = FamilyFactory(slug="honey", name="Honey", name_fr="Miel")
    ProductFactory(title="Thyme honey", product_class=honey)
    indexing.rebuild()

    page = client.get("/fr/products/", {"q": "miel de jujubier", "is": "organic"})

    assert page.context["products"] == []
    near = page.context["near"]
    assert (near.parameter, [(one.label, one.count) for one in near.choices]) == ("family", [("Miel", 1)])


@pytest.mark.parametrize("rows", [1, 30])
def test_list_costs_the_same_queries_whatever_is_found(
    shelf, rows, client, django_assert_num_queries, monkeypatch
):
    # The rules of merchandising are read again each half minute, which may be over in between.
    monkeypatch.setattr(results, "RULES_LAST", math.inf)
    sellers = SellerFactory.create_batch(2)
    for number in range(rows):
        ProductFactory(organisation=sellers[number % 2])
    indexing.rebuild()
    client.get("/en/products/", {"q": "saffron"})

    with django_assert_num_queries(3):
        client.get("/en/products/", {"region": "MA-09"})
    with django_assert_num_queries(4):
        client.get("/en/products/", {"q": "safran"})


def test_day_begins_in_morocco(shelf):
    # An hour before midnight in Greenwich it is midnight in Morocco.
    with time_machine.travel(datetime(2026, 3, 31, 22, 30, tzinfo=UTC)):
        assert today_here() == date(2026, 3, 31)
        assert (indexing.note_the_day(), indexing.note_the_day()) == (0, None)
    with time_machine.travel(datetime(2026, 3, 31, 23, 30, tzinfo=UTC)):
        assert today_here() == date(2026, 4, 1)
        assert (indexing.note_the_day(), indexing.note_the_day()) == (0, None)


def test_saved_search_hears_of_what_holds_all_that_it_asks(shelf):
    saffron = ProductFactory(title="Saffron threads", listed_at=timezone.now())
    near = FamilyFactory(slug="cumin", name="Cumin", name_fr="Cumin", name_ar="الكمون")
    ProductFactory(
        title="Cumin, whole", texts=False, product_class=near, hs_code=None, listed_at=timezone.now()
    )
    indexing.rebuild()

    assert holding_all(Asked("safran"), "EUR") == [saffron.pk]
    assert holding_all(Asked("safran bio"), "EUR") == []
    assert holding_all(Asked("safran xylophone"), "EUR") == []
    assert holding_all(Asked("safran threads"), "EUR") == [saffron.pk]
    assert holding_all(Asked("zaafrane", chosen={"region": ("MA-01",)}), "EUR") == []


def test_quantity_is_compared_with_what_is_measured_alike(shelf):
    by_weight = ProductFactory(unit="kg", moq=5)
    by_piece = ProductFactory(unit="piece", moq=5)
    indexing.rebuild()

    def passing(question):
        return [product.pk for product in results_of(Asked(question), "EUR", None).products]

    assert [passing("saffron 10 l"), passing("saffron 10 pieces")] == [[by_weight.pk], [by_piece.pk]]
    assert results_of(Asked("saffron 4 kg"), "EUR", None).relaxed == (QUANTITY,)


def test_near_kinds_are_shown_below_the_list_and_neither_counted_nor_mailed(shelf):
    dates = FamilyFactory(slug="dates", name="Dates", name_fr="Dattes", name_ar="تمور")
    fields = {"texts": False, "product_class": dates, "hs_code": None}
    medjool = ProductFactory(title="Medjool dates", **fields)
    boufeggous = ProductFactory(title="Boufeggous dates", **fields)
    indexing.rebuild()

    told = results_of(Asked("medjool"), "EUR", None)

    assert (told.products, told.nearest, told.page.paginator.count) == ([medjool], [boufeggous], 1)
    assert how_many(Asked("medjool", sort="new"), "EUR") == 1
    assert holding_all(Asked("medjool"), "EUR") == [medjool.pk]


def test_word_put_aside_is_not_searched_at_all(shelf):
    saffron = ProductFactory(title="Saffron threads")
    indexing.rebuild()

    def told(text, *without):
        results = results_of(Asked(text, without=without), "EUR", None)
        return results.products, results.reading.rest

    assert told("organic saffron", "organic") == ([saffron], ())
    assert told("saffron", "saffron") == ([saffron], ())
    assert told("xylophone saffron", "saffron") == ([], ("xylophon",))


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("families/saffron/", "family=saffron"),
        ("regions/MA-09/", "region=MA-09"),
    ],
)
def test_place_leads_to_its_list_narrowed(shelf, client, place, kept):
    ProductFactory(organisation=SellerFactory(women_led=True))
    ProductFactory(lots=[])
    indexing.rebuild()

    told = client.get(f"/en/{place}").context["shortcuts"]

    assert [(one.number, one.href) for one in told] == [
        (1, f"?{'&'.join(sorted([kept, 'is=in-stock']))}"),
        (1, f"?{'&'.join(sorted([kept, 'is=women-led']))}"),
    ]
