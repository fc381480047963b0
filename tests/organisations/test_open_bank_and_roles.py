"""Bank details and roles: nothing is written over what another owner changed while the page was open."""

import pytest
from django.urls import reverse

from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.organisations.states import Role
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.organisations.test_checking import ACCOUNT, signed_in_lately
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ANOTHER = "MA09007000000000000000000001"


@pytest.fixture
def owner():
    """The owner of a cooperative that has an account."""
    owner = MembershipFactory()
    Organisation.objects.update(bank_name="Banque", iban=ACCOUNT["iban"], bic=ACCOUNT["bic"])
    return owner


@pytest.fixture
def page(owner):
    """The address of the bank details, and the owner's client, signed in a moment ago."""
    return reverse("organisations:bank", args=[owner.organisation.slug]), signed_in_lately(owner.user)


def kept(owner):
    return Organisation.objects.values_list("bank_name", "iban", "bic").get(pk=owner.organisation.pk)


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        ({"iban": "MA64011519000001205000534000"}, {"account_now": ("MA … 4000", "MA … 4921")}),
        # Two accounts that end alike are two accounts.
        ({"iban": "MA11022519000001205000534921"}, {"account_now": ("MA … 4921", "MA … 4921")}),
        ({"bank_name": "Another"}, {"bank_name": ("Another", "Banque")}),
    ],
)
def test_bank_details_that_another_owner_changed_are_told_before_they_are_written_over(
    owner, meanwhile, told
):
    address, client = (
        reverse("organisations:bank", args=[owner.organisation.slug]),
        signed_in_lately(owner.user),
    )
    typed = {"account": "MA64 0115 1900 0001 2050 0053 4921", "bic": "BCMAMAMCXXX"}
    form = as_shown(client.get(address), typed)
    Organisation.objects.update(**meanwhile)
    before = (kept(owner), LogEntry.objects.count())

    back = client.post(address, form)

    assert ((kept(owner), LogEntry.objects.count()), back.status_code) == (before, 200)
    assert {name: tuple(one) for name, one in back.context["form"].otherwise.items()} == told
    assert as_shown(back)["account"] == [typed["account"]]
    assert client.post(address, as_shown(back)).status_code == 302
    assert kept(owner)[1:] == (ACCOUNT["iban"], "BCMAMAMCXXX")


def test_bank_details_sent_twice_are_kept_once_and_refused_never(owner):
    address, client = (
        reverse("organisations:bank", args=[owner.organisation.slug]),
        signed_in_lately(owner.user),
    )
    Organisation.objects.update(iban="")
    form = as_shown(client.get(address), account=ACCOUNT["iban"])

    answers = [client.post(address, form).status_code for _ in range(2)]

    assert (answers, LogEntry.objects.filter(verb="bank_details_changed").count()) == ([302, 302], 1)


def test_role_that_another_owner_gave_is_told_before_it_is_written_over(client):
    organisation = OrganisationFactory(buyer=True)
    client.force_login(MembershipFactory(organisation=organisation, role=Role.OWNER).user)
    member = MembershipFactory(organisation=organisation, role=Role.VIEWER)
    typed = {"initial-role": Role.VIEWER, "role": Role.OWNER}
    type(member).objects.filter(pk=member.pk).update(role=Role.PURCHASER)
    address = reverse("organisations:role", args=[organisation.slug, member.pk])

    back = client.post(address, typed)

    member.refresh_from_db()
    ((now, shown),) = back.context["role_form"].otherwise.values()
    assert (member.role, now.partition(":")[0], shown.partition(":")[0]) == (
        "purchaser",
        "Purchaser",
        "Viewer",
    )
    assert client.post(address, {**typed, "initial-role": Role.PURCHASER}).status_code == 302
    member.refresh_from_db()
    assert member.role == Role.OWNER
