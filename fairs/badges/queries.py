"""Badges, doors and scans as the person, the exhibitor, the keeper and the organiser may see them."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from fairs.badges.allowed import ACROSS, QUICK, DoorRules, Listed, Step, whereabouts
from fairs.badges.models import Badge, BadgeKey, Door, DoorKeeper, PrintedPaper, PrintRun, Scan
from fairs.badges.states import EARLY, ENTERED, PASSED, ROLE_OF_TIER, BadgeRole, BadgeState
from fairs.editions.grid import moment
from fairs.editions.models import Edition
from fairs.editions.queries import run_edition
from fairs.editions.rules import may_organise
from fairs.editions.states import EditionState
from fairs.guests.models import Guest
from fairs.guests.states import GuestState
from fairs.selection.models import Exhibitor
from moussem.core.text import pick, reading_order
from moussem.people.models import User

# How long after the doors have closed for the last time a badge still counts.
GRACE = timedelta(hours=2)


@dataclass(frozen=True)
class Hour:
    """How many came in during an hour of a day, for a drawing."""

    begins: datetime
    entries: int


def _whole() -> QuerySet[Badge]:
    whose = ("exhibitor__organisation", "guest__organisation", "person", "revoked_by")
    return Badge.objects.select_related("edition__series__organiser", *whose)


def badges_of(edition: Edition, text: str = "", role: str = "", state: str = "") -> QuerySet[Badge]:
    """The badges of an edition for its organiser."""
    found = _whole().filter(edition=edition)
    if role in BadgeRole.values:
        found = found.filter(role=role)
    if state == "inside":
        found = found.filter(inside_since__gte=inside_from(edition))
    elif state in BadgeState.values:
        found = found.filter(state=state)
    for word in text.split()[:5]:
        named = Q(name__icontains=word) | Q(organisation_name__icontains=word) | Q(number__icontains=word)
        found = found.filter(named)
    return found.order_by("serial")


def own_badges(person: Any, edition: Edition) -> QuerySet[Badge]:
    """A person's own badges at an edition; mostly one."""
    return _whole().filter(edition=edition, person=person).order_by("state", "serial")


def has_badge(person: Any, edition: Edition) -> bool:
    """Whether a person has a badge there that counts."""
    if not person.is_authenticated:
        return False
    return own_badges(person, edition).filter(state=BadgeState.ISSUED).exists()


def exhibitor_for(user: Any, membership: Any, slug: str) -> Exhibitor | None:
    """The place at this edition of the organisation that a person acts for."""
    if not user.is_authenticated or not membership:
        return None
    found = Exhibitor.objects.filter(
        edition__slug=slug, organisation=membership.organisation_id, left_at=None
    ).select_related("edition__series__organiser", "organisation")
    return found.first()


def people_of(exhibitor: Exhibitor) -> QuerySet[Badge]:
    """The badges that an exhibitor named for its stand, those that count first."""
    return _whole().filter(exhibitor=exhibitor).order_by("state", "serial")


def members_to_name(exhibitor: Exhibitor) -> QuerySet[User]:
    """Members of the exhibitor who have no valid badge of the stand yet."""
    named = Badge.objects.filter(exhibitor=exhibitor, state=BadgeState.ISSUED).exclude(person=None)
    members = exhibitor.organisation.memberships.active().values("user")
    return User.objects.filter(pk__in=members).exclude(pk__in=named.values("person")).order_by("pk")


def taken_by_organiser(exhibitor: Exhibitor, member: Any = None, name: str = "") -> Badge | None:
    """The badge of this person, or of this name, that the organiser took from the exhibitor's stand.

    Whoever revokes without belonging to the exhibitor is the organiser; one who is both counts as organiser.
    """
    sought = _read_aloud(str(member) if member else name)
    staff = set(exhibitor.organisation.memberships.values_list("user", flat=True))
    revoked = Badge.objects.filter(exhibitor=exhibitor, state=BadgeState.REVOKED).exclude(revoked_by=None)
    for badge in revoked.select_related("revoked_by", "edition__series__organiser").order_by("serial"):
        # A name that is typed instead of a member chosen is the same person.
        is_sought = (member and badge.person_id == member.pk) or _read_aloud(badge.name) == sought
        if is_sought and (
            badge.revoked_by_id not in staff or may_organise(badge.revoked_by, exhibitor.edition)
        ):
            return badge
    return None


def one_named(people: Iterable[Any], name: str) -> Any:
    """The first of some badges, or of the people of a booth, who bears this name; None where nobody does."""
    sought = _read_aloud(name)
    return next((one for one in people if _read_aloud(one.name) == sought), None)


def member_named(exhibitor: Exhibitor, name: str) -> User | None:
    """The member without a badge who bears this name, where one alone does."""
    sought = _read_aloud(name)
    found = [one for one in members_to_name(exhibitor) if _read_aloud(str(one)) == sought]
    return found[0] if len(found) == 1 else None


