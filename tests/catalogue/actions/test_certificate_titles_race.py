"""A title written while an officer decides."""

import pytest

from catalogue.actions.certificates import (
    certificate_digest,
    keep_titles,
    reopen_for_titles,
    review_certificate,
)
from catalogue.actions.texts import write_text
from catalogue.models import Certificate, NewTitle
from catalogue.states import Proof
from moussem.core.errors import ChangedSinceShown
from tests.factories.catalogue import CertificateFactory, ProductFactory
from tests.factories.people import UserFactory
from tests.races import at_once, on_postgresql, while_it_waits

pytestmark = on_postgresql
DECISIONS = {
    "verified": lambda certificate, **told: review_certificate(certificate, Proof.VERIFIED, **told),
    "kept": keep_titles,
    "reopened": reopen_for_titles,
}


def retitled(product, title, seller):
    write_text(product, "en", title=title, actor=seller.user)


def titles():
    return [title.after for title in NewTitle.objects.all()]


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_title_that_is_being_written_is_waited_for_and_not_decided_unseen(paper, seller, decide):
    product = ProductFactory(organisation=seller.organisation)
    facts = {"proof": Proof.VERIFIED, "products": [product], "evidence": paper()}
    certificate = CertificateFactory(organisation=product.organisation, **facts)
    retitled(product, "Saffron threads", seller)
    shown = certificate_digest(Certificate.objects.get())
    told = {"actor": UserFactory(is_staff=True, is_superuser=True), "shown": shown}

    with pytest.raises(ChangedSinceShown), while_it_waits(product, lambda: decide(certificate, **told)):
        retitled(product, "Plastic cups", seller)

    assert titles() == ["Plastic cups"]


def test_of_a_decision_and_a_title_at_once_no_title_is_lost(paper, seller):
    officer = UserFactory(is_staff=True, is_superuser=True)
    product = ProductFactory(organisation=seller.organisation)
    facts = {"proof": Proof.DECLARED, "products": [product], "evidence": paper()}
    certificate = CertificateFactory(organisation=product.organisation, **facts)
    shown = certificate_digest(Certificate.objects.get())

    decision, _text = at_once(
        lambda: review_certificate(certificate, Proof.REVIEWED, actor=officer, shown=shown),
        lambda: retitled(product, "Plastic cups", seller),
    )

    # Either the title came first, and nothing was decided, or it waits for another look.
    refused = isinstance(decision, ChangedSinceShown)
    proof = Certificate.objects.get().proof
    assert (proof, titles()) == ((Proof.DECLARED, []) if refused else (Proof.REVIEWED, ["Plastic cups"]))
