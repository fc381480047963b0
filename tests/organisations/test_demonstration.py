import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from moussem.core.demonstration import PASSWORD
from moussem.organisations.demonstration import PEOPLE, bring_in_the_people
from moussem.organisations.models import ApprovalLimit, Membership, Organisation, ProxyConsent
from moussem.organisations.rules import may_approve_for, may_buy_for, may_sell_for
from moussem.organisations.states import Kind
from moussem.people.models import User
from moussem.regions.models import Country

pytestmark = [pytest.mark.integration, pytest.mark.filled, pytest.mark.django_db]


@pytest.fixture
def people():
    """The organisations that the people belong to, and the people."""
    country = Country.objects.create(code="MA", iso3="MAR", name_en="Morocco")
    for code in ("b01", "c01", "c04", "c10"):
        kind = Kind.BUYER if code == "b01" else Kind.COOPERATIVE
        Organisation.objects.create(code=code, slug=code, name=code, kind=kind, country=country)
    bring_in_the_people()
    return {user.email.partition("@")[0]: user for user in User.objects.all()}


def test_everybody_may_sign_in(people, client):
    assert set(people) == {"buyer", "purchaser", "cooperative", "cooperative2", "delegate", "staff"}
    assert all(user.check_password(PASSWORD) for user in people.values())
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(PEOPLE)


def test_everybody_may_do_what_the_role_says(people):
    buyer, saffron = Organisation.objects.get(code="b01"), Organisation.objects.get(code="c01")

    assert may_buy_for(people["purchaser"], buyer)
    assert not may_approve_for(people["purchaser"], buyer)
    assert may_approve_for(people["buyer"], buyer)
    assert may_sell_for(people["cooperative"], saffron)
    assert may_sell_for(people["delegate"], Organisation.objects.get(code="c10"))
    assert not may_sell_for(people["delegate"], saffron)


def test_people_are_brought_in_once(people):
    bring_in_the_people()

    assert User.objects.count() == len(PEOPLE)
    assert Membership.objects.count() == len(PEOPLE) - 1
    assert ApprovalLimit.objects.count() == 1
    assert ProxyConsent.objects.count() == 1


def test_who_is_signed_in_stays_so_when_the_people_are_brought_in_again(people, client):
    client.force_login(people["buyer"], backend="allauth.account.auth_backends.AuthenticationBackend")

    bring_in_the_people()

    assert client.get(reverse("people:settings")).status_code == 200


def test_password_that_a_visitor_changed_is_the_printed_one_again(people):
    people["buyer"].set_password("another-password")
    people["buyer"].save(update_fields=["password"])

    bring_in_the_people()

    assert User.objects.get(pk=people["buyer"].pk).check_password(PASSWORD)


def test_delegate_acts_with_a_consent_that_an_officer_recorded_and_a_paper(people):
    consent = ProxyConsent.objects.get()

    assert (consent.recorded_by.is_staff, consent.evidence.read()[:5]) == (True, b"%PDF-")
