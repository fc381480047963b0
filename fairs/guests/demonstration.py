"""The buyers of the demonstration file, registered to its fairs with the needs that the file gives them."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalogue.actions.reference import REFERENCE
from catalogue.models import CertificateType, Family
from catalogue.states import BaseUnit
from fairs.demonstration import ORGANISER, person_of
from fairs.editions.models import Edition
from fairs.guests.limits import Unreadable, limits_typed
from fairs.guests.models import Guest, HostingOffer, HostingPlan, Need
from fairs.guests.states import GuestState, Tier
from moussem.core.demonstration import demonstrates
from moussem.organisations.models import Organisation
from moussem.people.models import User

SOURCE = REFERENCE / "demo_catalogue.json"
RUNNING, COMING, OVER = "demo-made-in-africa", "demo-terroir-online", "demo-made-in-africa-casablanca"
# Of the forty-two, every seventh waits to be checked and every fifth is hosted.
WAITS, HOSTED = 7, 5
PLAN = {"places": 12, "meetings": 8}
SUPPORT = "Deux nuits à Marrakech (démonstration)"


@demonstrates(order=93, label="Buyers at the fairs", reads=[SOURCE])
@transaction.atomic
def bring_in_the_buyers() -> None:
    """All buyers at the fair that runs, some of them at the one that is over and at the one that comes."""
    told = {one["id"]: one for one in json.loads(SOURCE.read_text(encoding="utf-8"))["buyers"]}
    buyers = Organisation.objects.in_bulk(list(told), field_name="code")
    editions = {one.slug: one for one in Edition.objects.filter(slug__in=(RUNNING, COMING, OVER))}
    HostingPlan.objects.get_or_create(edition=editions[RUNNING], defaults=PLAN)
    families = _families()
    for number, (code, buyer) in enumerate(sorted(buyers.items()), 1):
        spoken = told[code]["languages"]
        language = next((one for one in spoken if one in ("en", "fr", "ar")), "en")
        person = person_of(buyer, language=language, time_zone=told[code]["time_zone"])
        _guest(editions[RUNNING], person, buyer, told[code], families, number)
        if number <= 20:
            _guest(editions[OVER], person, buyer, told[code], families, number)
        if number <= 10:
            _guest(editions[COMING], person, buyer, told[code], families, number)


def _families() -> dict[str, Family]:
    """A family for each HS code that one suggests."""
    found: dict[str, Family] = {}
    for family in Family.objects.order_by("pk").prefetch_related("hs_codes"):
        for code in family.hs_codes.all():
            found.setdefault(code.pk, family)
    return found


def _limits(family: Family, asked: list[str]) -> list[str]:
    """Those of the limits that the family is measured by: the file knows values of its own."""
    try:
        return limits_typed(";".join(asked), list(family.lab_fields.all()))
    except Unreadable:
        return []


def _guest(
    edition: Edition,
    person: User,
    buyer: Organisation,
    told: dict[str, Any],
    families: dict[str, Family],
    number: int,
) -> None:
    state = GuestState.WAITING if number % WAITS == 0 else GuestState.ADMITTED
    hosted = state == GuestState.ADMITTED and number % HOSTED == 0 and edition.slug == RUNNING
    guest, new = Guest.objects.get_or_create(
        edition=edition,
        person=person,
        defaults={
            "organisation": buyer,
            "tier": Tier.HOSTED if hosted else Tier.BUYER,
            "state": state,
            "languages": told["languages"],
            "incoterm": told["preferred_incoterm"],
            "decided_at": timezone.now() if state == GuestState.ADMITTED else None,
        },
    )
    if not new:
        return
    if hosted:
        organiser = User.objects.get(email=ORGANISER)
        HostingOffer.objects.create(
            guest=guest, meetings=PLAN["meetings"], support=SUPPORT, offered_by=organiser, accepted=True
        )
    for need in told["needs"]:
        family = families.get(need["hs6"])
        if family is None or guest.needs.filter(family=family).exists():
            continue
        unit = need["unit"] if need["unit"] in BaseUnit.values else ""
        kept = Need.objects.create(
            guest=guest,
            family=family,
            volume=need["annual_volume"] if unit else None,
            unit=unit,
            limits=_limits(family, need["lab_spec"]),
        )
        kept.certificates.set(CertificateType.objects.filter(pk__in=need["required_certificates"]))
