"""The page that an owner had open takes back nothing that somebody else has changed since."""

import pytest
from django.urls import reverse

from moussem.core.models import LogEntry
from moussem.organisations.models import Organisation
from moussem.organisations.states import Role, Verification
from tests.factories.organisations import ApprovalLimitFactory, MembershipFactory, OrganisationFactory
from tests.factories.regions import ProvinceFactory
from tests.sent_forms import as_shown

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def organisation(client):
    made = OrganisationFactory(
        name="One", address="1, a\nstreet", founded=1990, languages=["fr"], story_en="A story. "
    )
    client.force_login(MembershipFactory(organisation=made, role=Role.OWNER).user)
    return made


def page_of(organisation):
    return reverse("organisations:edit", args=[organisation.slug])


def sent_late(client, organisation, changes, **meanwhile):
    """The answer to the form that was opened before these changes of somebody else."""
    form = as_shown(client.get(page_of(organisation)), **changes)
    Organisation.objects.filter(pk=organisation.pk).update(**meanwhile)
    answer = client.post(page_of(organisation), form)
    organisation.refresh_from_db()
    return answer


def logged(organisation):
    return [
        sorted(line.facts["changed"])
        for line in LogEntry.objects.filter(subject_id=str(organisation.pk), verb="page_changed")
    ]


MEANWHILE = {
    "name": "Another",
    "name_ar": "اسم آخر",
    "address": "2, another\nstreet",
    "city": "Taliouine",
    "founded": None,
    "women_led": True,
    "languages": ["ar", "en"],
    "story_en": "Another story",
    "registration_number": "RC 22",
}


@pytest.mark.parametrize(("field", "now"), MEANWHILE.items())
def test_open_page_writes_nothing_over_what_somebody_else_changed(client, organisation, field, now):
    back = sent_late(client, organisation, {"phone": "+212 5 28 00 00 00"}, **{field: now})

    assert [*back.context["form"].otherwise] == [field]
    assert (getattr(organisation, field), organisation.phone == "+212 5 28 00 00 00") == (now, False)
    assert logged(organisation) == []

    client.post(page_of(organisation), as_shown(back))

    organisation.refresh_from_db()
    assert (getattr(organisation, field), organisation.phone) == (now, "+212 5 28 00 00 00")
    assert (organisation.verification, logged(organisation)) == (Verification.VERIFIED, [["phone"]])


def test_region_follows_a_province_that_the_owner_changes_and_no_other(client, organisation):
    kept, other = organisation.province, ProvinceFactory(code="MA-AGD")

    sent_late(client, organisation, {"phone": ""}, region=None)
    assert (organisation.province, organisation.region) == (kept, None)

    sent_late(client, organisation, {"province": [str(other.pk)]})
    assert (organisation.province, organisation.region) == (other, other.region)


def test_what_both_changed_is_told_with_both_values_and_taken_when_sent_again(client, organisation):
    typed = {"name": "Mine", "founded": "2001", "address": "3, mine"}

    refused = sent_late(client, organisation, typed, name="Theirs", address="")

    assert (organisation.name, organisation.founded, organisation.address) == ("Theirs", 1990, "")
    assert (logged(organisation), organisation.verification) == ([], Verification.VERIFIED)
    assert refused.context["form"].otherwise == {
        "name": ("Theirs", "One"),
        "address": ("empty", "1, a\nstreet"),
    }
    assert as_shown(refused)["name"] == ["Mine"]

    client.post(page_of(organisation), as_shown(refused))

    organisation.refresh_from_db()
    assert (organisation.name, organisation.founded, organisation.address) == ("Mine", 2001, "3, mine")


def test_page_refused_for_something_else_still_knows_what_it_showed(client, organisation):
    refused = sent_late(
        client, organisation, {"email": "none", "city": "Mine"}, name="Theirs", city="Taliouine"
    )
    again = as_shown(refused, email="us@coop.example")

    assert (again["name"], again["city"]) == (["Theirs"], ["Mine"])
    assert [[*refused.context["form"].otherwise], [*refused.context["form"].errors]] == [
        ["name", "city"],
        ["email"],
    ]
    assert client.post(page_of(organisation), again).status_code == 302
    assert logged(organisation) == [["city", "email"]]


