"""Lists that change products that are known: shown before, undone after."""

from decimal import Decimal

import pytest

from catalogue.actions.certificates import review_certificate
from catalogue.actions.ladders import set_ladder
from catalogue.actions.lots import add_lot, change_lot
from catalogue.actions.products import change_details
from catalogue.imports.models import ProductList
from catalogue.imports.states import ImportState
from catalogue.models import Product, ProductAttributeValue
from catalogue.pricing import Tier
from catalogue.states import Proof
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from moussem.regions.models import HsCode
from tests.catalogue.imports.lists import text
from tests.catalogue.imports.test_views import HEADERS, ROWS, desk, everything, page, try_out
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.people import UserFactory

__all__ = ["desk"]
pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CHANGED = ["S-1", "Safran de Taliouine", "زعفران", "g", "600", "3,50", "", "poudre"]


@pytest.fixture
def known(desk):
    """Two products of the seller, brought by a first list."""
    desk.post(page("write", try_out(desk, text([HEADERS, *ROWS])).pk))
    return desk


def answers():
    return sorted(ProductAttributeValue.objects.values_list("product__seller_code", "value_option__option"))


def as_it_is():
    """What is kept, whichever rows it is kept in."""
    return [
        sorted(repr(sorted(row.items())) for row in ({**one, "id": 0} for one in rows))
        for rows in everything()
    ], answers()


def imported(desk, *rows):
    tried = try_out(desk, text([HEADERS, *rows]))
    desk.post(page("write", tried.pk), {"jumps_are_meant": "on"})
    return ProductList.objects.get(pk=tried.pk)


def test_what_changes_is_shown_before_it_is_written(known):
    before = everything()

    shown = known.get(page("check", try_out(known, text([HEADERS, CHANGED])).pk))

    assert everything() == before
    told = [(str(one.name), one.before, one.after) for one in shown.context["changes"]]
    assert told == [
        ("Minimum order", "500", "600"),
        ("Français: name of the product", "Safran en filaments", "Safran de Taliouine"),
        ("العربية: name of the product", "زعفران خيوط", "زعفران"),
        ("Prices in EUR", "from 500: €3.30", "from 600: €3.50"),
        ("Prices in MAD", "from 500: MAD\xa035.64", "from 600: MAD\xa035.64"),
        ("Form", "Whole threads", "Powder"),
    ]
    assert "What changes in your products" in shown.content.decode()


def test_import_that_changed_products_is_undone_whole_and_logged(known, seller):
    before = as_it_is()
    second = imported(known, CHANGED)
    assert as_it_is() != before

    answer = known.post(page("undo", second.pk))

    second.refresh_from_db()
    assert (answer["Location"], second.state) == (page("index"), ImportState.RECEIVED)
    assert as_it_is() == before
    undone = LogEntry.objects.filter(facts__undone=second.pk).values_list("verb", "actor")
    assert {verb for verb, _actor in undone} == {"details.changed", "text.written", "price.changed"}
    assert {actor for _verb, actor in undone} == {seller.user.pk}
    assert LogEntry.objects.get(verb="moved.received").facts.items() >= {"deleted": 0, "restored": 1}.items()


