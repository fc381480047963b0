import pytest
from django.urls import reverse

from moussem.core.errors import MoveNotAllowed, NotYours
from moussem.core.models import LogEntry, OutboxMessage
from moussem.core.shown import signed
from moussem.organisations.actions import (
    ask_for_check,
    return_to_declared,
    review_organisation,
    set_bank_details,
    update_organisation,
    verify_organisation,
)
from moussem.organisations.errors import NothingToCheck, OwnOrganisation, ReasonMissing
from moussem.organisations.identity import COMPARED, WANTED, identity_digest
from moussem.organisations.rules import bank_pause_ends
from moussem.organisations.states import Verification
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.people import UserFactory, signed_in_lately

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DECLARED = {"verification": Verification.DECLARED, "checked_at": None}
ACCOUNT = {"bank_name": "Banque", "iban": "MA64011519000001205000534921", "bic": "BCMAMAMC"}


def officer():
    return UserFactory(is_staff=True, is_superuser=True)


def refused(refusal, act, organisation, **given):
    def everything():
        organisation.refresh_from_db()
        return (
            organisation.verification,
            organisation.iban,
            LogEntry.objects.count(),
            OutboxMessage.objects.count(),
        )

    before = everything()
    with pytest.raises(refusal):
        act(organisation, **given)
    assert everything() == before


def test_officer_reviews_then_verifies_and_the_owner_is_told():
    owner = MembershipFactory(**{f"organisation__{name}": value for name, value in DECLARED.items()})
    who = officer()

    review_organisation(owner.organisation, actor=who, reason="register extract seen")
    verify_organisation(owner.organisation, actor=who)

    owner.organisation.refresh_from_db()
    assert (owner.organisation.verification, owner.organisation.checked_by) == (Verification.VERIFIED, who)
    assert owner.organisation.checked_at is not None
    assert list(LogEntry.objects.values_list("verb", "facts__reason")) == [
        ("moved.reviewed", "register extract seen"),
        ("moved.verified", ""),
    ]
    assert [mail.payload["to"] for mail in OutboxMessage.objects.all()] == [owner.user.email] * 2


def test_owner_asks_once_for_the_check_and_every_officer_is_told():
    facts = {**DECLARED, "registration_number": "RC 77", "address": "12 quai de Saône"}
    owner = MembershipFactory(**{f"organisation__{name}": value for name, value in facts.items()})
    who = officer()

    for _twice in range(2):
        ask_for_check(owner.organisation, actor=owner.user)

    owner.organisation.refresh_from_db()
    assert owner.organisation.check_asked_at is not None
    assert [mail.payload["to"] for mail in OutboxMessage.objects.all()] == [who.email]
    assert list(LogEntry.objects.values_list("verb", "actor")) == [("check_asked", owner.user.pk)]
    review_organisation(owner.organisation, actor=who)
    owner.organisation.refresh_from_db()
    assert owner.organisation.check_asked_at is None


