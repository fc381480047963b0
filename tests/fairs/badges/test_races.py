"""Many devices at once, on a real database: nobody enters twice, and nothing is lost."""

from collections import Counter
from itertools import pairwise

from fairs.badges.actions import code_of, keep_scans, name_for_stand, settle_guest
from fairs.badges.actions.issuing import MOST_OF_A_STAND
from fairs.badges.errors import StandIsFull
from fairs.models import Badge, BadgeKey, Scan
from tests.factories.badges import (
    badge_of,
    door_of,
    exhibitor_at,
    guest_at,
    keeper_of,
    running,
    sending,
    told,
)
from tests.races import at_once, on_postgresql

pytestmark = on_postgresql


def test_two_hundred_scans_of_fifty_badges_by_five_devices_at_once():
    edition = running()
    doors = [door_of(edition, f"Door {number}") for number in range(5)]
    keepers = [keeper_of(edition) for _door in doors]
    badges = [badge_of(edition, f"Person {number}") for number in range(50)]
    codes = [code_of(badge) for badge in badges]

    def device(place):
        # Each device meets forty badges, in an order of its own, eight in a sending.
        mine = [told(doors[place], codes[(number * 7 + place * 10) % 50]) for number in range(40)]
        for start in range(0, 40, 8):
            keep_scans(edition, sending(*mine[start : start + 8], device=str(place)), actor=keepers[place])
        return mine

    sent = [one["key"] for mine in at_once(*[lambda p=p: device(p) for p in range(5)]) for one in mine]

    assert sorted(map(str, Scan.objects.values_list("key", flat=True))) == sorted(sent)
    entered = Counter(Scan.objects.filter(outcome="in").values_list("badge", flat=True))
    met = set(Scan.objects.values_list("badge", flat=True))
    assert entered == dict.fromkeys(met, 1)
    assert Scan.objects.filter(outcome="refused", code="inside").count() == 200 - len(met)
    assert (
        set(Badge.objects.filter(inside_since=None).values_list("pk", flat=True))
        == {badge.pk for badge in badges} - met
    )


def test_in_and_out_at_once_alternate_for_each_badge():
    edition = running()
    door, keeper = door_of(edition), keeper_of(edition)
    code = code_of(badge_of(edition))

    def device(way):
        for _number in range(10):
            keep_scans(edition, sending(told(door, code, way)), actor=keeper)

    at_once(*[lambda w=way: device(w) for way in ("in", "out", "in", "out")])

    passed = list(Scan.objects.exclude(outcome="refused").order_by("at", "key").values_list("way", flat=True))
    assert Scan.objects.count() == 40
    assert passed[0] == "in" and all(one != other for one, other in pairwise(passed))
    assert (Badge.objects.get().inside_since is not None) == (passed[-1] == "in")


def test_scan_that_is_sent_by_five_requests_at_once_is_kept_once():
    edition = running()
    door, keeper, badge = door_of(edition), keeper_of(edition), badge_of(edition)
    one, nobody = told(door, code_of(badge)), told(door, "MA-9999")

    kept = at_once(*[lambda: keep_scans(edition, sending(one, nobody), actor=keeper)] * 5)

    assert [sorted((s.outcome, s.code) for s in answers.values()) for answers in kept] == [
        [("in", "in"), ("refused", "unknown")]
    ] * 5
    assert Scan.objects.count() == 2


def test_badges_issued_at_once_have_numbers_and_a_key_of_their_own():
    edition = running()
    guests = [guest_at(edition) for _number in range(6)]

    at_once(*[lambda g=guest: settle_guest(g) for guest in [*guests, *guests]])

    assert list(Badge.objects.order_by("serial").values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert BadgeKey.objects.count() == 1


def test_last_place_of_a_stand_is_given_once():
    exhibitor, owner = exhibitor_at(running())
    for number in range(MOST_OF_A_STAND - 1):
        name_for_stand(exhibitor, actor=owner.user, name=f"Person {number}")

    def name():
        return name_for_stand(exhibitor, actor=owner.user, name="Last")

    answers = at_once(name, name, name)

    assert sorted(isinstance(one, StandIsFull) for one in answers) == [False, True, True]
    assert exhibitor.badges.count() == MOST_OF_A_STAND
