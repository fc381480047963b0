"""A product that gets another title under a checked certificate: an officer keeps it or looks again."""

import pytest
from django.urls import reverse

from catalogue.actions.certificates import (
    bind_certificate,
    certificate_digest,
    keep_titles,
    refuse_widening,
    reopen_for_titles,
    review_certificate,
)
from catalogue.actions.texts import write_text
from catalogue.errors import NoNewTitles
from catalogue.models import Certificate, NewTitle, Product
from catalogue.queries import certificates_on
from catalogue.queries.certificates import has_new_titles
from catalogue.states import Proof
from moussem.core.errors import ChangedSinceShown, NotYours
from moussem.core.log import history_of
from moussem.core.models import LogEntry
from moussem.regions.models import HsCode
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


@pytest.mark.parametrize("relation", ["lots", "asked_lots"])
def test_title_waits_on_while_a_lot_of_its_product_is_named(product, certificate, seller, relation):
    lot = LotFactory(product=product)
    before = retitle(product, "Plastic cups")
    certificate.products.clear()
    getattr(certificate, relation).add(lot)

    bind_certificate(certificate, products=[], lots=[lot], actor=seller.user)

    assert waiting(certificate) == [(product.pk, "en", before, "Plastic cups")]


def test_title_of_what_the_certificate_is_refused_to_cover_waits_no_more(product, certificate, officer):
    retitle(product, "Plastic cups")
    certificate.products.clear()
    certificate.asked_products.add(product)

    refuse_widening(certificate, actor=officer)

    assert waiting(certificate) == []


def test_desk_finds_it_shows_both_titles_and_takes_the_decision(product, certificate, officer, client):
    CertificateFactory(organisation=product.organisation, number="other")
    before = retitle(product, "Plastic cups")
    client.force_login(officer)
    address = reverse("admin:catalogue_certificate_changelist")

    listed = client.get(address, {"waits": "yes"})
    page = client.get(reverse("admin:catalogue_certificate_change", args=[certificate.pk]))
    told = {"_decide": "Decide", "decision": "keep_new_titles", "shown": page.context["shown"]}
    client.post(page.request["PATH_INFO"], told)

    assert (
        [one.pk for one in listed.context["cl"].result_list],
        "1 new title" in listed.content.decode(),
    ) == (
        [certificate.pk],
        True,
    )
    assert [title in page.content.decode() for title in (before, "Plastic cups")] == [True, True]
    assert waiting(certificate) == []


def hs_code(code):
    facts = {"section": "VII", "official_en": "Goods", "label_en": "Goods"}
    return HsCode.objects.get_or_create(code=code, defaults={"level": len(code), **facts})[0]


def named(how, certificate, product, seller):
    """A product that a declared or a checked certificate names in one of the ways there are."""
    other, lot = ProductFactory(organisation=product.organisation), LotFactory(product=product)
    match how:
        case "declared":
            Certificate.objects.update(proof=Proof.DECLARED)
        case "asked":
            bind_certificate(certificate, products=[product, other], lots=[], actor=seller.user)
            return other
        case "lot" | "asked lot":
            certificate.products.clear()
            (certificate.lots if how == "lot" else certificate.asked_lots).add(lot)
    return product


@pytest.mark.parametrize("how", ["declared", "covered", "asked", "lot", "asked lot"])
@pytest.mark.parametrize("change", ["title", "title in French", "customs code"])
def test_product_that_is_called_otherwise_since_the_page_is_not_what_was_shown(
    product, certificate, officer, seller, how, change
):
    product = named(how, certificate, product, seller)
    write_text(product, "fr", title="Safran", actor=seller.user)
    NewTitle.objects.all().delete()
    shown, proof = certificate_digest(Certificate.objects.get()), Certificate.objects.get().proof
    if change == "customs code":
        Product.objects.filter(pk=product.pk).update(hs_code=hs_code("392410"))
    else:
        retitle(product, "Plastic cups", "en" if change == "title" else "fr")
    waits = waiting(certificate)

    with pytest.raises(ChangedSinceShown):
        review_certificate(Certificate.objects.get(), Proof.REVIEWED, actor=officer, shown=shown)

    assert (Certificate.objects.get().proof, waiting(certificate)) == (proof, waits)


def test_page_of_a_certificate_shows_every_title_and_code_of_what_it_names(certificate, officer, client):
    lot = LotFactory(product=ProductFactory(organisation=certificate.organisation))
    certificate.asked_lots.add(lot)
    write_text(lot.product, "ar", title="زعفران", actor=lot.product.organisation.memberships.get().user)
    Product.objects.filter(pk=lot.product_id).update(hs_code=hs_code("091020"))
    client.force_login(officer)

    page = client.get(reverse("admin:catalogue_certificate_change", args=[certificate.pk])).content.decode()

    assert '<bdi lang="ar">زعفران</bdi>' in page
    assert "<bdi>091020</bdi>" in page
