"""Badges follow registrations and exhibitors, and are revoked with a reason."""

import pytest
from django.utils import timezone

from fairs.badges.actions import (
    code_of,
    issue_by_hand,
    name_for_stand,
    restore,
    revoke,
    rotate_key,
    settle_badges,
    settle_guest,
    take_off_stand,
)
from fairs.badges.actions.issuing import MOST_OF_A_STAND, letters_of
from fairs.badges.errors import (
    BadgeKeyLost,
    BadgesNotYet,
    ExhibitorLeft,
    NobodyComes,
    NoSuchMember,
    RevocationReasonMissing,
    StandIsFull,
    TakenByOrganiser,
)
from fairs.badges.keys import unseal
from fairs.badges.queries import points_of
from fairs.badges.states import BadgeRole, BadgeState
from fairs.badges.tokens import read
from fairs.editions.states import EditionState
from fairs.guests.actions import cancel_registration, refuse, register
from fairs.guests.states import GuestState, Tier
from fairs.models import Badge, BadgeKey
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.badges import badge_of, exhibitor_at, guest_at, running
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.people import UserFactory
from tests.factories.trade import member_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_visitor_who_registers_gets_a_badge_at_once(django_capture_on_commit_callbacks):
    edition, person = running(), UserFactory()

    with django_capture_on_commit_callbacks(execute=True):
        register(edition, actor=person, as_buyer=False)

    badge = Badge.objects.get()
    assert (badge.person, badge.role, badge.state) == (person, "visitor", "issued")
    assert badge.number == f"{letters_of(edition)}-0001"


def test_badge_goes_with_a_registration_that_is_cancelled_and_comes_back(django_capture_on_commit_callbacks):
    edition, person = running(), UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        guest = register(edition, actor=person, as_buyer=False)
    number = Badge.objects.get().number

    with django_capture_on_commit_callbacks(execute=True):
        cancel_registration(guest, actor=person)
    assert Badge.objects.get().state == BadgeState.REVOKED
    with django_capture_on_commit_callbacks(execute=True):
        register(edition, actor=person, as_buyer=False)

    assert list(Badge.objects.values_list("number", "state", "revoked_at")) == [(number, "issued", None)]


def test_badge_of_a_buyer_who_is_refused_is_revoked(django_capture_on_commit_callbacks):
    edition = running()
    guest = guest_at(edition, Tier.BUYER)
    settle_guest(guest)

    with django_capture_on_commit_callbacks(execute=True):
        refuse(guest, actor=who_runs(edition), seen=guest.digest, reason="No evidence.")

    assert Badge.objects.get().state == BadgeState.REVOKED


def test_clock_finds_what_a_fault_left():
    edition = running()
    admitted, gone = guest_at(edition, Tier.HOSTED), guest_at(edition)
    settle_guest(gone)
    gone.state = GuestState.CANCELLED
    gone.save()

    assert (settle_badges(), settle_badges()) == (2, 0)
    states = dict(Badge.objects.values_list("person", "state"))
    assert states == {admitted.person_id: "issued", gone.person_id: "revoked"}


def test_badge_says_the_tier_that_a_guest_has_come_to():
    guest = guest_at(running(), Tier.BUYER)
    settle_guest(guest)
    guest.tier = Tier.HOSTED
    guest.save()

    settle_badges()

    assert Badge.objects.get().role == BadgeRole.HOSTED


def test_badge_that_the_organiser_revoked_does_not_come_back_by_itself():
    edition = running()
    guest = guest_at(edition)
    badge = settle_guest(guest)
    revoke(badge, actor=who_runs(edition), reason="Lost.")

    settle_badges()
    assert settle_guest(guest).state == BadgeState.REVOKED

    restore(badge, actor=who_runs(edition))
    badge.refresh_from_db()
    assert (badge.state, badge.reason, badge.revoked_at) == ("issued", "", None)


def unchanged(refusal, act, *args, **told):
    before = (list(Badge.objects.values()), LogEntry.objects.count())
    with pytest.raises(refusal):
        act(*args, **told)
    assert (list(Badge.objects.values()), LogEntry.objects.count()) == before


def test_badge_is_revoked_by_its_organiser_with_a_reason_only():
    badge = badge_of(running())

    unchanged(RevocationReasonMissing, revoke, badge, actor=who_runs(badge.edition), reason=" ")
    unchanged(NotYours, revoke, badge, actor=UserFactory(), reason="Lost.")
    unchanged(NotYours, restore, badge, actor=UserFactory())


def test_badges_by_hand_are_not_for_buyers_and_not_of_a_draft():
    draft, edition = EditionFactory(), running()

    told = {"name": "Ana", "role": "press"}
    unchanged(BadgesNotYet, issue_by_hand, draft, actor=who_runs(draft), **told)
    unchanged(BadgesNotYet, issue_by_hand, edition, actor=who_runs(edition), **{**told, "role": "buyer"})
    unchanged(NotYours, issue_by_hand, edition, actor=UserFactory(), **told)


