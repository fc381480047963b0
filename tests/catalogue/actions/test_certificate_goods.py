"""A checked certificate stands behind the goods that were looked at, and behind no others."""

import pytest

from catalogue.actions.certificates import review_certificate
from catalogue.actions.products import change_details
from catalogue.actions.texts import write_text
from catalogue.queries import certificates_on
from catalogue.states import Proof
from moussem.core.log import history_of
from moussem.regions.models import HsCode
from tests.factories.catalogue import CertificateFactory, LotFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def product(seller):
    return ProductFactory(organisation=seller.organisation)


@pytest.fixture
def other_code():
    return HsCode.objects.create(
        code="392690", level=6, section="VII", official_en="Plastics", label_en="Plastics"
    )


def certified(product, paper, **facts):
    facts = {"proof": Proof.VERIFIED, "products": [product], "evidence": paper(), **facts}
    return CertificateFactory(organisation=product.organisation, **facts)


def test_product_of_another_customs_code_waits_for_another_look(product, other_code, seller, paper):
    certificate = certified(product, paper)

    change_details(product, hs_code=other_code, actor=seller.user)
    waiting = list(certificates_on(product))
    asked = list(certificate.asked_products.all())
    review_certificate(certificate, Proof.VERIFIED, actor=UserFactory(is_staff=True))

    assert (waiting, asked, list(certificates_on(product))) == ([], [product], [certificate])
    assert [line.verb for line in history_of(certificate)] == ["goods.changed", "checked.verified"]


def test_lots_of_a_product_of_another_customs_code_wait_too(product, other_code, seller, paper):
    lot = LotFactory(product=product)
    certificate = certified(product, paper, products=[])
    certificate.lots.add(lot)

    change_details(product, hs_code=other_code, actor=seller.user)

    assert (list(certificate.lots.all()), list(certificate.asked_lots.all())) == ([], [lot])


@pytest.mark.parametrize("facts", [{"proof": Proof.DECLARED}, {"covers_all": True}])
def test_what_was_only_declared_or_names_no_goods_goes_on(product, other_code, seller, paper, facts):
    certificate = certified(product, paper, **facts)

    change_details(product, hs_code=other_code, actor=seller.user)

    assert (list(certificates_on(product)), certificate.asked_products.count()) == ([certificate], 0)


def test_same_customs_code_and_other_details_ask_for_no_look(product, seller, paper):
    certificate = certified(product, paper)

    change_details(product, hs_code=product.hs_code, lead_time_days=9, actor=seller.user)

    assert list(certificates_on(product)) == [certificate]


def test_new_title_alone_takes_nothing_back_and_stands_in_the_log_of_officers(product, seller, paper):
    certificate = certified(product, paper)
    before = product.texts.get(language="en").title

    write_text(product, "en", title="Plastic cups", actor=seller.user)
    write_text(product, "en", title="Plastic cups", description="Ten", actor=seller.user)

    assert list(certificates_on(product)) == [certificate]
    (line,) = history_of(certificate)
    told = {"product": product.pk, "language": "en", "before": before, "after": "Plastic cups"}
    assert (line.verb, line.actor, line.facts) == ("goods.retitled", seller.user, told)
