"""What a certificate covers is said and checked; that it names nothing says nothing."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps

from catalogue.actions.certificates import (
    add_certificate,
    bind_certificate,
    bring_evidence,
    cover_product,
    review_certificate,
)
from catalogue.actions.drafts import delete_draft
from catalogue.models import Certificate, Product
from catalogue.queries import certificates_on
from catalogue.queries.certificates import stands_behind, types_behind
from catalogue.states import Proof
from moussem.core.log import record
from moussem.core.models import LogEntry
from tests.factories.catalogue import CertificateFactory, CertificateTypeFactory, LotFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def goods(seller):
    return [ProductFactory(organisation=seller.organisation) for _ in range(2)]


@pytest.fixture
def officer():
    return UserFactory(is_staff=True)


@pytest.fixture
def checked(seller, goods, officer, paper):
    """Checked with its issuer for the first of the goods."""
    return CertificateFactory(
        organisation=seller.organisation,
        products=goods[:1],
        proof=Proof.VERIFIED,
        checked_by=officer,
        evidence=paper(),
    )


def covered():
    """The products that pages, searches and the index show as covered, which must be the same ones."""
    valid, keys = Certificate.objects.valid(), list(Product.objects.values_list("pk", flat=True))
    shown = {one.pk for one in Product.objects.all() if certificates_on(one).exists()}
    found = set(Product.objects.filter(stands_behind(valid)).values_list("pk", flat=True))
    assert shown == found == {key for key, types in types_behind(keys, valid).items() if types}
    return shown


def test_checked_certificate_of_which_all_is_unticked_covers_nothing(checked, goods, seller):
    assert covered() == {goods[0].pk}

    bind_certificate(checked, products=[], lots=[], actor=seller.user)

    checked.refresh_from_db()
    assert (covered(), checked.proof, checked.asks_all) == (set(), Proof.VERIFIED, False)


def test_checked_certificate_whose_only_product_is_swapped_covers_neither_until_it_is_checked(
    checked, goods, seller, officer
):
    bind_certificate(checked, products=goods[1:], lots=[], actor=seller.user)
    waiting = covered()
    review_certificate(checked, Proof.VERIFIED, actor=officer)

    assert (waiting, covered()) == (set(), {goods[1].pk})


def test_certificate_whose_only_product_was_a_draft_that_is_deleted_covers_nothing(seller, goods):
    draft = ProductFactory(organisation=seller.organisation, is_public=False, listed_at=None, lots=[])
    CertificateFactory(organisation=seller.organisation, products=[draft], proof=Proof.VERIFIED)

    delete_draft(draft, actor=seller.user)

    assert not Product.objects.filter(pk=draft.pk).exists()
    assert covered() == set()


def test_checked_certificate_widened_to_everything_covers_what_was_checked_until_it_is_checked_again(
    checked, goods, seller, officer
):
    bind_certificate(checked, products=[], lots=[], covers_all=True, actor=seller.user)

    checked.refresh_from_db()
    assert (covered(), checked.covers_all, checked.asks_all) == ({goods[0].pk}, False, True)
    checked = review_certificate(checked, Proof.VERIFIED, actor=officer)
    assert (checked.covers_all, checked.asks_all) == (True, False)
    assert covered() == {one.pk for one in goods}


def test_wish_to_cover_everything_is_taken_back_before_anybody_looked(checked, goods, seller, officer):
    bind_certificate(checked, products=[], lots=[], covers_all=True, actor=seller.user)
    bind_certificate(checked, products=goods[:1], lots=[], actor=seller.user)

    review_certificate(checked, Proof.VERIFIED, actor=officer)

    assert covered() == {goods[0].pk}


def test_check_for_everything_is_narrowed_at_once_and_widened_after_a_look(checked, goods, seller):
    Certificate.objects.update(covers_all=True)
    everything = covered()

    bind_certificate(checked, products=goods[1:], lots=[], actor=seller.user)
    narrowed = covered()
    bind_certificate(checked, products=goods, lots=[], actor=seller.user)

    assert (everything, narrowed, covered()) == ({one.pk for one in goods}, {goods[1].pk}, {goods[1].pk})
    assert list(checked.asked_products.all()) == goods[:1]


def test_certificate_for_everything_needs_no_look_for_one_more_product(checked, goods, seller):
    Certificate.objects.update(covers_all=True)

    cover_product(checked, goods[1], actor=seller.user)

    assert (set(checked.products.all()), checked.asked_products.count()) == (set(goods), 0)


def test_declared_certificate_covers_everything_only_where_its_seller_says_so(seller, goods):
    facts = {"type": CertificateTypeFactory(), "valid_from": "2026-01-01", "actor": seller.user}

    add_certificate(seller.organisation, number="1", **facts)
    nothing = covered()
    add_certificate(seller.organisation, number="2", covers_all=True, **facts)

    ProductFactory()
    assert (nothing, covered()) == (set(), {one.pk for one in goods})


def test_new_paper_takes_the_wish_to_cover_everything_back_to_a_declaration(checked, goods, seller, paper):
    bind_certificate(checked, products=[], lots=[], covers_all=True, actor=seller.user)

    checked = bring_evidence(checked, evidence=paper(more=b"newer"), actor=seller.user)

    assert (checked.proof, checked.covers_all, checked.asks_all) == (Proof.DECLARED, True, False)


def test_certificate_of_a_lot_stands_behind_that_lot_alone(seller, goods):
    lot = LotFactory(product=goods[0])
    certificate = CertificateFactory(organisation=seller.organisation)
    certificate.lots.add(lot)

    assert covered() == set()
    assert list(certificates_on(goods[0], lot)) == [certificate]


@pytest.mark.parametrize(
    ("proof", "named", "bound_in", "said"),
    [
        (Proof.DECLARED, None, None, (True, False)),
        (Proof.DECLARED, [], 2026, (True, False)),
        (Proof.DECLARED, [7], 2026, (False, False)),
        (Proof.VERIFIED, None, None, (True, False)),
        (Proof.VERIFIED, [], 2024, (True, False)),
        (Proof.VERIFIED, [], 2026, (False, True)),
        (Proof.VERIFIED, [7], 2024, (False, False)),
    ],
)
def test_what_named_nothing_until_now_goes_on_covering_all_only_where_that_was_meant(
    proof, named, bound_in, said
):
    seen = None if proof == Proof.DECLARED else datetime(2025, 6, 1, tzinfo=UTC)
    certificate = CertificateFactory(proof=proof, checked_at=seen)
    if bound_in:
        record("bound", certificate, actor=None, products=named, lots=[])
        LogEntry.objects.update(at=datetime(bound_in, 1, 1, tzinfo=UTC))

    moved = import_module("catalogue.migrations.0053_certificates_say_that_they_cover_all")
    moved.say_what_covers_all(apps, None)

    certificate.refresh_from_db()
    assert (certificate.covers_all, certificate.asks_all) == said
