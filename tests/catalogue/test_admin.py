import pytest
from django.urls import reverse

from catalogue.models import Certificate, Family, Product
from catalogue.states import Proof
from moussem.core.log import history_of
from tests.factories.catalogue import CertificateFactory, FamilyFactory, ProductFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LISTED = (
    "productclass",
    "attributeoptiongroup",
    "category",
    "product",
    "certificate",
    "certificatetype",
    "protectedname",
    "lablimit",
    "lot",
    "productlist",
    "concept",
    "request",
)


@pytest.fixture
def officer(client):
    """A client signed in as a superuser; ``officer.person`` is who."""
    client.person = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(client.person)
    return client


def act(client, action, *certificates, reason="seen"):
    chosen = [certificate.pk for certificate in certificates]
    data = {"action": action, "_selected_action": chosen, "reason": reason}
    return client.post(reverse("admin:catalogue_certificate_changelist"), data, follow=True)


@pytest.mark.parametrize("name", LISTED)
def test_every_list_opens_and_is_searched(officer, name):
    CertificateFactory(products=[ProductFactory()])

    assert officer.get(reverse(f"admin:catalogue_{name}_changelist"), {"q": "saff"}).status_code == 200


def test_product_is_read_with_all_that_hangs_from_it(officer):
    product = ProductFactory()

    page = officer.get(reverse("admin:catalogue_product_change", args=[product.pk])).content.decode()

    assert product.lots.get().code in page
    assert 'name="_save"' not in page


def test_new_family_is_made_with_its_questions_and_fields(officer):
    data = {
        "name": "Capers",
        "name_fr": "Câpres",
        "name_ar": "كبار",
        "drawing": "olives-capers",
        "units": '["kg"]',
        "allergens": "[]",
        "attributes-TOTAL_FORMS": "1",
        "attributes-INITIAL_FORMS": "0",
        "attributes-0-name": "Calibre",
        "attributes-0-code": "calibre",
        "attributes-0-type": "text",
        "attributes-0-order": "0",
        "lab_fields-TOTAL_FORMS": "1",
        "lab_fields-INITIAL_FORMS": "0",
        "lab_fields-0-name_en": "Salt",
        "lab_fields-0-code": "salt",
        "lab_fields-0-order": "0",
    }

    answer = officer.post(reverse("admin:catalogue_productclass_add"), data)

    assert answer.status_code == 302
    family = Family.objects.get(slug="capers")
    assert [one.code for one in family.attributes.all()] == ["calibre"]
    assert [one.code for one in family.lab_fields.all()] == ["salt"]
    assert [line.verb for line in history_of(family)] == ["created_by_officer"]


def test_officer_reviews_certificates_and_is_named(officer, paper):
    certificate = CertificateFactory(evidence=paper())

    act(officer, "mark_reviewed", certificate)
    act(officer, "mark_verified", certificate)

    certificate.refresh_from_db()
    assert (certificate.proof, certificate.checked_by) == (Proof.VERIFIED, officer.person)
    assert [line.facts["reason"] for line in history_of(certificate)] == ["seen", "seen"]


def test_certificate_without_paper_stays_declared_and_the_officer_is_told(officer, paper):
    bare, shown = CertificateFactory(), CertificateFactory(evidence=paper())

    page = act(officer, "mark_reviewed", bare, shown).content.decode()

    assert "There is no paper to look at" in page
    assert dict(Certificate.objects.values_list("pk", "proof")) == {
        bare.pk: Proof.DECLARED,
        shown.pk: Proof.REVIEWED,
    }


def test_admin_never_deletes_a_product(officer):
    product = ProductFactory(product_class=FamilyFactory())

    assert officer.post(reverse("admin:catalogue_product_delete", args=[product.pk])).status_code == 403
    assert Product.objects.count() == 1
