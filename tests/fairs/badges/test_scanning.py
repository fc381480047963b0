"""Scans of several devices, asked or told afterwards, in any order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairs.badges.actions import code_of, keep_scans, revoke
from fairs.badges.errors import DoorGone, UnreadableScans
from fairs.badges.queries import conflicts_of, entries_by_hour, inside_by_role
from fairs.badges.words import SENTENCES, sentence_of
from fairs.models import Badge, Scan
from moussem.core.errors import NotYours
from moussem.core.models import LogEntry
from tests.factories.badges import badge_of, door_of, keeper_of, running, sending, told
from tests.factories.fairs import EditionFactory, who_runs
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def scene(time_machine_at_noon):
    edition = running()
    badge = issued_yesterday(badge_of(edition))
    return edition, door_of(edition), keeper_of(edition), badge


def issued_yesterday(badge):
    badge.issued_at = timezone.now() - timedelta(days=1)
    badge.save(update_fields=["issued_at"])
    return badge


def outcomes(edition, keeper, *scans, **more):
    """What came of scans, in the order in which they were sent."""
    kept = keep_scans(edition, sending(*scans, **more), actor=keeper)
    return [(kept[one["key"]].outcome, kept[one["key"]].code) for one in scans]


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def test_badge_comes_in_goes_out_and_comes_again(scene):
    edition, door, keeper, badge = scene
    code = code_of(badge)

    said = [outcomes(edition, keeper, told(door, code, way))[0] for way in ("in", "in", "out", "out", "in")]

    assert [outcome for outcome, _code in said] == ["in", "refused", "out", "refused", "again"]
    assert [code for _outcome, code in said] == ["in", "inside", "out", "not_inside", "again"]
    badge.refresh_from_db()
    assert badge.inside_since == Scan.objects.get(outcome="again").at


def test_second_device_is_told_when_and_where_a_badge_entered(scene):
    edition, door, keeper, badge = scene
    other = door_of(edition, "Hall 2")
    outcomes(edition, keeper, told(door, badge.number))

    outcomes(edition, keeper, told(other, badge.number))

    refused = Scan.objects.get(outcome="refused")
    first = Scan.objects.get(outcome="in")
    assert refused.about == {"since": int(first.at.timestamp()), "door": door.names}


def test_typed_number_counts_as_the_code_does(scene):
    edition, door, keeper, badge = scene

    assert outcomes(edition, keeper, told(door, f" {badge.number.lower()} ")) == [("in", "in")]


@pytest.mark.parametrize("typed", ["{}", "{:04d}"])
def test_digits_alone_mean_the_badge_of_this_fair(scene, typed):
    edition, door, keeper, badge = scene

    assert outcomes(edition, keeper, told(door, typed.format(badge.serial))) == [("in", "in")]


def test_what_names_no_badge_of_this_fair_says_why(scene):
    edition, door, keeper, _badge = scene
    other = badge_of(EditionFactory(series=edition.series, announced=True))
    Badge.objects.filter(pk=other.pk).update(number="XY-0077")

    codes = ("XY-0077", "XY-0078", "4711", "   ")
    assert [outcomes(edition, keeper, told(door, code))[0] for code in codes] == [
        ("refused", "other_edition"),
        ("refused", "unknown"),
        ("refused", "unknown"),
        ("refused", "empty"),
    ]


def test_scan_that_is_told_twice_is_kept_once_and_answered_alike(scene):
    edition, door, keeper, badge = scene
    scan = told(door, badge.number)
    first = outcomes(edition, keeper, scan)
    logged = LogEntry.objects.count()

    assert outcomes(edition, keeper, scan) == first
    assert (Scan.objects.count(), LogEntry.objects.count()) == (1, logged)


def test_code_that_is_shown_again_from_a_picture_does_not_enter_twice(scene):
    edition, door, keeper, badge = scene
    code = code_of(badge)
    outcomes(edition, keeper, told(door, code))

    assert outcomes(edition, keeper, told(door, code), device="other") == [("refused", "inside")]
    assert inside_by_role(edition)["press"] == 1


def test_entry_told_late_takes_its_place_and_the_later_one_becomes_the_conflict(scene):
    edition, door, keeper, badge = scene
    late = told(door, badge.number, at=ago(30), shown="in")
    online = told(door, badge.number)
    outcomes(edition, keeper, online)

    assert outcomes(edition, keeper, late, device="away") == [("in", "in")]
    conflict = conflicts_of(edition).get()
    assert (str(conflict.key), conflict.code) == (online["key"], "inside")
    badge.refresh_from_db()
    assert badge.inside_since == Scan.objects.get(outcome="in").at
    assert sum(hour.entries for hour in entries_by_hour(edition)) == 1


def test_two_devices_that_were_away_tell_in_any_order_and_come_to_the_same(scene):
    edition, door, keeper, badge = scene
    other = issued_yesterday(badge_of(edition, "Other"))
    for badges, order in ((badge, (0, 1, 2)), (other, (2, 0, 1))):
        scans = [
            told(door, badges.number, at=ago(30), shown="in"),
            told(door, badges.number, "out", at=ago(20), shown="out"),
            told(door, badges.number, at=ago(10), shown="in"),
        ]
        for place in order:
            outcomes(edition, keeper, scans[place], device=str(place))

    for badges in (badge, other):
        counted = Scan.objects.filter(badge=badges).order_by("at").values_list("outcome", flat=True)
        assert list(counted) == ["in", "out", "again"]


def test_badge_that_was_revoked_while_a_device_was_away_is_a_conflict(scene):
    edition, door, keeper, badge = scene
    revoke(badge, actor=who_runs(edition), reason="Lost.")
    Badge.objects.update(revoked_at=ago(60))

    late = told(door, badge.number, at=ago(30), shown="in")
    before = told(door, badge.number, at=ago(90), shown="in")

    assert outcomes(edition, keeper, late, before) == [("refused", "revoked"), ("in", "in")]
    assert conflicts_of(edition).count() == 1


def test_passage_before_the_badge_was_issued_is_a_conflict(scene):
    edition, door, keeper, badge = scene
    badge.issued_at = ago(60)
    badge.save()

    scan = told(door, badge.number, at=ago(90), shown="in")

    assert outcomes(edition, keeper, scan) == [("refused", "not_issued")]
    assert (conflicts_of(edition).count(), inside_by_role(edition)["press"]) == (1, 0)


def heard(edition, door, keeper, minutes):
    """The device was heard so many minutes ago."""
    outcomes(edition, keeper, told(door, "MA-9999"))
    Scan.objects.update(received_at=ago(minutes))


def test_passage_that_a_device_should_have_told_long_ago_is_a_conflict(scene):
    edition, door, keeper, badge = scene
    heard(edition, door, keeper, 30)

    scans = [told(door, badge.number, at=ago(minutes), shown="in") for minutes in (30 + 13 * 60, 40)]

    assert outcomes(edition, keeper, *scans) == [("refused", "too_old"), ("in", "in")]
    assert conflicts_of(edition).count() == 1


@pytest.mark.parametrize(
    ("minutes", "said"), [(30, ("refused", "revoked")), (90, ("in", "in")), (1, ("in", "in"))]
)
def test_revocation_that_a_device_had_heard_of_counts_whatever_it_claims(scene, minutes, said):
    edition, door, keeper, badge = scene
    revoke(badge, actor=who_runs(edition), reason="Lost.")
    Badge.objects.update(revoked_at=ago(60))
    heard(edition, door, keeper, minutes)

    assert outcomes(edition, keeper, told(door, badge.number, at=ago(70), shown="in")) == [said]


def test_whoever_was_refused_without_a_network_is_not_let_in_afterwards(scene):
    edition, door, keeper, badge = scene

    scan = told(door, badge.number, at=ago(5), shown="refused")

    assert outcomes(edition, keeper, scan) == [("refused", "kept_out")]
    badge.refresh_from_db()
    assert (badge.inside_since, conflicts_of(edition).count()) == (None, 0)


def test_answer_that_never_arrived_and_was_decided_otherwise_is_a_conflict(scene):
    edition, door, keeper, badge = scene
    outcomes(edition, keeper, told(door, badge.number))
    scan = told(door, badge.number)
    outcomes(edition, keeper, scan, device="slow")

    outcomes(edition, keeper, {**scan, "shown": "in"}, device="slow")

    assert str(conflicts_of(edition).get().key) == scan["key"]


def test_clock_of_a_device_is_put_right_and_never_reaches_the_future(scene):
    edition, door, keeper, badge = scene
    hours = timedelta(hours=5)
    fast = told(door, badge.number, at=ago(10) + hours, shown="in")
    outcomes(edition, keeper, fast, sent_at=timezone.now() + hours)
    assert abs(Scan.objects.get().at - ago(10)) < timedelta(seconds=1)

    ahead = told(door, badge.number, "out", at=timezone.now() + hours, shown="out")
    outcomes(edition, keeper, ahead)
    assert Scan.objects.get(key=ahead["key"]).at <= timezone.now()


def test_forged_foreign_and_unreadable_codes_are_kept_and_refused(scene):
    edition, door, keeper, badge = scene
    foreign = code_of(badge_of(running()))
    codes = (code_of(badge)[:-5] + "AAAAA", foreign, "M1.nonsense", "MA-9999", "' OR 1=1 --", "\u202e")

    said = outcomes(edition, keeper, *[told(door, code) for code in codes])

    assert [code for _outcome, code in said] == ["forged", "other_edition", "unreadable", *["unknown"] * 3]
    assert (Scan.objects.filter(badge=None).count(), inside_by_role(edition)["press"]) == (6, 0)


def refuses(refusal, edition, keeper, *scans):
    before = (list(Scan.objects.order_by("pk").values()), LogEntry.objects.count())
    with pytest.raises(refusal):
        outcomes(edition, keeper, *scans)
    assert (list(Scan.objects.order_by("pk").values()), LogEntry.objects.count()) == before


def test_only_keepers_of_this_edition_tell_scans_of_its_doors(scene):
    edition, door, keeper, badge = scene
    other = running()
    strange = door_of(other)
    outcomes(other, keeper_of(other), known := told(strange, "MA-0001"))

    refuses(NotYours, edition, UserFactory(), told(door, badge.number))
    refuses(NotYours, edition, keeper_of(other), told(door, badge.number))
    refuses(DoorGone, edition, keeper, told(strange, badge.number))
    refuses(UnreadableScans, edition, keeper, {**known, "door": door.pk})


def test_refusal_without_a_network_keeps_what_its_sentence_is_about(scene):
    edition, door, keeper, badge = scene
    outcomes(edition, keeper, told(door, badge.number, at=ago(9), shown="in"))

    outcomes(edition, keeper, told(door, badge.number, at=ago(5), shown="refused"))

    scan = Scan.objects.get(shown="refused")
    sentence = sentence_of(scan.code, scan.about, edition.time_zone)
    assert (scan.code, "{" in sentence, door.label in sentence) == ("inside", False, True)


@pytest.mark.parametrize("code", SENTENCES)
def test_scan_that_was_kept_without_its_facts_is_told_without_braces(code):
    assert "{" not in sentence_of(code, {}, "Africa/Casablanca")


def test_badge_that_was_revoked_unheard_of_was_let_in_by_the_device(scene):
    edition, door, keeper, badge = scene
    revoke(badge, actor=who_runs(edition), reason="Lost.")
    Badge.objects.update(revoked_at=ago(60))

    outcomes(edition, keeper, told(door, badge.number, at=ago(5), shown="in"))

    scan = Scan.objects.get()
    assert (scan.code, scan.is_conflict, scan.was_let_in) == ("revoked", True, True)
