import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from catalogue.actions.certificates import certificate_digest
from catalogue.models import Category, Certificate, Family, Product, StaleOffer
from catalogue.states import Proof
from moussem.core.log import history_of
from tests.factories.catalogue import CertificateFactory, FamilyFactory, LotFactory, ProductFactory
from tests.factories.people import UserFactory
from tests.sent_forms import as_shown

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


def page_of(certificate):
    return reverse("admin:catalogue_certificate_change", args=[certificate.pk])


def shown_on(client, certificate):
    """The word for what the page of a certificate shows."""
    return client.get(page_of(certificate)).context["shown"]


def act(client, decision, certificate, reason="seen"):
    told = {
        "_decide": "Decide",
        "decision": decision,
        "reason": reason,
        "shown": shown_on(client, certificate),
    }
    return client.post(page_of(certificate), told, follow=True)


def test_certificate_that_changed_since_it_was_shown_is_not_marked_as_seen(officer):
    certificate = CertificateFactory(products=[ProductFactory()])
    shown = shown_on(officer, certificate)
    certificate.asked_products.add(ProductFactory(organisation=certificate.organisation))

    told = {"_decide": "Decide", "decision": "mark_reviewed", "reason": "seen", "shown": shown}
    answer = officer.post(page_of(certificate), told, follow=True)

    certificate.refresh_from_db()
    assert (certificate.proof, certificate.asked_products.count()) == (Proof.DECLARED, 1)
    assert "not what you were shown" in answer.content.decode()


def test_refused_decision_about_a_certificate_comes_back_with_its_reason(officer):
    certificate = CertificateFactory(products=[ProductFactory()])

    page = act(officer, "keep_new_titles", certificate, reason="Seen at the fair.")

    assert (page.status_code, page.redirect_chain) == (200, [])
    assert list(page.context["decision"].errors) == ["decision"]
    assert as_shown(page)["reason"] == ["Seen at the fair."]
    assert as_shown(page)["shown"] == [shown_on(officer, certificate)]


def test_certificate_whose_product_became_other_goods_is_not_what_was_shown(officer):
    product = ProductFactory()
    certificate = CertificateFactory(products=[product])
    shown = certificate_digest(certificate)

    Product.objects.filter(pk=product.pk).update(product_class=FamilyFactory(slug="cups", name="Cups"))

    assert certificate_digest(Certificate.objects.get()) != shown


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
        "units": "kg",
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

    page = act(officer, "mark_reviewed", bare).content.decode()
    act(officer, "mark_reviewed", shown)

    assert "There is no paper to look at" in page
    assert dict(Certificate.objects.values_list("pk", "proof")) == {
        bare.pk: Proof.DECLARED,
        shown.pk: Proof.REVIEWED,
    }


def test_admin_never_deletes_a_product(officer):
    product = ProductFactory(product_class=FamilyFactory())

    assert officer.post(reverse("admin:catalogue_product_delete", args=[product.pk])).status_code == 403
    assert Product.objects.count() == 1


def test_change_of_a_department_is_logged_and_its_products_are_indexed_anew(officer, settings, tmp_path):
    settings.SEARCH_ENGINE, settings.VAR_DIR = "embedded", tmp_path
    product = ProductFactory()
    department = product.product_class.department
    StaleOffer.objects.all().delete()
    address = reverse("admin:catalogue_category_change", args=[department.pk])
    form = officer.get(address).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value is not None}

    officer.post(
        address, {**typed, "name_fr": "Épices rares", "_position": "first-child", "_ref_node_id": ""}
    )

    line = history_of(department).last()
    assert (line.verb, line.actor, line.facts["fields"]) == (
        "changed_by_officer",
        officer.person,
        ["name_fr"],
    )
    assert list(StaleOffer.objects.values_list("product_id", flat=True)) == [product.pk]


def test_department_dragged_to_another_place_is_logged(officer):
    first, second = Category.add_root(name="First"), Category.add_root(name="Second")
    data = {"node_id": second.pk, "sibling_id": first.pk, "as_child": 0}

    moved = officer.post(reverse("admin:catalogue_category_changelist") + "move/", data)

    assert moved.status_code == 200
    assert [(line.verb, line.facts) for line in history_of(second)] == [
        ("changed_by_officer", {"fields": ["place"]})
    ]


def listed(officer, **chosen):
    """The certificates that the list shows."""
    return set(
        officer.get(reverse("admin:catalogue_certificate_changelist"), chosen).context["cl"].result_list
    )


def test_certificates_that_wait_for_an_officer_are_those_that_ask_for_products_lots_or_all(officer):
    rests, asks_all = CertificateFactory(), CertificateFactory(asks_all=True)
    of_product, of_lot = CertificateFactory(), CertificateFactory()
    of_product.asked_products.add(ProductFactory(organisation=of_product.organisation))
    of_lot.asked_lots.add(LotFactory())

    page = officer.get(reverse("admin:catalogue_certificate_changelist")).content.decode()

    assert listed(officer, waits="yes") == {asks_all, of_product, of_lot}
    assert listed(officer, waits="no") == {rests}
    told = [
        f'<td class="field-waits">{text}</td>' in page for text in ("everything", "1 product", "1 lot", "–")
    ]
    assert told == [True] * 4


def test_officer_refuses_only_the_widening_of_what_was_checked(officer, paper):
    product = ProductFactory()
    certificate = CertificateFactory(
        organisation=product.organisation, products=[product], proof=Proof.VERIFIED, evidence=paper()
    )
    certificate.asked_products.add(ProductFactory(organisation=product.organisation))

    page = act(officer, "set_back", certificate).content.decode()
    act(officer, "refuse_what_is_asked", certificate, reason="not on the paper")

    certificate.refresh_from_db()
    assert "Refuse that first" in page
    assert (certificate.proof, list(certificate.products.all())) == (Proof.VERIFIED, [product])
    assert certificate.asked_products.count() == 0
    line = history_of(certificate).last()
    assert (line.verb, line.facts["reason"]) == ("widening.refused", "not on the paper")
    act(officer, "set_back", certificate)
    certificate.refresh_from_db()
    assert certificate.proof == Proof.DECLARED


def test_officer_types_the_units_of_a_family_in_their_order(officer):
    family = FamilyFactory(units=["kg", "g"], allergens=[])
    page = reverse("admin:catalogue_productclass_change", args=[family.pk])
    form = officer.get(page).context["adminform"].form
    inlines = [
        f"{inline}-{count}_FORMS" for inline in ("attributes", "lab_fields") for count in ("TOTAL", "INITIAL")
    ]
    kept = {name: form[name].value() or "" for name in form.fields} | dict.fromkeys(inlines, 0)

    refused = officer.post(page, {**kept, "units": '["kg"]', "allergens": "[[1]]"})
    saved = officer.post(page, {**kept, "units": "g  kg", "allergens": ["nuts"]})

    family.refresh_from_db()
    assert list(refused.context["adminform"].form.errors) == ["units", "allergens"]
    assert (saved.status_code, family.units, family.allergens) == (302, ["g", "kg"], ["nuts"])


def test_report_of_a_lot_is_read_where_it_is_handed_out(admin_client):
    lot = LotFactory(code="TAL-2025", report=ContentFile(b"%PDF-1.7", name="x.pdf"))

    page = admin_client.get(reverse("admin:catalogue_lot_change", args=[lot.pk])).content.decode()

    assert f"/lots/{lot.organisation.slug}/TAL-2025/report/" in page
    assert lot.report.url not in page