def _read_aloud(name: str) -> str:
    """A name as a door hears it: letters of another shape and marks nobody sees make no other person."""
    shaped = unicodedata.normalize("NFKC", name)
    return reading_order("".join(char for char in shaped if unicodedata.category(char) != "Cf"))


def keeper_at(user: Any, slug: str) -> Edition | None:
    """The edition of this address for who keeps its doors or runs it."""
    if not user.is_authenticated:
        return None
    kept = DoorKeeper.objects.filter(edition__slug=slug, person=user, left_at=None)
    if kept.exists():
        whole = Edition.objects.select_related("series__organiser").prefetch_related("days")
        return whole.filter(slug=slug).first()
    return run_edition(user, slug)


def edition_kept_by(user: Any) -> Edition | None:
    """The edition whose doors somebody keeps: the one that runs or comes next, one query."""
    kept = DoorKeeper.objects.filter(
        person=user, left_at=None, edition__state__in=(EditionState.RUNNING, EditionState.OPEN)
    )
    keeper = kept.select_related("edition").order_by("edition__starts_on", "pk").first()
    return keeper.edition if keeper else None


def keepers_of(edition: Edition) -> QuerySet[DoorKeeper]:
    """Those who keep the doors of an edition now."""
    return edition.door_keepers.filter(left_at=None).select_related("person")


def doors_of(edition: Edition) -> QuerySet[Door]:
    """The doors of an edition that are kept."""
    return edition.doors.filter(left_at=None).select_related("hall").order_by("pk")


def points_of(edition: Edition) -> dict[int, str]:
    """The public halves of the keys that doors accept."""
    return dict(BadgeKey.objects.filter(edition=edition, retired_at=None).values_list("pk", "point"))


def expires_at(edition: Edition) -> datetime | None:
    """Until when badges of an edition count."""
    closes = edition.doors_close_at
    return closes + GRACE if closes else None


def rules_of(door: Door, edition: Edition) -> DoorRules:
    """A door as the decision takes it."""
    zone, spans = edition.time_zone, []
    for day in edition.days.all():
        if not door.days or day.on.isoformat() in door.days:
            opens = moment(day.on, door.opens or day.opens, zone)
            closes = moment(day.on, door.closes or day.closes, zone)
            spans.append((int(opens.timestamp()), int(closes.timestamp())))
    until = expires_at(edition)
    last = max((closes for _opens, closes in spans), default=0)
    return DoorRules(
        openings=tuple(spans),
        # A door that stays open longer than the edition is of the edition still.
        expires=max(int(until.timestamp()) if until else 0, last),
        roles=tuple(door.roles),
        early_roles=tuple(role.value for role in EARLY),
        early_seconds=door.early_minutes * 60,
        hall=door.hall_id or 0,
    )


def listed(badge: Badge) -> Listed:
    """A badge as the decision takes it."""
    return Listed(badge.role, int(badge.revoked_at.timestamp()) if badge.revoked_at else None)


def steps_of(scans: Iterable[Scan]) -> list[Step]:
    """The passages that count among scans, in their order."""
    ordered = sorted(scans, key=lambda one: (one.at, str(one.key)))
    return [_step(one) for one in ordered if one.outcome in PASSED]


def _step(scan: Scan) -> Step:
    return Step(int(scan.at.timestamp()), scan.way, scan.door.names, scan.door.hall_id or 0)


def entry_of(scans: Iterable[Scan]) -> Scan | None:
    """The passage by which a badge is inside, after those that count, in their order; None once it left.

    Who is in a hall is there by the door of the hall, whichever entrance of the edition they came by.
    """
    ordered = [one for one in scans if one.outcome in PASSED]
    steps = [_step(one) for one in ordered]
    fair, room = whereabouts(steps)
    entry = room or fair
    pairs = zip(reversed(steps), reversed(ordered), strict=True)
    return next((one for step, one in pairs if step is entry), None)


def inside_from(edition: Edition, now: datetime | None = None) -> datetime:
    """From when on an entry may still last: the last time all doors were closed, in the zone of the fair."""
    here = (now or timezone.now()).astimezone(ZoneInfo(edition.time_zone))
    return datetime.combine(here.date(), time.min, tzinfo=here.tzinfo)


def inside_by_role(edition: Edition) -> dict[str, int]:
    """How many are inside now, by role, those without anybody included."""
    now_in = edition.badges.filter(inside_since__gte=inside_from(edition))
    counted = dict(now_in.values_list("role").annotate(many=Count("pk")).order_by())
    return {role.value: counted.get(role.value, 0) for role in BadgeRole}


def guests_who_entered(edition: Edition) -> set[int]:
    """The keys of the guests whom a door has let in."""
    entered = edition.scans.filter(outcome__in=ENTERED, badge__guest__isnull=False)
    return set(entered.values_list("badge__guest", flat=True))


