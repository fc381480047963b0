import pytest
from django.test import Client
from django.urls import reverse

from moussem.organisations.states import Role, Verification
from tests.factories.organisations import (
    ApprovalLimitFactory,
    MembershipFactory,
    OrganisationFactory,
    ProxyConsentFactory,
)
from tests.factories.people import UserFactory, signed_in_lately

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PRIVATE = ("contact@", "+212 528 85 00 00", "12 rue Secrète", "RC-77", "MA64011519000001205000534921")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def secretive(**fields):
    return OrganisationFactory(
        address="12 rue Secrète",
        registration_number="RC-77",
        iban="MA64011519000001205000534921",
        bank_name="Banque de Taroudant",
        **fields,
    )


def page_of(organisation, client=None):
    answer = (client or Client()).get(reverse("organisations:page", args=[organisation.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_public_page_tells_story_place_and_mark():
    organisation = secretive(
        story_en="We pick at dawn.", women_led=True, checked_by=UserFactory(is_staff=True)
    )

    page = page_of(organisation)

    for shown in ("We pick at dawn.", "Taroudant", "Souss-Massa", "Verified", "Led by women", "Arabic"):
        assert shown in page


@pytest.mark.parametrize("viewer", ["anonymous", "nobody", "unverified buyer"])
def test_private_data_is_hidden_from_those_nobody_checked(viewer):
    organisation = secretive()
    client = Client()
    if viewer != "anonymous":
        user = UserFactory()
        client = signed_in(user)
    if viewer == "unverified buyer":
        MembershipFactory(
            user=user, organisation__buyer=True, organisation__verification=Verification.DECLARED
        )

    page = page_of(organisation, client)

    assert [text for text in (*PRIVATE, "Banque de Taroudant") if text in page] == []


def test_member_of_checked_organisation_sees_contacts_but_no_account():
    organisation = secretive()
    buyer = MembershipFactory(organisation__buyer=True)

    page = page_of(organisation, signed_in(buyer.user))

    shown = [text for text in (*PRIVATE, "Banque de Taroudant") if text in page]
    assert shown == ["contact@", "+212 528 85 00 00", "12 rue Secrète", "RC-77"]


def test_membership_that_ended_hides_contacts_again():
    organisation = secretive()
    buyer = MembershipFactory(organisation__buyer=True, is_active=False)

    assert "contact@" not in page_of(organisation, signed_in(buyer.user))


def test_buyer_page_is_not_there_for_strangers():
    buyer = OrganisationFactory(buyer=True)

    for client in (Client(), signed_in(MembershipFactory().user)):
        assert client.get(reverse("organisations:page", args=[buyer.slug])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_index_costs_the_same_queries_for_any_number(rows, django_assert_num_queries):
    OrganisationFactory.create_batch(rows)

    with django_assert_num_queries(4):
        page = Client().get(reverse("organisations:index")).content.decode()

    assert page.count("Coopérative Tizi") == rows


def test_index_shows_sellers_of_the_region_and_no_buyer():
    ours = OrganisationFactory(name="Tizi of Souss")
    OrganisationFactory(name="Rif", province__code="MA-CHE")
    OrganisationFactory(buyer=True, name="Lumière")

    def named(address):
        return [one.name for one in Client().get(address).context["organisations"]]

    assert named(reverse("organisations:index")) == ["Rif", "Tizi of Souss"]
    assert named(reverse("organisations:index") + "?region=MA-09") == [ours.name]
    assert named(reverse("organisations:index") + "?region=x'") == ["Rif", "Tizi of Souss"]


@pytest.mark.parametrize("typed", ["zaafran", "Zaâfran tizi", "تيزي", "TIZI zaafran"])
def test_sellers_are_found_by_words_of_their_name_with_or_without_accents(typed):
    found = OrganisationFactory(name="Coopérative Tizi-Zaâfran", name_ar="تعاونية تيزي", slug="tizi-zaafran")
    OrganisationFactory(name="Rif", name_ar="الريف", slug="rif")

    page = Client().get(reverse("organisations:index"), {"name": typed})

    assert list(page.context["organisations"]) == [found]


def test_name_that_nobody_has_leads_back_to_all():
    OrganisationFactory(name="Rif")

    page = Client().get(reverse("organisations:index"), {"name": "<nobody>"})

    assert list(page.context["organisations"]) == []
    assert "No name like this" in page.content.decode()


def test_empty_index_says_what_to_do():
    page = Client().get(reverse("organisations:index")).content.decode()

    assert reverse("organisations:register") in page


OWNER_PAGES = ["edit", "bank", "members", "invite", "consents"]


@pytest.mark.parametrize("name", OWNER_PAGES)
def test_owner_pages_exist_for_the_owner_only(name):
    owner = MembershipFactory()
    address = reverse(f"organisations:{name}", args=[owner.organisation.slug])

    for stranger in (
        MembershipFactory().user,
        MembershipFactory(organisation__buyer=True).user,
        UserFactory(),
    ):
        assert signed_in(stranger).get(address).status_code == 404
        assert signed_in(stranger).post(address, {}).status_code in (404, 405)
    assert Client().get(address).status_code == 302
    client = signed_in_lately(owner.user)
    assert client.get(address).status_code == 200


def test_viewer_reads_members_and_changes_nothing():
    viewer = MembershipFactory(role=Role.VIEWER)
    other = MembershipFactory(organisation=viewer.organisation)
    client = signed_in(viewer.user)
    slug = viewer.organisation.slug

    assert client.get(reverse("organisations:members", args=[slug])).status_code == 200
    for name in ("edit", "bank", "invite"):
        assert client.get(reverse(f"organisations:{name}", args=[slug])).status_code == 404
    for name in ("role", "limits", "end"):
        address = reverse(f"organisations:{name}", args=[slug, other.pk])
        assert client.post(address, {"role": "viewer", "EUR": "1"}).status_code == 404
    other.refresh_from_db()
    assert (other.role, other.is_active) == (Role.OWNER, True)


def test_every_page_opens_in_three_languages():
    limit = ApprovalLimitFactory()
    buyer = limit.membership.organisation
    consent = ProxyConsentFactory()
    cooperative = consent.membership.organisation
    owner = MembershipFactory(organisation=cooperative)
    MembershipFactory(user=owner.user, organisation=buyer)
    client = signed_in_lately(owner.user)
    places = [
        reverse("organisations:mine"),
        reverse("organisations:register_step", args=["what"]),
        reverse("organisations:member", args=[buyer.slug, limit.membership.pk]),
        reverse("organisations:member", args=[cooperative.slug, consent.membership.pk]),
        *[reverse(f"organisations:{name}", args=[cooperative.slug]) for name in ("page", *OWNER_PAGES)],
        reverse("people:settings"),
        reverse("people:security"),
    ]

    for language in ("en", "fr", "ar"):
        for place in places:
            address = place.replace("/en/", f"/{language}/", 1)
            assert (address, client.get(address).status_code) == (address, 200)


@pytest.mark.parametrize("asked", ["99", "0", "x", "last"])
def test_a_page_of_the_index_that_does_not_exist_shows_the_nearest(client, asked):
    answer = client.get(reverse("organisations:index"), {"page": asked})

    assert (answer.status_code, answer.context["page_obj"].number) == (200, 1)
