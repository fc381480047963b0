"""Badges of the fair that runs today, two doors with a keeper, and whoever came in so far."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from fairs.badges.actions.issuing import issue_by_hand, settle_guest
from fairs.badges.models import Badge, Door, DoorKeeper, Scan
from fairs.badges.states import BadgeRole, BadgeState, Passing, ScanOutcome
from fairs.demonstration import ORGANISER
from fairs.editions.models import Edition
from fairs.guests.states import GuestState
from fairs.selection.models import Exhibitor
from moussem.core.counters import next_number
from moussem.core.demonstration import PASSWORD, SIGN_INS, SignIn, demonstrates
from moussem.organisations.models import Organisation
from moussem.organisations.states import Kind
from moussem.people.models import User

EDITION = "demo-made-in-africa"
KEEPER = "door@demo.example"
SIGN_INS.append(SignIn(KEEPER, "door keeper of a fair"))
# Open all day long, so that a visitor of the demonstration may try a badge at any hour.
DOORS = (
    (("Hall 1, main entrance", "Hall 1, entrée principale", "القاعة 1، المدخل الرئيسي"), []),
    (
        ("Hall 2, buyers’ lounge", "Hall 2, salon des acheteurs", "القاعة 2، صالون المشترين"),
        ["buyer", "hosted", "organiser"],
    ),
)
ALL_DAY = {"opens": time(0, 1), "closes": time(23, 59)}
BY_HAND = (
    ("Salma Idrissi", BadgeRole.PRESS, "Revue Terroir (démo)"),
    ("Prof. Hassan Ouazzani", BadgeRole.SPEAKER, "Université Démo"),
    ("Nadia Cherkaoui", BadgeRole.ORGANISER, "Agence des foires Démo"),
)
# Who stands at the stands of cooperatives that have no member in the demonstration.
PEOPLE = (
    *("Fatima Oubella", "Rachida Amezian", "Lahcen Aït Baha", "Zineb Tazi", "Brahim Oulhaj", "Malika Bennis"),
    *("Hassna Ouali", "Omar Idbrahim", "Naïma Chraïbi", "Saïd Azoulay", "Itto Aït Hssain", "Mina Lahlou"),
)
ENTRIES = 30
FIRST_ENTRY = time(9, 5)


@demonstrates(order=95, label="Badges and doors of a fair", daily=True)
@transaction.atomic
def bring_in_the_badges() -> None:
    """Badges for guests, exhibitors and others, and the entries of today."""
    edition = Edition.objects.get(slug=EDITION)
    organiser = User.objects.get(email=ORGANISER)
    keeper = _keeper(edition)
    halls = [*edition.halls.all(), None, None]
    doors = [
        Door.objects.update_or_create(
            edition=edition,
            name_en=en,
            defaults={"name_fr": fr, "name_ar": ar, "roles": roles, "hall": hall, **ALL_DAY},
        )[0]
        for ((en, fr, ar), roles), hall in zip(DOORS, halls, strict=False)
    ]
    for guest in edition.guests.filter(state=GuestState.ADMITTED).order_by("pk"):
        settle_guest(guest)
    _exhibitors(edition)
    for name, role, organisation in BY_HAND:
        if not edition.badges.filter(name=name, role=role).exists():
            issue_by_hand(edition, actor=organiser, name=name, role=role, organisation=organisation)
    _entries(edition, doors, keeper)


def _keeper(edition: Edition) -> User:
    person, new = User.objects.update_or_create(
        email=KEEPER, defaults={"first_name": "Youssef", "last_name": "Amrani", "language": "fr"}
    )
    if new or not person.check_password(PASSWORD):
        person.password = make_password(PASSWORD)
        person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    DoorKeeper.objects.update_or_create(edition=edition, person=person, defaults={"left_at": None})
    return person


def _exhibitors(edition: Edition) -> None:
    """Cooperatives of the demonstration at the fair, with a member or their name on a badge."""
    sellers = Organisation.objects.filter(kind=Kind.COOPERATIVE, code__startswith="c").order_by("code")
    for organisation, name in zip(sellers, PEOPLE, strict=False):
        exhibitor, _new = Exhibitor.objects.get_or_create(edition=edition, organisation=organisation)
        if exhibitor.badges.exists():
            continue
        member = organisation.memberships.active().select_related("user").order_by("pk").first()
        serial = next_number(f"badges-{edition.pk}")
        Badge.objects.create(
            edition=edition,
            serial=serial,
            number=f"MA-{serial:04d}",
            name=str(member.user) if member else name,
            organisation_name=organisation.name[:160],
            role=BadgeRole.EXHIBITOR,
            exhibitor=exhibitor,
            person=member.user if member else None,
        )


def _entries(edition: Edition, doors: list[Door], keeper: User) -> None:
    """Thirty entries between the opening and now; some have left, and some buyers went on into the lounge."""
    door, lounge = doors
    zone = ZoneInfo(edition.time_zone)
    now = timezone.now().astimezone(zone)
    begins = datetime.combine(now.date(), FIRST_ENTRY, tzinfo=zone)
    # Early in the morning the day has hardly begun: whoever looks must see something all the same.
    begins = begins if now - begins > timedelta(hours=1) else now.replace(hour=0, minute=2)
    if edition.scans.filter(at__gte=now.replace(hour=0, minute=0)).exists():
        return
    span = min(now - begins, timedelta(hours=8))
    badges = edition.badges.filter(state=BadgeState.ISSUED)
    # All kinds of people, the same on every machine.
    mixed = sorted(badges, key=lambda badge: (badge.serial * 17) % 53)
    for place, badge in enumerate(mixed[:ENTRIES]):
        # More come in the first hour than later.
        at = begins + span * (place / ENTRIES) ** 1.6
        _scan(badge, door, keeper, Passing.IN, at)
        left = at + span / 6
        has_left = place % 6 == 5 and left < now
        if has_left:
            _scan(badge, door, keeper, Passing.OUT, left)
        badge.inside_since, badge.inside_by = (None, None) if has_left else (at, door)
        went_on = at + span / 9
        if not has_left and badge.role in lounge.roles and place % 3 == 0 and went_on < now:
            _scan(badge, lounge, keeper, Passing.IN, went_on, "hall")
            badge.inside_since, badge.inside_by = went_on, lounge
        badge.save(update_fields=["inside_since", "inside_by"])


def _scan(badge: Badge, door: Door, keeper: User, way: Passing, at: datetime, code: str = "") -> None:
    entered = ScanOutcome.AGAIN if code else ScanOutcome.IN
    outcome = entered if way == Passing.IN else ScanOutcome.OUT
    Scan.objects.create(
        key=uuid5(NAMESPACE_URL, f"{badge.pk}-{way}{code}-{at:%Y%m%d}"),
        edition=badge.edition,
        door=door,
        badge=badge,
        keeper=keeper,
        device="demo",
        way=way,
        at=at,
        received_at=at,
        shown=outcome,
        outcome=outcome,
        code=code or outcome.value,
    )