def entries_by_hour(edition: Edition, now: datetime | None = None) -> list[Hour]:
    """How many came in during each hour of today, from the first entry to the last."""
    zone = ZoneInfo(edition.time_zone)
    begins = inside_from(edition, now)
    today = edition.scans.filter(outcome__in=ENTERED, at__gte=begins, at__lt=begins + timedelta(days=1))
    # From one hall into another nobody comes into the fair.
    today = today.exclude(code__in=ACROSS)
    hours = Counter(at.astimezone(zone).hour for at in today.values_list("at", flat=True))
    if not hours:
        return []
    span = range(min(hours), max(hours) + 1)
    return [Hour(begins.replace(hour=hour), hours.get(hour, 0)) for hour in span]


def conflicts_of(edition: Edition) -> QuerySet[Scan]:
    """Passages that two doors do not agree on, the latest first.

    A door without a network allowed what the others would not have, or one badge was in two halls at once.
    """
    found = edition.scans.filter(~Q(outcome__in=PASSED) | Q(code=QUICK), shown__in=PASSED)
    return found.select_related("badge", "door").order_by("-at", "-pk")


def standing_of(edition: Edition) -> dict[str, int]:
    """How many badges count, how many were revoked, how many were used."""
    return edition.badges.aggregate(
        issued=Count("pk", filter=Q(state=BadgeState.ISSUED)),
        revoked=Count("pk", filter=Q(state=BadgeState.REVOKED)),
    )


def runs_of(edition: Edition) -> QuerySet[PrintRun]:
    """The printings of an edition, the latest first."""
    return edition.print_runs.prefetch_related("papers").order_by("-pk")


def papers_of(edition: Edition) -> QuerySet[PrintedPaper]:
    """The papers of all printings of an edition."""
    return PrintedPaper.objects.filter(run__edition=edition)


def left_to_draw(run: PrintRun) -> QuerySet[Badge]:
    """The badges in force that are on no paper of a printing yet, whatever happened since it began."""
    drawn = {serial for serials in run.papers.values_list("serials", flat=True) for serial in serials}
    badges = run.edition.badges.filter(state=BadgeState.ISSUED, issued_at__lte=run.asked_at)
    whose = ("exhibitor__organisation", "guest__organisation")
    return badges.exclude(serial__in=drawn).select_related("edition", *whose).order_by("serial")


def scans_of(badge: Badge) -> QuerySet[Scan]:
    """Where a badge was held to a door, the latest first."""
    return badge.scans.select_related("door", "keeper").order_by("-at", "-pk")[:50]


def list_for_doors(edition: Edition) -> list[list[Any]]:
    """Every badge as a device keeps it: serial, number, name, organisation, role, when it was revoked."""
    rows = edition.badges.order_by("serial").values_list(
        "serial", "number", "name", "organisation_name", "role", "revoked_at"
    )
    return [[*row[:5], int(row[5].timestamp()) if row[5] else None] for row in rows]


def passages_for_doors(edition: Edition) -> dict[int, list[list[Any]]]:
    """The passages of each badge that count, as a device keeps them: when, which way, door and hall."""
    passages: dict[int, list[list[Any]]] = {}
    rows = edition.scans.filter(outcome__in=PASSED, badge__isnull=False).order_by("at", "key")
    told = ("badge__serial", "at", "way", "door__hall", "door__name_en", "door__name_fr", "door__name_ar")
    for serial, at, way, hall, en, fr, ar in rows.values_list(*told):
        door = pick(en=en, fr=fr, ar=ar)
        passages.setdefault(serial, []).append([int(at.timestamp()), way, door, hall or 0])
    return passages


def guests_without_badge() -> QuerySet[Guest]:
    """Admitted guests of editions that issue badges, whose badge is missing or went with their state."""
    missing = Q(badge=None) | Q(badge__state=BadgeState.REVOKED, badge__revoked_by=None)
    return _open_guests().filter(state=GuestState.ADMITTED).filter(missing)


def guests_with_stale_badge() -> QuerySet[Guest]:
    """Guests who are not admitted any more and hold a valid badge."""
    return _open_guests().exclude(state=GuestState.ADMITTED).filter(badge__state=BadgeState.ISSUED)


def guests_to_align() -> list[Guest]:
    """Guests whose badge says another role or organisation than their registration does."""
    wrong = Q()
    for tier, role in ROLE_OF_TIER.items():
        wrong |= Q(tier=tier) & ~Q(badge__role=role)
    return list(_open_guests().filter(badge__state=BadgeState.ISSUED).filter(wrong))


def _open_guests() -> QuerySet[Guest]:
    states = (EditionState.OPEN, EditionState.RUNNING)
    return Guest.objects.filter(edition__state__in=states).select_related(
        "edition__series", "person", "organisation", "badge"
    )


def valid_badges_of(exhibitor: Exhibitor) -> QuerySet[Badge]:
    """The badges of an exhibitor's people that count."""
    return exhibitor.badges.filter(state=BadgeState.ISSUED)