def test_check_needs_an_owner_and_something_to_compare():
    owner = MembershipFactory(**{f"organisation__{name}": value for name, value in DECLARED.items()})
    organisation = owner.organisation
    organisation.address = organisation.registration_number = ""
    organisation.save()

    refused(NotYours, ask_for_check, organisation, actor=UserFactory())
    with pytest.raises(NothingToCheck) as refusal:
        ask_for_check(organisation, actor=owner.user)

    assert refusal.value.facts["missing"] == "registration number, postal address"
    assert (LogEntry.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_return_to_declared_needs_a_reason_and_takes_the_mark_away():
    organisation, who = OrganisationFactory(), officer()

    refused(ReasonMissing, return_to_declared, organisation, actor=who, reason=" ")
    return_to_declared(organisation, actor=who, reason="expired")

    organisation.refresh_from_db()
    assert (organisation.verification, organisation.checked_by, organisation.checked_at) == (
        "declared",
        None,
        None,
    )


def test_nobody_but_an_officer_checks_and_never_their_own():
    owner = MembershipFactory(**{f"organisation__{name}": value for name, value in DECLARED.items()})
    officer_inside = MembershipFactory(organisation=owner.organisation, user__is_staff=True).user

    refused(NotYours, review_organisation, owner.organisation, actor=owner.user)
    refused(OwnOrganisation, review_organisation, owner.organisation, actor=officer_inside)
    refused(MoveNotAllowed, verify_organisation, owner.organisation, actor=officer())


def test_another_identity_has_to_be_checked_again():
    owner = MembershipFactory()

    update_organisation(owner.organisation, actor=owner.user, phone="+212 5 28")
    owner.organisation.refresh_from_db()
    assert owner.organisation.verification == Verification.VERIFIED

    was = owner.organisation.name
    update_organisation(owner.organisation, actor=owner.user, name="Famous Saffron")
    owner.organisation.refresh_from_db()
    assert (owner.organisation.verification, owner.organisation.checked_at) == (Verification.DECLARED, None)
    changes = LogEntry.objects.filter(verb="page_changed").values_list("facts__changed", flat=True)
    assert list(changes) == [{"phone": ["+212 528 85 00 00", "+212 5 28"]}, {"name": [was, "Famous Saffron"]}]


def test_stranger_changes_neither_page_nor_account():
    organisation = MembershipFactory().organisation
    stranger = MembershipFactory().user

    refused(NotYours, update_organisation, organisation, actor=stranger, city="X")
    refused(NotYours, set_bank_details, organisation, actor=stranger, **ACCOUNT)


def test_change_of_account_pauses_payouts_is_logged_masked_and_told_to_every_owner():
    owner = MembershipFactory()
    other = MembershipFactory(organisation=owner.organisation)

    organisation = set_bank_details(owner.organisation, actor=owner.user, **ACCOUNT)

    assert bank_pause_ends(organisation) is not None
    (line,) = LogEntry.objects.all()
    assert line.facts == {"was": "", "now": "MA … 4921"}
    mails = [mail.payload for mail in OutboxMessage.objects.order_by("pk")]
    assert [mail["to"] for mail in mails] == [owner.user.email, other.user.email]
    assert all("MA … 4921" in mail["body"] and ACCOUNT["iban"] not in mail["body"] for mail in mails)
    since = organisation.bank_changed_at
    assert set_bank_details(organisation, actor=owner.user, **ACCOUNT).bank_changed_at == since
    assert LogEntry.objects.count() == 1


def test_rib_typed_in_the_page_is_kept_as_iban():
    owner = MembershipFactory()
    address = reverse("organisations:bank", args=[owner.organisation.slug])
    client = signed_in_lately(owner.user)

    answer = client.post(
        address,
        {"bank_name": "Banque", "account": "011 519 0000012050005349 21", "bic": "bcma ma mc"},
        follow=True,
    )

    owner.organisation.refresh_from_db()
    assert (owner.organisation.iban, owner.organisation.bic) == (ACCOUNT["iban"], ACCOUNT["bic"])
    page = answer.content.decode()
    assert "nothing is paid out until" in page
    assert ACCOUNT["iban"] not in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"account": "011519000001205000534922"}, "account"),
        ({"bic": "BNPAFRPP"}, "bic"),
        ({"bank_name": ""}, "bank_name"),
    ],
)
def test_wrong_account_is_refused_by_its_field_and_nothing_is_lost(wrong, field):
    owner = MembershipFactory()
    typed = {"bank_name": "Banque d'Agadir", "account": ACCOUNT["iban"], "bic": ACCOUNT["bic"], **wrong}

    address = reverse("organisations:bank", args=[owner.organisation.slug])
    answer = signed_in_lately(owner.user).post(address, typed)

    assert list(answer.context["form"].errors) == [field]
    owner.organisation.refresh_from_db()
    assert (owner.organisation.iban, LogEntry.objects.count()) == ("", 0)


def test_old_sign_in_shows_and_changes_no_account(client):
    owner = MembershipFactory()
    client.force_login(owner.user)
    address = reverse("organisations:bank", args=[owner.organisation.slug])

    for answer in (client.get(address), client.post(address, {"account": ACCOUNT["iban"]})):
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_reauthenticate"))
    owner.organisation.refresh_from_db()
    assert owner.organisation.iban == ""


@pytest.mark.parametrize("name", ["address", "city", "registration_number", "tax_number", "name_ar"])
def test_whatever_officers_compare_sends_a_verified_organisation_back(name):
    owner = MembershipFactory()

    update_organisation(owner.organisation, actor=owner.user, **{name: "Elsewhere"})

    owner.organisation.refresh_from_db()
    assert (owner.organisation.verification, owner.organisation.checked_by) == (Verification.DECLARED, None)
    assert set(WANTED) <= set(COMPARED)


@pytest.mark.parametrize("name", ["women_led", "remote_area"])
def test_group_that_fairs_keep_places_for_is_checked_anew(name):
    owner = MembershipFactory()
    was = getattr(owner.organisation, name)

    update_organisation(owner.organisation, actor=owner.user, **{name: not was})

    owner.organisation.refresh_from_db()
    assert (owner.organisation.verification, getattr(owner.organisation, name)) == (
        Verification.DECLARED,
        not was,
    )


def decided(client, organisation, decision="review", **shown):
    address = reverse("admin:organisations_organisation_change", args=[organisation.pk])
    place = f"organisations.organisation:{organisation.pk}"
    told = {name: signed(word, place=place) for name, word in shown.items()}
    answer = client.post(
        address, {"_decide": "Decide", "decision": decision, "reason": "papers seen", **told}, follow=True
    )
    organisation.refresh_from_db()
    return answer.content.decode()


def test_officer_approves_only_what_was_read(client):
    organisation = OrganisationFactory(**DECLARED, registration_number="RC 1")
    client.force_login(officer())
    before = identity_digest(organisation)
    organisation.registration_number = "RC 2"
    organisation.save()

    unread = decided(client, organisation, shown=before)
    unseen = decided(client, organisation)

    assert ["not what you were shown" in text for text in (unread, unseen)] == [True, True]
    assert organisation.verification == Verification.DECLARED
    decided(client, organisation, shown=identity_digest(organisation))
    assert organisation.verification == Verification.REVIEWED


def test_admin_moves_by_actions_with_a_reason_and_shows_the_log(client):
    organisation, who = OrganisationFactory(**DECLARED), officer()
    client.force_login(who)

    decided(client, organisation, shown=identity_digest(organisation))

    assert (organisation.verification, organisation.checked_by) == (Verification.REVIEWED, who)
    page = client.get(
        reverse("admin:organisations_organisation_change", args=[organisation.pk])
    ).content.decode()
    assert "papers seen" in page