def test_listed_product_gets_its_price_back_and_what_was_never_said_goes(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1")
    before = as_it_is()
    headers = ["Réf", "Quantité minimale", "Prix EUR", "Prix USD", "Forme", "وصف المنتوج"]
    tried = try_out(desk, text([headers, ["S-1", "500", "3,40", "3,70", "poudre", "حر"]]))
    desk.post(page("write", tried.pk))
    changed = product.tiers.filter(currency="USD").exists()

    desk.post(page("undo", tried.pk))

    assert (changed, as_it_is()) == (True, before)


def test_product_that_somebody_changed_since_stays_and_is_named(known, seller):
    second = imported(known, CHANGED, ["S-2", "Poudre fine", *ROWS[1][2:]])
    later = Product.objects.get(seller_code="S-1")
    change_details(later, lead_time_days=9, actor=seller.user)

    shown = known.get(page("undo", second.pk)).context
    known.post(page("undo", second.pk))

    assert (shown["restored"], len(shown["kept"])) == (1, 1)
    titles = Product.objects.order_by("seller_code").values_list("title", flat=True)
    assert list(titles) == ["Safran de Taliouine", "Safran en poudre"]


def test_undo_is_refused_with_the_names_where_every_product_was_changed_since(known, seller):
    second = imported(known, CHANGED)
    product = Product.objects.get(seller_code="S-1")
    set_ladder(product, "EUR", [Tier(Decimal(600), Decimal("3.6"))], actor=seller.user)
    before = everything(), LogEntry.objects.count()

    answer = known.post(page("undo", second.pk), follow=True)

    assert f"Somebody changed these products after the import: {product.label}." in answer.content.decode()
    assert (everything(), LogEntry.objects.count()) == before


def test_lot_that_was_counted_since_does_not_stand_in_the_way(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1")
    tried = try_out(desk, text([["Réf", "Délai"], ["S-1", "21"]]))
    desk.post(page("write", tried.pk))
    change_lot(product.lots.get(), quantity=Decimal(20_000), actor=seller.user)

    desk.post(page("undo", tried.pk))

    days = product.lead_time_days
    assert (Product.objects.get().lead_time_days, history_of(product).last().verb) == (
        days,
        "details.changed",
    )


def test_unit_stays_that_a_lot_was_counted_in_since(desk, seller):
    product = ProductFactory(organisation=seller.organisation, seller_code="S-1", unit="kg", listed=False)
    product.tiers.all().delete()
    product.lots.all().delete()
    tried = try_out(desk, text([["Réf", "Unité"], ["S-1", "g"]]))
    desk.post(page("write", tried.pk))
    add_lot(product, code="L-9", harvest_year=2026, quantity=Decimal(5), actor=seller.user)

    answer = desk.post(page("undo", tried.pk), follow=True)

    tried.refresh_from_db()
    assert (Product.objects.get().unit, tried.state) == ("g", ImportState.IMPORTED)
    assert "Somebody changed these products after the import" in answer.content.decode()


def test_list_undone_and_imported_again_is_undone_by_what_it_found_the_second_time(known, seller):
    second = imported(known, CHANGED)
    known.post(page("undo", second.pk))
    change_details(Product.objects.get(seller_code="S-1"), lead_time_days=9, actor=seller.user)
    before = as_it_is()
    known.post(page("again", second.pk))
    known.post(page("write", second.pk), {"jumps_are_meant": "on"})

    assert known.get(page("undo", second.pk)).context["kept"] == []
    known.post(page("undo", second.pk))

    assert as_it_is() == before
    undone = history_of(second).filter(verb="moved.received").last().facts
    assert (undone["restored"], undone["kept"]) == (1, 0)


def test_lists_are_undone_one_after_the_other_the_newest_first(known):
    before = as_it_is()
    older = imported(known, CHANGED)
    between = as_it_is()
    newer = imported(known, ["S-1", "Safran fin", *CHANGED[2:4], "700", "3,60", *CHANGED[6:]])
    assert known.post(page("undo", older.pk), follow=True).status_code == 200
    assert as_it_is() not in (before, between)

    known.post(page("undo", newer.pk))
    assert as_it_is() == between
    known.post(page("undo", older.pk))

    assert as_it_is() == before


def test_draft_that_a_newer_list_changed_goes_once_both_are_undone(known):
    first = ProductList.objects.order_by("pk").first()
    newer = imported(known, CHANGED)
    assert Product.objects.count() == 2

    known.post(page("undo", newer.pk))
    known.post(page("undo", first.pk))

    assert Product.objects.count() == 0


def test_change_between_two_lists_still_keeps_the_older_one(known, seller):
    older = imported(known, CHANGED)
    change_details(Product.objects.get(seller_code="S-1"), lead_time_days=9, actor=seller.user)
    newer = imported(known, ["S-1", "Safran fin", *CHANGED[2:]])
    known.post(page("undo", newer.pk))
    between = as_it_is()

    known.post(page("undo", older.pk))

    assert as_it_is() == between


def test_change_that_was_not_shown_is_shown_before_it_is_written(known, seller):
    tried = try_out(known, text([HEADERS, CHANGED]))
    product = Product.objects.get(seller_code="S-1")
    set_ladder(product, "EUR", [Tier(Decimal(500), Decimal("3.4"))], actor=seller.user)

    known.post(page("write", tried.pk))

    looked_at = ProductList.objects.get(pk=tried.pk)
    assert (looked_at.state, looked_at.imported_at) == (ImportState.CHECKED, None)
    assert ["price:EUR", [["500", "3.4"]], [["600", "3.5"]]] in [row[2:] for row in looked_at.changes]


def test_list_that_gives_other_goods_asks_for_another_look_and_so_does_its_undoing(known, seller, paper):
    product = Product.objects.get(seller_code="S-1")
    certificate = CertificateFactory(
        organisation=seller.organisation, products=[product], proof=Proof.VERIFIED, evidence=paper()
    )
    HsCode.objects.create(code="090412", level=6, section="II", official_en="Pepper", label_en="Pepper")
    rows = [["Code", "Name", "HS code"], ["S-1", "Pepper", "090412"]]
    tried = try_out(known, text(rows))
    known.post(page("write", tried.pk), {"jumps_are_meant": "on"})
    changed = list(certificate.asked_products.all())
    review_certificate(certificate, Proof.VERIFIED, actor=UserFactory(is_staff=True))

    known.post(page("undo", tried.pk))

    assert (changed, list(certificate.asked_products.all())) == ([product], [product])
    verbs = {line.verb for line in history_of(certificate)}
    assert verbs == {"goods.changed", "goods.retitled", "checked.verified"}
