import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from catalogue.actions.reference import load_catalogue_reference
from catalogue.errors import NotACatalogue
from catalogue.models import (
    Certificate,
    Lot,
    Packaging,
    PriceTier,
    Product,
    ProductAttributeValue,
    ProductText,
)
from catalogue.pricing import is_orderable
from catalogue.showcase.actions import DEMONSTRATION_FILE, import_catalogue
from catalogue.states import Proof, TextOrigin
from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.organisations.states import Verification
from moussem.regions.actions import load_reference

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TABLES = (Organisation, Product, ProductText, Packaging, ProductAttributeValue, Certificate, Lot, LogEntry)
WRITTEN = json.loads(DEMONSTRATION_FILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """The demonstration country, imported once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_catalogue_reference()
        import_catalogue()
        yield
        transaction.set_rollback(True)


def every_row():
    left_out = {"date_updated"}
    return [
        [{k: v for k, v in row.items() if k not in left_out} for row in model.objects.order_by("pk").values()]
        for model in TABLES
    ]


def test_import_brings_the_whole_file(country):
    assert Organisation.objects.sellers().count() == 27
    assert Organisation.objects.buyers().count() == 42
    assert Product.objects.listed().count() == 68
    assert ProductText.objects.count() == 204
    assert PriceTier.objects.count() == sum(3 * len(one["price_tiers"]) for one in WRITTEN["products"])
    assert Certificate.objects.count() == sum(len(one["certificates"]) for one in WRITTEN["cooperatives"])


def test_import_twice_changes_nothing(country):
    before = every_row()

    import_catalogue()

    assert every_row() == before


def test_import_keeps_what_was_reserved(country):
    Lot.objects.filter(code="C01-P1-2026").update(reserved=Decimal(500))

    import_catalogue()

    assert Lot.objects.get(code="C01-P1-2026").reserved == Decimal(500)


def test_sellers_are_checked_as_far_as_they_are_ready(country):
    found = dict(Organisation.objects.sellers().values_list("code", "verification"))

    states = {"A": Verification.VERIFIED, "B": Verification.REVIEWED, "C": Verification.DECLARED}
    assert found == {one["id"]: states[one["readiness"]] for one in WRITTEN["cooperatives"]}
    assert Organisation.objects.filter(is_demonstration=False).count() == 0


def test_sellers_tell_their_story_in_three_languages(country):
    tizi = Organisation.objects.get(code="c01")

    assert tizi.story_en == (
        "Coopérative Tizi-Zaafran Démo was founded in 2009 in the province of Taroudant, region of "
        "Souss-Massa. Its 46 members offer: saffron, honey. It is led by women. "
        "It is invented for the demonstration."
    )
    assert tizi.story_ar.startswith("تأسست تعاونية تيزي زعفران (تجريبية) سنة 2009 بإقليم تارودانت")


def test_minimum_orders_can_be_ordered_and_are_in_stock(country):
    products = list(Product.objects.listed().with_availability())

    assert [
        one.seller_code for one in products if not is_orderable(one.moq, one.moq, one.order_multiple)
    ] == []
    assert [one.seller_code for one in products if one.available < one.moq] == []


def test_lots_stay_within_the_capacity_of_their_year(country):
    assert [
        lot.code
        for lot in Lot.objects.select_related("product")
        if lot.quantity > lot.product.capacity_per_year
    ] == []


def test_saffron_is_graded_by_the_newest_edition(country):
    graded = dict(
        Lot.objects.filter(product__product_class__slug="saffron", harvest_year=2026).values_list(
            "code", "grade"
        )
    )

    assert graded == {"C01-P1-2026": "I", "C01-P2-2026": "I", "C02-P1-2026": "II", "C03-P1-2026": "I"}
    assert Lot.objects.get(code="C02-P1-2026").edition == "ISO 3632-1:2011"


def test_protected_name_goes_to_its_own_provinces_only(country):
    named = Product.objects.exclude(protected_name=None)

    assert named.get(seller_code="C01-P1").protected_name.name == "Safran de Taliouine"
    assert not named.filter(seller_code__in=["C01-P2", "C03-P1"]).exists()


def test_certificates_bind_their_products_and_expired_ones_are_not_in_force(country):
    organic = Certificate.objects.get(number="DEMO-C01-EU-ORG")
    expired = Certificate.objects.get(number="DEMO-C08-EU-ORG")

    assert [one.seller_code for one in organic.products.order_by("pk")] == ["C01-P1", "C01-P2"]
    assert organic.proof == Proof.VERIFIED
    assert expired not in Certificate.objects.valid()


def test_texts_say_who_wrote_them(country):
    origins = dict(
        ProductText.objects.filter(product__seller_code="C10-P1").values_list("language", "origin")
    )

    assert origins == {"ar": TextOrigin.ORIGINAL, "fr": TextOrigin.MACHINE, "en": TextOrigin.MACHINE}


@pytest.mark.parametrize("text", ["{", '{"products": []}', "[]", "\x00"])
def test_other_files_are_refused_and_nothing_is_imported(tmp_path, text):
    path = tmp_path / "wrong.json"
    path.write_text(text)
    before = Organisation.objects.count()

    with pytest.raises(NotACatalogue):
        import_catalogue(path)
    with pytest.raises(CommandError):
        call_command("import_catalogue", str(path))

    assert Organisation.objects.count() == before
