"""A product that gets another title under a checked certificate: an officer keeps it or looks again."""

import pytest
from django.urls import reverse

from catalogue.actions.certificates import (
    bind_certificate,
    certificate_digest,
    keep_titles,
    reopen_for_titles,
    review_certificate,
)
from catalogue.actions.texts import write_text
from catalogue.errors import NoNewTitles
from catalogue.models import Certificate, NewTitle
from catalogue.queries import certificates_on
from catalogue.queries.certificates import has_new_titles
from catalogue.states import Proof
from moussem.core.errors import ChangedSinceShown, NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from tests.factories.catalogue import CertificateFactory, LotFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def product(seller):
    return ProductFactory(organisation=seller.organisation)


@pytest.fixture
def certificate(product, paper):
    return CertificateFactory(
        organisation=product.organisation, proof=Proof.VERIFIED, products=[product], evidence=paper()
    )


@pytest.fixture
def officer():
    return UserFactory(is_staff=True, is_superuser=True)


def retitle(product, title, language="en"):
    """The product under another title; what it was called before."""
    before = product.texts.get(language=language).title
    write_text(product, language, title=title, actor=product.organisation.memberships.get().user)
    return before


def waiting(certificate):
    """The titles of a certificate that wait for an officer."""
    return [(one.product_id, one.language, one.before, one.after) for one in certificate.new_titles.all()]


def test_title_that_was_checked_waits_beside_the_last_one(product, certificate):
    before = retitle(product, "Plastic cups")
    retitle(product, "Plastic plates")

    assert waiting(certificate) == [(product.pk, "en", before, "Plastic plates")]
    assert list(Certificate.objects.filter(has_new_titles())) == [certificate]
    assert list(certificates_on(product)) == [certificate]


def test_title_that_is_taken_back_waits_no_more(product, certificate):
    before = retitle(product, "Plastic cups")
    retitle(product, before)

    assert waiting(certificate) == []


def test_product_whose_lot_is_certified_waits_too(product, certificate):
    certificate.products.clear()
    certificate.lots.add(LotFactory(product=product))

    before = retitle(product, "Plastic cups")

    assert waiting(certificate) == [(product.pk, "en", before, "Plastic cups")]


@pytest.mark.parametrize("facts", [{"proof": Proof.DECLARED}, {"covers_all": True}])
def test_what_was_only_declared_or_names_no_goods_waits_for_nobody(product, certificate, facts):
    Certificate.objects.filter(pk=certificate.pk).update(**facts)

    retitle(product, "Plastic cups")

    assert waiting(certificate) == []


def test_officer_keeps_a_new_title_and_the_certificate_stands(product, certificate, officer):
    before = retitle(product, "Plastic cups")

    keep_titles(certificate, actor=officer, reason="same goods")

    assert (waiting(certificate), list(certificates_on(product))) == ([], [certificate])
    line = history_of(certificate).last()
    told = {"reason": "same goods", "titles": [[product.pk, "en", before, "Plastic cups"]]}
    assert (line.verb, line.actor, line.facts) == ("titles.kept", officer, told)


def test_officer_reopens_and_the_product_waits_for_another_look(product, certificate, officer):
    other, lot = ProductFactory(organisation=product.organisation), LotFactory(product=product)
    certificate.products.add(other)
    certificate.lots.add(lot)
    retitle(product, "Plastic cups")

    reopen_for_titles(certificate, actor=officer, reason="other goods")

    assert (list(certificate.products.all()), list(certificate.asked_products.all())) == ([other], [product])
    assert (list(certificate.asked_lots.all()), waiting(certificate)) == ([lot], [])
    assert (list(certificates_on(product)), history_of(certificate).last().verb) == ([], "titles.reopened")


@pytest.mark.parametrize("act", [keep_titles, reopen_for_titles])
def test_who_is_no_officer_or_was_shown_something_else_decides_nothing(
    product, certificate, officer, seller, act
):
    nothing = certificate_digest(certificate)
    with pytest.raises(NoNewTitles):
        act(certificate, actor=officer)
    before = retitle(product, "Plastic cups")
    lines = LogEntry.objects.count()

    with pytest.raises(NotYours):
        act(certificate, actor=seller.user)
    with pytest.raises(ChangedSinceShown):
        act(certificate, actor=officer, shown=nothing)

    assert waiting(certificate) == [(product.pk, "en", before, "Plastic cups")]
    assert LogEntry.objects.count() == lines


@pytest.mark.parametrize("to", [Proof.VERIFIED, Proof.DECLARED])
def test_another_look_at_all_of_it_is_a_look_at_its_titles(product, certificate, officer, to):
    retitle(product, "Plastic cups")

    review_certificate(certificate, to, actor=officer)

    assert NewTitle.objects.count() == 0


def test_product_that_is_covered_no_more_waits_no_more(product, certificate, seller):
    retitle(product, "Plastic cups")

    bind_certificate(certificate, products=[], lots=[], actor=seller.user)

    assert waiting(certificate) == []


def test_desk_finds_it_shows_both_titles_and_takes_the_decision(product, certificate, officer, client):
    CertificateFactory(organisation=product.organisation, number="other")
    before = retitle(product, "Plastic cups")
    client.force_login(officer)
    address = reverse("admin:catalogue_certificate_changelist")

    listed = client.get(address, {"waits": "yes"})
    page = client.get(reverse("admin:catalogue_certificate_change", args=[certificate.pk])).content.decode()
    mark = page.partition(f'name="read-{certificate.pk}" value="')[2].partition('"')[0]
    form = {"action": "keep_new_titles", "_selected_action": certificate.pk, "index": "0"}
    client.post(address, {**form, f"read-{certificate.pk}": mark})

    assert (
        [one.pk for one in listed.context["cl"].result_list],
        "1 new title" in listed.content.decode(),
    ) == (
        [certificate.pk],
        True,
    )
    assert [title in page for title in (before, "Plastic cups")] == [True, True]
    assert waiting(certificate) == []
