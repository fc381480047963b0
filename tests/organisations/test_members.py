from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.core.errors import NotYours
from moussem.core.models import LogEntry, OutboxMessage
from moussem.organisations.actions import (
    accept_invitation,
    change_role,
    end_membership,
    invite_member,
    set_limits,
    withdraw_invitation,
)
from moussem.organisations.errors import (
    AlreadyMember,
    InvitationForOther,
    InvitationGone,
    InvitedByTooMany,
    InvitedTooOften,
    LastOwner,
    LimitNotForRole,
    RoleNotOffered,
    TooManyInvitations,
)
from moussem.organisations.models import ApprovalLimit, Invitation, Membership
from moussem.organisations.states import Role
from tests.factories.organisations import ApprovalLimitFactory, MembershipFactory, ProxyConsentFactory
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def invite(owner, email="new@example.com", role=Role.SALES, language="fr"):
    return invite_member(owner.organisation, email=email, role=role, language=language, actor=owner.user)


def token_of(message):
    return message.payload["body"].split("/invitations/")[1].split("/")[0]


def refused(refusal, act, *args, **kwargs):
    """The write is refused, and leaves no membership, no log line and no mail behind."""

    def everything():
        members = list(Membership.objects.order_by("pk").values_list("pk", "role", "is_active"))
        return members, LogEntry.objects.count(), OutboxMessage.objects.count(), Invitation.objects.count()

    before = everything()
    with pytest.raises(refusal):
        act(*args, **kwargs)
    assert everything() == before


def test_invitation_is_mailed_in_its_language_and_works_once():
    owner = MembershipFactory()
    invite(owner)
    letter = OutboxMessage.objects.get()
    assert letter.payload["to"] == "new@example.com"
    assert "/fr/organisations/invitations/" in letter.payload["body"]
    guest = UserFactory(email="new@example.com")

    membership = accept_invitation(token_of(letter), actor=guest)

    assert (membership.user, membership.organisation, membership.role) == (
        guest,
        owner.organisation,
        Role.SALES,
    )
    verbs = list(LogEntry.objects.values_list("verb", flat=True))
    assert verbs == ["member_invited", "member_joined"]
    refused(InvitationGone, accept_invitation, token_of(letter), actor=guest)


def test_invitation_is_for_the_address_it_was_sent_to():
    invite(MembershipFactory())
    token = token_of(OutboxMessage.objects.get())

    refused(InvitationForOther, accept_invitation, token, actor=UserFactory())
    unconfirmed = UserFactory(email="new@example.com", confirmed_address=False)
    refused(InvitationForOther, accept_invitation, token, actor=unconfirmed)


@pytest.mark.parametrize("days", [7, 30])
def test_invitation_expires_after_a_week(days):
    invite(MembershipFactory())
    token, guest = token_of(OutboxMessage.objects.get()), UserFactory(email="new@example.com")

    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=1)):
        refused(InvitationGone, accept_invitation, token, actor=guest)


def test_withdrawn_or_forged_invitation_gives_nothing():
    owner, guest = MembershipFactory(), UserFactory(email="new@example.com")
    invitation = invite(owner)
    token = token_of(OutboxMessage.objects.get())
    withdraw_invitation(invitation, actor=owner.user)

    refused(InvitationGone, accept_invitation, token, actor=guest)
    refused(InvitationGone, accept_invitation, token[:-1], actor=guest)
    refused(InvitationGone, withdraw_invitation, invitation, actor=owner.user)


def test_second_invitation_to_an_address_replaces_the_first():
    owner, guest = MembershipFactory(), UserFactory(email="new@example.com")
    invite(owner, role=Role.OWNER)
    invite(owner, role=Role.VIEWER)
    first, second = OutboxMessage.objects.order_by("pk")

    refused(InvitationGone, accept_invitation, token_of(first), actor=guest)
    assert accept_invitation(token_of(second), actor=guest).role == Role.VIEWER


def test_invitations_are_refused_to_those_who_may_not_or_need_not():
    owner = MembershipFactory()
    sales = MembershipFactory(organisation=owner.organisation, role=Role.SALES)

    refused(NotYours, invite, sales)
    refused(RoleNotOffered, invite, owner, role=Role.PURCHASER)
    refused(RoleNotOffered, invite, owner, role=Role.DELEGATE)
    refused(AlreadyMember, invite, owner, email=sales.user.email.upper())
    for number in range(20):
        invite(owner, email=f"guest{number}@example.com")
    refused(TooManyInvitations, invite, owner, email="one-more@example.com")


def test_one_address_is_written_to_three_times_a_week_by_one_organisation():
    owner = MembershipFactory()
    for _mail in range(3):
        invite(owner)

    refused(InvitedTooOften, invite, owner, email="NEW@example.com")

    invite(owner, email="other@example.com")
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        invite(owner)


def test_one_address_is_written_to_ten_times_a_day_by_all_organisations():
    for _organisation in range(10):
        invite(MembershipFactory())
    owner = MembershipFactory()

    refused(InvitedByTooMany, invite, owner)

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        invite(owner)