def test_exhibitor_names_members_and_others_up_to_a_number():
    exhibitor, owner = exhibitor_at(running())
    sales = member_of(exhibitor.organisation, "sales")

    name_for_stand(exhibitor, actor=owner.user, member=sales.user)
    for number in range(MOST_OF_A_STAND - 1):
        name_for_stand(exhibitor, actor=owner.user, name=f"Helper {number}")

    roles = set(exhibitor.badges.values_list("role", "organisation_name"))
    assert roles == {("exhibitor", exhibitor.organisation.name)}
    unchanged(StandIsFull, name_for_stand, exhibitor, actor=owner.user, name="One more")
    unchanged(NoSuchMember, name_for_stand, exhibitor, actor=owner.user, member=sales.user)
    unchanged(NoSuchMember, name_for_stand, exhibitor, actor=owner.user, member=UserFactory())
    unchanged(NotYours, name_for_stand, exhibitor, actor=UserFactory(), name="Me")


def test_member_who_comes_back_finds_a_full_stand_full():
    exhibitor, owner = exhibitor_at(running())
    badge = name_for_stand(exhibitor, actor=owner.user, member=owner.user)
    take_off_stand(badge, actor=owner.user, reason="taken off")
    for number in range(MOST_OF_A_STAND):
        name_for_stand(exhibitor, actor=owner.user, name=f"Helper {number}")

    unchanged(StandIsFull, name_for_stand, exhibitor, actor=owner.user, member=owner.user)


def test_badge_of_a_cancelled_registration_does_not_count_again():
    edition = running()
    guest = guest_at(edition)
    badge = settle_guest(guest)
    revoke(badge, actor=who_runs(edition), reason="Lost.")
    cancel_registration(guest, actor=guest.person)

    unchanged(NobodyComes, restore, badge, actor=who_runs(edition))


def test_badge_of_an_exhibitor_who_left_does_not_count_again():
    exhibitor, owner = exhibitor_at(running())
    badge = name_for_stand(exhibitor, actor=owner.user, member=owner.user)
    revoke(badge, actor=who_runs(exhibitor.edition), reason="Lost.")
    exhibitor.left_at = timezone.now()
    exhibitor.save()

    unchanged(ExhibitorLeft, restore, badge, actor=who_runs(exhibitor.edition))


def test_exhibitor_does_not_undo_what_the_organiser_revoked():
    exhibitor, owner = exhibitor_at(running())
    by_member = name_for_stand(exhibitor, actor=owner.user, member=owner.user)
    by_name = name_for_stand(exhibitor, actor=owner.user, name="Salma Idrissi")
    for badge in (by_member, by_name):
        revoke(badge, actor=who_runs(exhibitor.edition), reason="Barred.")

    unchanged(TakenByOrganiser, name_for_stand, exhibitor, actor=owner.user, member=owner.user)
    unchanged(TakenByOrganiser, name_for_stand, exhibitor, actor=owner.user, name=str(owner.user))
    unchanged(TakenByOrganiser, name_for_stand, exhibitor, actor=owner.user, name="salma  IDRISSI")
    for alike in ("Sal\u200dma Idrissi", "Salma\u200b Idrissi", "Ｓａｌｍａ Idrissi", "𝐒alma Idri\u00adssi"):
        unchanged(TakenByOrganiser, name_for_stand, exhibitor, actor=owner.user, name=alike)
    restore(by_member, actor=who_runs(exhibitor.edition))
    assert exhibitor.badges.get(person=owner.user).is_valid


def test_whom_the_exhibitor_took_off_it_names_again():
    exhibitor, owner = exhibitor_at(running())
    badge = name_for_stand(exhibitor, actor=owner.user, member=owner.user)
    take_off_stand(badge, actor=owner.user, reason="taken off")

    assert name_for_stand(exhibitor, actor=owner.user, member=owner.user).is_valid


def test_code_is_signed_with_the_key_of_its_edition_which_is_sealed():
    badge = badge_of(running())
    key = BadgeKey.objects.get()

    shown, serial = read(code_of(badge), badge.edition_id, points_of(badge.edition))

    assert (shown.verdict, shown.role, serial) == ("signed", "press", badge.serial)
    assert "PRIVATE" not in key.sealed and unseal(key.sealed).startswith("-----BEGIN PRIVATE KEY")


def test_secret_of_the_site_may_change_where_the_old_one_is_kept(settings):
    badge = badge_of(running())
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret of the site, long enough to be one"

    with pytest.raises(BadgeKeyLost):
        code_of(badge)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert code_of(badge).startswith("M1.")


def test_after_a_change_of_the_key_older_codes_open_nothing():
    badge = badge_of(running())
    before = code_of(badge)

    rotate_key(badge.edition, actor=who_runs(badge.edition))

    points = points_of(badge.edition)
    assert read(before, badge.edition_id, points)[0].verdict == "old_key"
    assert read(code_of(badge), badge.edition_id, points)[0].verdict == "signed"
    with pytest.raises(NotYours):
        rotate_key(badge.edition, actor=UserFactory())


def test_edition_that_is_over_issues_nothing_more():
    edition = running(state=EditionState.CLOSED)
    guest_at(edition)

    assert (settle_badges(), Badge.objects.count()) == (0, 0)
