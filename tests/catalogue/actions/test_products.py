from importlib import import_module

import pytest

from catalogue.actions.products import change_details, list_product, start_product, withdraw_product
from catalogue.actions.texts import approve_text, write_text
from catalogue.errors import NotReadyToList, ProductCodeTaken
from catalogue.models import Product, ProductText
from catalogue.queries.readiness import advised_before_listing, missing_before_listing
from catalogue.states import TextOrigin
from moussem.core.errors import NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.catalogue import FamilyFactory, ProductFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def verbs(product):
    return [line.verb for line in history_of(product)]


def test_started_product_is_a_draft_of_its_family(seller):
    product = start_product(
        seller.organisation, family=FamilyFactory(), language="fr", title="Safran", actor=seller.user
    )

    assert (product.is_public, product.unit, product.hs_code_id) == (False, "g", "091020")
    assert product.origin_province == seller.organisation.province
    assert [category.slug for category in product.categories.all()] == ["spices"]
    assert [(text.language, text.title, text.origin) for text in product.texts.all()] == [
        ("fr", "Safran", TextOrigin.ORIGINAL)
    ]
    assert verbs(product) == ["started", "text.written"]


def test_stranger_starts_and_changes_nothing(seller, stranger):
    product = ProductFactory(organisation=seller.organisation)

    with pytest.raises(NotYours):
        start_product(
            seller.organisation, family=FamilyFactory(), language="fr", title="x", actor=stranger.user
        )
    with pytest.raises(NotYours):
        change_details(product, lead_time_days=1, actor=stranger.user)
    with pytest.raises(NotYours):
        withdraw_product(product, actor=stranger.user)

    assert list(Product.objects.values_list("lead_time_days", "is_public")) == [(14, True)]
    assert LogEntry.objects.count() == 0


def test_code_of_another_product_is_refused_in_whichever_capitals(seller):
    ProductFactory(organisation=seller.organisation, seller_code="Saf-1")
    product = ProductFactory(organisation=seller.organisation, seller_code="B-2")
    ProductFactory(seller_code="b-3")

    with pytest.raises(ProductCodeTaken) as refusal:
        change_details(product, seller_code="SAF-1", lead_time_days=3, actor=seller.user)

    assert refusal.value.facts == {"code": "Saf-1"}
    kept = Product.objects.get(pk=product.pk)
    assert (kept.seller_code, kept.lead_time_days) == ("B-2", 14)
    assert LogEntry.objects.count() == 0
    change_details(kept, seller_code="B-3", actor=seller.user)
    assert Product.objects.get(pk=product.pk).seller_code == "B-3"


def test_upgrade_parts_codes_that_were_twins():
    upgrade = import_module("catalogue.migrations.0058_codes_however_written")
    long = "L" * 40
    rows = [(1, 7, "A-1"), (2, 7, "a-1"), (3, 8, "a-1"), (4, 7, "A-1-2"), (5, 7, long), (6, 7, long.lower())]

    assert list(upgrade.parted(rows)) == [(2, "a-1-2"), (4, "A-1-2-2"), (6, "l" * 38 + "-2")]


def test_draft_says_what_is_missing_and_stays_a_draft(seller):
    product = start_product(
        seller.organisation, family=FamilyFactory(), language="ar", title="زعفران", actor=seller.user
    )

    assert [str(lack.sentence) for lack in missing_before_listing(product)] == [
        "Write at least one price.",
        "Add a lot, so that there is something to order.",
    ]
    with pytest.raises(NotReadyToList) as refusal:
        list_product(product, actor=seller.user)

    product.refresh_from_db()
    assert not product.is_public
    assert "Write at least one price." in refusal.value.message


def test_complete_draft_is_listed_and_withdrawn(seller):
    product = ProductFactory(organisation=seller.organisation, listed=False)

    assert list_product(product, actor=seller.user).is_public
    assert not withdraw_product(product, actor=seller.user).is_public

    assert verbs(product) == ["listed", "withdrawn"]
    assert [lack.page for lack in advised_before_listing(product)] == ["photos"]


def test_details_are_logged_with_what_they_were(seller):
    product = ProductFactory(organisation=seller.organisation)

    change_details(product, lead_time_days=30, unit="g", actor=seller.user)

    (line,) = history_of(product)
    assert line.facts == {"before": {"lead_time_days": "14"}, "after": {"lead_time_days": "30"}}


def test_translation_by_the_seller_is_approved_and_the_original_stays_original(seller):
    product = start_product(
        seller.organisation, family=FamilyFactory(), language="fr", title="Safran", actor=seller.user
    )

    write_text(product, "en", title="Saffron", actor=seller.user)
    write_text(product, "fr", title="Safran pur", actor=seller.user)

    origins = {text.language: text.origin for text in product.texts.all()}
    assert origins == {"fr": TextOrigin.ORIGINAL, "en": TextOrigin.APPROVED}
    product.refresh_from_db()
    assert (product.title, product.slug) == ("Saffron", "saffron")


def test_machine_draft_is_approved_once(seller):
    product = ProductFactory(organisation=seller.organisation)
    ProductText.objects.filter(product=product, language="ar").update(origin=TextOrigin.MACHINE)
    text = product.texts.get(language="ar")

    approve_text(text, actor=seller.user)
    approve_text(text, actor=seller.user)

    text.refresh_from_db()
    assert (text.origin, text.approved_by) == (TextOrigin.APPROVED, seller.user)
    assert verbs(product) == ["text.approved"]