def test_role_changes_and_limits_go_with_the_purchaser():
    limit = ApprovalLimitFactory()
    purchaser = limit.membership
    owner = MembershipFactory(organisation=purchaser.organisation)

    change_role(purchaser, role=Role.VIEWER, actor=owner.user)

    purchaser.refresh_from_db()
    assert purchaser.role == Role.VIEWER
    assert ApprovalLimit.objects.count() == 0
    refused(NotYours, change_role, purchaser, role=Role.OWNER, actor=purchaser.user)


def test_limits_do_not_come_back_with_the_purchaser():
    limit, other = ApprovalLimitFactory(), ApprovalLimitFactory()
    purchaser = limit.membership
    owner = MembershipFactory(organisation=purchaser.organisation)

    end_membership(purchaser, actor=owner.user)
    invite(owner, email=purchaser.user.email, role=Role.PURCHASER)
    again = accept_invitation(token_of(OutboxMessage.objects.last()), actor=purchaser.user)

    assert (again, again.role, again.is_active) == (purchaser, Role.PURCHASER, True)
    assert list(ApprovalLimit.objects.all()) == [other]


def test_upgrade_takes_the_limits_of_memberships_that_had_ended():
    standing = ApprovalLimitFactory()
    ApprovalLimitFactory(membership__is_active=False)

    import_module("moussem.organisations.migrations.0006_limits_end_with_memberships").end_limits(apps, None)

    assert list(ApprovalLimit.objects.all()) == [standing]


def test_last_owner_can_neither_leave_nor_step_down():
    owner = MembershipFactory()
    MembershipFactory(organisation=owner.organisation, role=Role.OWNER, is_active=False)
    MembershipFactory(organisation=owner.organisation, role=Role.OWNER, user__is_active=False)

    refused(LastOwner, end_membership, owner, actor=owner.user)
    refused(LastOwner, change_role, owner, role=Role.VIEWER, actor=owner.user)


def test_owner_ends_a_membership_and_a_member_leaves():
    owner = MembershipFactory()
    sales, viewer = (
        MembershipFactory(organisation=owner.organisation, role=role) for role in (Role.SALES, Role.VIEWER)
    )

    end_membership(sales, actor=owner.user)
    end_membership(viewer, actor=viewer.user)

    assert list(owner.organisation.memberships.active()) == [owner]
    refused(NotYours, end_membership, owner, actor=MembershipFactory().user)


def test_person_who_left_comes_back_by_invitation():
    owner = MembershipFactory()
    former = MembershipFactory(organisation=owner.organisation, role=Role.OWNER, is_active=False)
    invite(owner, email=former.user.email, role=Role.VIEWER)

    again = accept_invitation(token_of(OutboxMessage.objects.get()), actor=former.user)

    assert (again.pk, again.role, again.is_active) == (former.pk, Role.VIEWER, True)


def test_limits_are_set_and_taken_away_by_currency():
    limit = ApprovalLimitFactory()
    owner = MembershipFactory(organisation=limit.membership.organisation)

    set_limits(limit.membership, amounts={"EUR": None, "MAD": Decimal("5000")}, actor=owner.user)

    assert list(limit.membership.limits.values_list("currency", "amount")) == [("MAD", Decimal("5000.00"))]
    refused(LimitNotForRole, set_limits, owner, amounts={"EUR": Decimal(1)}, actor=owner.user)
    refused(NotYours, set_limits, limit.membership, amounts={}, actor=limit.membership.user)


def test_delegate_role_is_not_changed_by_hand():
    consent = ProxyConsentFactory()
    owner = MembershipFactory(organisation=consent.membership.organisation)

    refused(RoleNotOffered, change_role, consent.membership, role=Role.OWNER, actor=owner.user)


def test_membership_ends_in_the_page_only_once_its_address_is_typed(client):
    owner = MembershipFactory()
    sales = MembershipFactory(organisation=owner.organisation, role=Role.SALES)
    client.force_login(owner.user)
    address = reverse("organisations:end", args=[owner.organisation.slug, sales.pk])

    client.post(address, {"confirmation": "yes"})
    assert owner.organisation.memberships.active().count() == 2
    client.post(address, {"confirmation": sales.user.email})
    assert list(owner.organisation.memberships.active()) == [owner]


def test_guest_signs_up_by_the_link_without_confirming_twice():
    invite(MembershipFactory(), language="en")
    link = reverse("organisations:invitation", args=[token_of(OutboxMessage.objects.get())])
    guest = Client()

    assert "new@example.com" in guest.get(link).content.decode()
    typed = {"email": "new@example.com", "password1": "quite-a-passphrase-9", "language": "ar"}
    answer = guest.post(
        f"{reverse('account_signup')}?next={link}", {**typed, "time_zone": "Asia/Tokyo", "next": link}
    )
    assert answer.url == link
    guest.post(link)

    (membership,) = Membership.objects.filter(user__email="new@example.com")
    assert (membership.role, membership.user.language, membership.user.time_zone) == (
        Role.SALES,
        "ar",
        "Asia/Tokyo",
    )


def test_link_that_is_over_says_so(client):
    answer = client.get(reverse("organisations:invitation", args=["nonsense"]))

    assert answer.status_code == 410
    assert mail.outbox == []
