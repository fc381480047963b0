"""Scans of many devices, in whatever order they are heard, become one account of who is inside.

A device that asks us is answered with what all devices have told so far, under the lock of the badge. One
that was away has decided by itself: its scans take their place in time, and two entries count as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from fairs.badges.allowed import ACROSS, Answer, DoorRules, Listed, Shown, Verdict, decide, passage
from fairs.badges.errors import DoorGone, UnreadableScans
from fairs.badges.models import Badge, Door, Scan
from fairs.badges.queries import entry_of, listed, points_of, rules_of, steps_of
from fairs.badges.rules import may_keep_doors
from fairs.badges.sending import Sending, Told
from fairs.badges.states import PASSED, ScanOutcome
from fairs.badges.tokens import VERSION, read, serial_typed
from fairs.editions.models import Edition
from fairs.editions.rules import may_organise, refuse_once_put_away
from moussem.core.errors import NotYours, require
from moussem.core.locks import lock_all
from moussem.core.log import record

# A clock that is wrong by less than this was only slow to send.
CLOCK_MAY_DIFFER = timedelta(minutes=2)
# A device sends what it kept as soon as it is heard: what is much older than that it has made up.
KEPT_BACK_AT_MOST = timedelta(hours=12)
# A long list comes in parts: the first of them tells nothing of when the device was heard before.
STILL_SENDING = timedelta(minutes=15)
# Answers that depend on the other scans of a badge, and change when an earlier one is heard.
OF_PASSAGES = ("in", "again", *ACROSS, "out", "inside", "not_inside")
NEXT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Reading:
    """A scan with what its code is worth and which badge it names."""

    told: Told
    shown: Shown
    serial: int | None
    number: str = ""


@transaction.atomic
def keep_scans(
    edition: Edition, sending: Sending, *, actor: Any, now: datetime | None = None
) -> dict[str, Scan]:
    """The scans of a sending as they count now, by key; one that was kept before is not kept again."""
    require(may_keep_doors(actor, edition) or may_organise(actor, edition), NotYours)
    doors = {door.pk: door for door in edition.doors.all()}
    require(all(one.door in doors for one in sending.scans), DoorGone)
    readings = _readings(edition, sending.scans)
    badges = _locked_badges(edition, readings)
    # Devices wait for each other at a badge and not at the edition, which is read again all the same.
    edition.refresh_from_db(fields=["state"])
    refuse_once_put_away(edition)
    keys = [one.key for one in sending.scans]
    known = {one.key: one for one in Scan.objects.filter(key__in=keys).select_related("door", "badge")}
    require(all(one.edition_id == edition.pk for one in known.values()), UnreadableScans)
    account = _Account(edition, doors, badges, sending, actor, now)
    for reading in sorted(readings, key=lambda one: (one.told.at, str(one.told.key))):
        if (kept := known.get(reading.told.key)) is not None:
            account.hear_again(kept, reading.told)
        else:
            account.hear(reading)
    account.settle()
    found = Scan.objects.filter(key__in=keys, edition=edition).select_related("door", "badge")
    kept_now = {str(one.key): one for one in found}
    for pk in {one.door for one in sending.scans if one.key not in known}:
        # Beside the door: the log of the edition is read by its organiser, and a fair has thousands of scans.
        record("scans_kept", doors[pk], actor=actor, device=sending.device, keys=list(kept_now))
    return kept_now


def _readings(edition: Edition, scans: Iterable[Told]) -> list[Reading]:
    points = points_of(edition)
    found = []
    for told in scans:
        if told.code.startswith(f"{VERSION}."):
            shown, serial = read(told.code, edition.pk, points)
            found.append(Reading(told, shown, serial))
        else:
            serial = serial_typed(told.code)
            number = told.code.upper() if serial is None else ""
            found.append(Reading(told, Shown(Verdict.TYPED), serial, number))
    return found


def _locked_badges(edition: Edition, readings: Iterable[Reading]) -> dict[Any, Badge]:
    """The badges that are named, by serial and by number, locked until all is written."""
    serials = {one.serial for one in readings if one.serial is not None}
    numbers = {one.number for one in readings if one.number}
    named = Badge.objects.filter(Q(serial__in=serials) | Q(number__in=numbers), edition=edition)
    badges = list(lock_all(named))
    return {**{one.serial: one for one in badges}, **{one.number: one for one in badges}}


class _Account:
    """The scans of the badges of a sending, old and new, put in order."""

    def __init__(
        self,
        edition: Edition,
        doors: Mapping[int, Door],
        badges: dict[Any, Badge],
        sending: Sending,
        actor: Any,
        now: datetime | None,
    ) -> None:
        self.edition, self.doors, self.badges = edition, doors, badges
        self.sending, self.actor = sending, actor
        # After the lock: whoever waited for it comes later.
        self.now = now or timezone.now()
        self.rules: dict[int, DoorRules] = {pk: rules_of(door, edition) for pk, door in doors.items()}
        self.scans: dict[int, list[Scan]] = defaultdict(list)
        for scan in Scan.objects.filter(badge__in=set(badges.values())).select_related("door"):
            self.scans[scan.badge_id].append(scan)
        self.new: list[Scan] = []
        heard = edition.scans.filter(device=sending.device, received_at__lt=self.now - STILL_SENDING)
        self.heard_at: datetime | None = heard.aggregate(at=Max("received_at"))["at"]

    def hear(self, reading: Reading) -> None:
        """A scan that was never told before."""
        told = reading.told
        badge = self.badges.get(reading.serial if reading.serial is not None else reading.number)
        past = self.scans[badge.pk] if badge else []
        at = self._moment(told, past)
        before = steps_of(one for one in past if (one.at, str(one.key)) < (at, str(told.key)))
        answer = self._doubt(told, at, badge) or decide(
            reading.shown,
            self._listed(told, badge) if badge else None,
            self.rules[told.door],
            before,
            told.way,
            int(at.timestamp()),
        )
        if badge is None and (reason := self._nobodys(reading)):
            answer = Answer(ScanOutcome.REFUSED, reason)
        if told.shown == ScanOutcome.REFUSED:
            passes = answer.outcome in PASSED
            answer = Answer(ScanOutcome.REFUSED, "kept_out") if passes else answer
        scan = Scan(
            key=told.key,
            edition=self.edition,
            door=self.doors[told.door],
            badge=badge,
            keeper=self.actor,
            device=self.sending.device,
            way=told.way,
            at=at,
            received_at=self.now,
            shown=told.shown or answer.outcome,
            was_offline=bool(told.shown),
        )
        _answer(scan, answer)
        self.new.append(scan)
        past.append(scan)

    def _nobodys(self, reading: Reading) -> str:
        """Why a code that names no badge of this edition opens nothing; empty where that is said already."""
        if not reading.told.code:
            return "empty"
        if reading.number and self._is_elsewhere(reading.number):
            return "other_edition"
        # Signed by us, and yet of no badge: a key that was stolen, and was not changed since.
        return "unknown" if reading.serial is not None else ""

    def _is_elsewhere(self, number: str) -> bool:
        """Whether another edition of the same organiser has a badge of this number."""
        badges = Badge.objects.filter(edition__series__organiser=self.edition.series.organiser_id)
        return badges.filter(number=number).exclude(edition=self.edition).exists()

    def _doubt(self, told: Told, at: datetime, badge: Badge | None) -> Answer | None:
        """Why a passage cannot have been when the device says it was; None where it can."""
        if not told.shown or badge is None:
            return None
        if at < badge.issued_at - CLOCK_MAY_DIFFER:
            return Answer(ScanOutcome.REFUSED, "not_issued")
        if self.heard_at and at < self.heard_at - KEPT_BACK_AT_MOST:
            return Answer(ScanOutcome.REFUSED, "too_old")
        return None

    def _listed(self, told: Told, badge: Badge) -> Listed:
        """The badge as the device should have known it: a revocation that it had heard of counts always."""
        found = listed(badge)
        knew = badge.revoked_at and self.heard_at and badge.revoked_at < self.heard_at
        return replace(found, revoked_at=0) if told.shown and knew else found

    def hear_again(self, kept: Scan, told: Told) -> None:
        """A scan that was kept, though the device never heard of it and then decided by itself.

        What counts from then on is what the person was shown at the door. The first word of a device is its
        last: what it decided by itself is not told in another way later.
        """
        if not told.shown or kept.was_offline or kept.device != self.sending.device:
            return
        # The very scan that is put in order with the others of its badge, and not another copy of it.
        scan = next((one for one in self.scans.get(kept.badge_id, ()) if one.key == kept.key), kept)
        scan.was_offline, scan.shown = True, told.shown
        if told.shown == ScanOutcome.REFUSED and scan.outcome in PASSED:
            _answer(scan, Answer(ScanOutcome.REFUSED, "kept_out"))
        scan.save(update_fields=["was_offline", "shown", "outcome", "code", "about"])

    def settle(self) -> None:
        """Write the new scans, and what they change of the others and of their badges."""
        Scan.objects.bulk_create(self.new, ignore_conflicts=True)
        changed, badges = [], {badge.pk: badge for badge in self.badges.values()}
        for pk, badge in badges.items():
            ordered = sorted(self.scans[pk], key=lambda one: (one.at, str(one.key)))
            changed += self._again(ordered)
            entry = entry_of(ordered)
            badge.inside_since, badge.inside_by = (entry.at, entry.door) if entry else (None, None)
            badge.save(update_fields=["inside_since", "inside_by"])
        # By key: what was just written has no number here where another sending wrote it first.
        for scan in changed:
            told = {"outcome": scan.outcome, "code": scan.code, "about": scan.about}
            Scan.objects.filter(key=scan.key).update(**told)

    def _again(self, ordered: list[Scan]) -> list[Scan]:
        """The scans whose answer is another one now that all are known, in their order."""
        changed, so_far = [], []
        for scan in ordered:
            if scan.shown in PASSED and scan.code in OF_PASSAGES:
                rules = self.rules[scan.door_id]
                before = (scan.outcome, scan.code, scan.about)
                at = int(scan.at.timestamp())
                answer = passage(rules.openings, steps_of(so_far), scan.way, at, rules.hall)
                _answer(scan, answer)
                if before != (scan.outcome, scan.code, scan.about):
                    changed.append(scan)
            so_far.append(scan)
        return changed

    def _moment(self, told: Told, past: list[Scan]) -> datetime:
        """When a scan was: now, where we are asked; else what the device says, its clock put right."""
        if not told.shown:
            return max([self.now, *(one.at + NEXT for one in past)])
        wrong_by = self.sending.sent_at - self.now
        at = told.at - wrong_by if abs(wrong_by) > CLOCK_MAY_DIFFER else told.at
        return min(at, self.now)


def _answer(scan: Scan, answer: Answer) -> None:
    scan.outcome, scan.code, scan.about = str(answer.outcome), answer.code, dict(answer.about)