def test_same_change_by_two_is_no_conflict(client, organisation):
    answer = sent_late(client, organisation, {"languages": ["ar", "fr"]}, languages=["ar", "fr"])

    assert (answer.status_code, organisation.languages, logged(organisation)) == (302, ["ar", "fr"], [])


def test_lists_that_both_changed_are_told_by_their_names(client, organisation):
    refused = sent_late(client, organisation, {"languages": ["ar"]}, languages=["fr", "en"])

    assert refused.context["form"].otherwise == {"languages": ("French, English", "French")}
    assert organisation.languages == ["fr", "en"]
    assert as_shown(refused)["languages"] == ["ar"]


def test_form_that_does_not_tell_what_it_showed_changes_nothing(client, organisation):
    form = as_shown(client.get(page_of(organisation)), name="Mine")
    told_nothing = {name: value for name, value in form.items() if not name.startswith("initial-")}

    answer = client.post(page_of(organisation), told_nothing)

    organisation.refresh_from_db()
    assert (answer.status_code, organisation.name, logged(organisation)) == (200, "One", [])


def test_limits_that_another_owner_set_stay_and_are_told(client):
    organisation = OrganisationFactory(buyer=True)
    client.force_login(MembershipFactory(organisation=organisation, role=Role.OWNER).user)
    buyer = MembershipFactory(organisation=organisation, role=Role.PURCHASER)
    limit = ApprovalLimitFactory(membership=buyer, currency="EUR", amount=100)
    shown = client.get(reverse("organisations:member", args=[organisation.slug, buyer.pk]))
    told = {f"initial-{field.name}": "" for field in shown.context["limits_form"]}
    type(limit).objects.update(amount=50)

    typed = {**told, "initial-EUR": "100.00", "EUR": "100.00", "MAD": "900"}
    back = client.post(reverse("organisations:limits", args=[organisation.slug, buyer.pk]), typed)

    assert {one.currency: one.amount for one in buyer.limits.all()} == {"EUR": 50}
    assert back.context["limits_form"].otherwise == {"EUR": ("50.00", "100.00")}
    assert [back.context["limits_form"][one].value() for one in ("EUR", "MAD")] == ["50.00", "900"]


def test_limit_that_is_no_number_is_refused_and_the_one_that_stands_stays(client):
    organisation = OrganisationFactory(buyer=True)
    client.force_login(MembershipFactory(organisation=organisation, role=Role.OWNER).user)
    buyer = MembershipFactory(organisation=organisation, role=Role.PURCHASER)
    ApprovalLimitFactory(membership=buyer, currency="EUR", amount=100)

    typed = {"initial-EUR": "100.00", "EUR": "sNaN"}
    back = client.post(reverse("organisations:limits", args=[organisation.slug, buyer.pk]), typed)

    assert "EUR" in back.context["limits_form"].errors
    assert {one.currency: one.amount for one in buyer.limits.all()} == {"EUR": 100}


def test_own_change_is_undone_from_the_page_before_it(client, organisation):
    opened = as_shown(client.get(page_of(organisation)))
    client.post(page_of(organisation), {**opened, "founded": "2001"})

    back = client.post(page_of(organisation), opened)
    client.post(page_of(organisation), as_shown(back, founded="1990"))

    organisation.refresh_from_db()
    assert (back.context["form"].otherwise, organisation.founded) == ({"founded": ("2001", "1990")}, 1990)


def test_numbers_of_the_page_are_kept_in_latin_digits_whichever_were_typed(client, organisation):
    typed = {"address": "١٢ شارع النخيل\n٨٣٠٠٠", "phone": "+٢١٢ ٥ ٢٨ ٠٠ ٠٠ ٠٠", "tax_number": "٠٠١٢٣"}

    client.post(page_of(organisation), as_shown(client.get(page_of(organisation)), **typed))

    organisation.refresh_from_db()
    kept = [getattr(organisation, name) for name in typed]
    assert kept == ["12 شارع النخيل\n83000", "+212 5 28 00 00 00", "00123"]
