from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.organisations.states import Role
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CHANGELIST = reverse("admin:organisations_organisation_changelist")
TO_CHECK = f"{CHANGELIST}?check_asked_at__isempty=0"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def desk_of(user):
    answer = signed_in(user).get("/en/desk/orders/")
    assert answer.status_code == 403
    return answer.content.decode().split("<main")[1].partition("</main>")[0]


def test_stranger_to_the_desk_is_offered_to_register_and_to_look_at_their_organisations():
    page = desk_of(UserFactory())

    assert reverse("organisations:register") in page
    assert reverse("organisations:mine") in page
    assert "mailto:" not in page


def test_member_with_another_role_is_offered_to_write_to_the_owner_of_the_same_organisation():
    owner = MembershipFactory(user__email="owner@example.com")
    MembershipFactory(user__email="stranger@example.com")
    viewer = MembershipFactory(organisation=owner.organisation, role=Role.VIEWER)

    page = desk_of(viewer.user)

    assert "mailto:owner@example.com" in page
    assert "stranger@example.com" not in page


def test_officer_finds_the_administration_and_how_many_organisations_wait():
    OrganisationFactory(check_asked_at=timezone.now())
    OrganisationFactory()

    page = signed_in(UserFactory(is_staff=True, is_superuser=True)).get("/en/settings/").content.decode()

    assert f'href="{reverse("admin:index")}"' in page
    assert TO_CHECK in page
    assert "Organisations to check (<bdi>1</bdi>)" in page


def test_nobody_else_finds_the_administration_or_pays_for_its_count(django_assert_num_queries):
    OrganisationFactory(check_asked_at=timezone.now())
    client = signed_in(UserFactory())
    client.get("/en/settings/")

    with django_assert_num_queries(5):
        page = client.get("/en/settings/").content.decode()

    assert reverse("admin:index") not in page
    assert TO_CHECK not in page


def test_who_asked_first_for_the_check_stands_first_in_the_list_of_the_officers():
    now = timezone.now()
    OrganisationFactory(name="A", check_asked_at=None)
    for name, days in (("B", 1), ("C", 3), ("D", 2)):
        OrganisationFactory(name=name, check_asked_at=now - timedelta(days=days))

    page = signed_in(UserFactory(is_staff=True, is_superuser=True)).get(CHANGELIST)

    assert [one.name for one in page.context["cl"].result_list] == ["C", "D", "B", "A"]
