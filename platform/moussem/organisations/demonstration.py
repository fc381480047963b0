"""People of the demonstration, one for each role, in organisations that are imported already."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from textwrap import wrap

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageDraw, ImageFont

from moussem.core.demonstration import PASSWORD, SIGN_INS, SignIn, demonstrates
from moussem.organisations.models import ApprovalLimit, Membership, Organisation, ProxyConsent
from moussem.organisations.states import Role
from moussem.people.models import User


@dataclass(frozen=True)
class Person:
    """Somebody a visitor may be."""

    email: str
    first_name: str
    last_name: str
    language: str
    time_zone: str
    # The code of the organisation in the demonstration file; none for the staff.
    organisation: str
    membership: Role | None
    says: str


CASABLANCA = "Africa/Casablanca"
PEOPLE = (
    Person(
        "buyer@demo.example", "Claire", "Lumière", "en", "Europe/Paris", "b01", Role.OWNER, "buyer, approves"
    ),
    Person(
        "purchaser@demo.example",
        "Hugo",
        "Martin",
        "fr",
        "Europe/Paris",
        "b01",
        Role.PURCHASER,
        "purchaser of the same buyer, alone up to EUR 2,000",
    ),
    Person(
        "cooperative@demo.example",
        "Fatima",
        "Aït Taleb",
        "ar",
        CASABLANCA,
        "c01",
        Role.OWNER,
        "saffron cooperative (Arabic)",
    ),
    Person(
        "cooperative2@demo.example",
        "Khadija",
        "Ouhammou",
        "fr",
        CASABLANCA,
        "c04",
        Role.OWNER,
        "second cooperative (French)",
    ),
    Person(
        "delegate@demo.example",
        "Youssef",
        "Berrada",
        "fr",
        CASABLANCA,
        "c10",
        Role.DELEGATE,
        "delegate who acts for a cooperative, with its consent",
    ),
    Person(
        "staff@demo.example", "Salma", "Idrissi", "fr", CASABLANCA, "", None, "staff: /admin/, verification"
    ),
)
CONSENT = "La coopérative autorise la personne nommée à répondre aux commandes en son nom."
LIMITS = {"purchaser@demo.example": ("EUR", Decimal(2000))}
SIGN_INS += [SignIn(person.email, person.says) for person in PEOPLE]


@demonstrates(order=50, label="People to sign in as")
@transaction.atomic
def bring_in_the_people() -> None:
    """Everybody with a verified address and a place in an organisation."""
    organisations = Organisation.objects.in_bulk(
        [person.organisation for person in PEOPLE if person.organisation], field_name="code"
    )
    hashes = _hashes([person.email for person in PEOPLE])
    for person in PEOPLE:
        user = _user(person, hashes[person.email])
        if person.membership is not None:
            _join(user, organisations[person.organisation], person)
    _consent(User.objects.filter(email__in=hashes, is_staff=True).get())


def _hashes(emails: list[str]) -> dict[str, str]:
    """The password of each as it is kept: another hash would sign out whoever is signed in."""
    kept = dict(User.objects.filter(email__in=emails).values_list("email", "password"))
    # Hashing is slow on purpose; one password needs one hash.
    sound = {hashed for hashed in set(kept.values()) if check_password(PASSWORD, hashed)}
    fallback = next(iter(sound), None) or make_password(PASSWORD)
    return {email: kept[email] if kept.get(email) in sound else fallback for email in emails}


def _user(person: Person, hashed: str) -> User:
    is_staff = person.membership is None
    user, _ = User.objects.update_or_create(
        email=person.email,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "language": person.language,
            "time_zone": person.time_zone,
            "password": hashed,
            "is_staff": is_staff,
            "is_superuser": is_staff,
        },
    )
    EmailAddress.objects.update_or_create(
        email=person.email, defaults={"user": user, "verified": True, "primary": True}
    )
    return user


def _join(user: User, organisation: Organisation, person: Person) -> None:
    membership, _ = Membership.objects.update_or_create(
        user=user, organisation=organisation, defaults={"role": person.membership, "is_active": True}
    )
    if person.email in LIMITS:
        currency, amount = LIMITS[person.email]
        ApprovalLimit.objects.update_or_create(
            membership=membership, currency=currency, defaults={"amount": amount}
        )


def _consent(officer: User) -> None:
    """Each delegate of the demonstration acts with a consent that an officer recorded from a signed paper."""
    emails = [person.email for person in PEOPLE if person.membership == Role.DELEGATE]
    for membership in Membership.objects.filter(user__email__in=emails):
        consent = membership.consents.first() or ProxyConsent(
            membership=membership,
            given_by="Présidente de la coopérative (démonstration)",
            channel=ProxyConsent.Channel.MEETING,
            text=CONSENT,
        )
        if not consent.evidence:
            consent.recorded_by = officer
            consent.evidence.save("consent.pdf", ContentFile(_paper()), save=False)
            consent.save()


def _paper() -> bytes:
    """The signed paper, as an officer would have scanned it."""
    sheet = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(("DEMONSTRATION", "", *wrap(CONSENT, 56), "", "Signature")):
        draw.text((140, 200 + 60 * number), line, fill=0, font=ImageFont.load_default(34))
    buffer = BytesIO()
    sheet.save(buffer, "PDF")
    return buffer.getvalue()
