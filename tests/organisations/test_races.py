"""Two at once, on a database with row locks."""

from django.core import mail

from moussem.core.errors import Refusal
from moussem.core.models import LogEntry
from moussem.organisations.actions import (
    accept_invitation,
    end_membership,
    invite_member,
    register_organisation,
)
from moussem.organisations.models import Membership, Organisation, RegistrationDraft
from moussem.organisations.states import Kind, Role
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory
from tests.factories.regions import CountryFactory
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def codes(answers):
    return [answer.code for answer in answers if isinstance(answer, Refusal)]


def test_two_owners_who_leave_at_once_leave_one_behind():
    first = MembershipFactory()
    second = MembershipFactory(organisation=first.organisation)

    answers = at_once(
        lambda: end_membership(first, actor=first.user), lambda: end_membership(second, actor=second.user)
    )

    assert codes(answers) == ["last_owner"]
    assert first.organisation.memberships.active().filter(role=Role.OWNER).count() == 1


def test_invitation_accepted_twice_at_once_gives_one_membership():
    owner, guest = MembershipFactory(), UserFactory(email="new@example.com")
    invite_member(owner.organisation, email=guest.email, role="viewer", language="en", actor=owner.user)
    token = mail.outbox[0].body.split("/invitations/")[1].split("/")[0]

    answers = at_once(*[lambda: accept_invitation(token, actor=guest)] * 3)

    assert codes(answers) == ["invitation_gone"] * 2
    assert Membership.objects.filter(user=guest).count() == 1
    assert LogEntry.objects.filter(verb="member_joined").count() == 1


def test_organisations_that_invite_at_once_write_to_one_address_ten_times_a_day():
    invited = {"email": "new@example.com", "role": "viewer", "language": "en"}
    owners = [MembershipFactory() for _organisation in range(12)]
    for owner in owners[:9]:
        invite_member(owner.organisation, actor=owner.user, **invited)

    answers = at_once(
        *[lambda one=one: invite_member(one.organisation, actor=one.user, **invited) for one in owners[9:]]
    )

    assert codes(answers) == ["invited_by_too_many"] * 2
    assert len(mail.outbox) == 10


def test_one_draft_sent_three_times_at_once_registers_once():
    user, country = UserFactory(), CountryFactory(code="FR")
    RegistrationDraft.objects.create(user=user)
    declared = {"kind": Kind.BUYER, "name": "Lumière", "country": country}

    answers = at_once(*[lambda: register_organisation(actor=user, **declared)] * 3)

    assert codes(answers) == ["registration_already_sent"] * 2
    assert Organisation.objects.count() == 1


def test_two_of_one_name_registered_at_once_get_two_addresses():
    users, country = [UserFactory(), UserFactory()], CountryFactory(code="FR")
    for user in users:
        RegistrationDraft.objects.create(user=user)
    declared = {"kind": Kind.BUYER, "name": "Lumière", "country": country}

    at_once(*[lambda user=user: register_organisation(actor=user, **declared) for user in users])

    slugs = sorted(Organisation.objects.values_list("slug", flat=True), key=len)
    assert slugs[0] == "lumiere"
    assert slugs[1].startswith("lumiere-")
