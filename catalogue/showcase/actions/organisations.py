from typing import Any

from django.utils.text import slugify

from catalogue.models import Family
from catalogue.showcase.lots import AS_OF
from catalogue.showcase.stories import Facts, story
from moussem.core.dates import at_noon
from moussem.core.log import record
from moussem.organisations.models import Organisation
from moussem.organisations.states import Kind, Verification
from moussem.regions.models import Province

Fact = dict[str, Any]
LANGUAGES = ("en", "fr", "ar")
# How ready a cooperative is says how far an officer would have looked at it.
CHECKED_AS = {"A": Verification.VERIFIED, "B": Verification.REVIEWED, "C": Verification.DECLARED}
# One buyer in seven is not checked yet, so that the refusal of an unverified buyer can be seen.
UNCHECKED_EVERY = 7


def import_sellers(
    cooperatives: list[Fact], products: list[Fact], family_of: dict[str, Family]
) -> dict[str, Organisation]:
    """The cooperatives by their code in the file."""
    provinces = Province.objects.select_related("region").in_bulk()
    families: dict[str, list[Family]] = {fact["id"]: [] for fact in cooperatives}
    for product in products:
        if family_of[product["id"]] not in families[product["coop"]]:
            families[product["coop"]].append(family_of[product["id"]])
    return {
        fact["id"]: _organisation(
            fact,
            kind=Kind.COOPERATIVE,
            name_ar=fact["name_ar"],
            country_id="MA",
            region_id=fact["region"],
            province_id=fact["province"],
            founded=fact["founded"],
            member_count=fact["members"],
            women_led=fact["women_led"],
            remote_area=fact["remote_area"],
            address=f"Quartier de la démonstration {position}",
            tax_number=f"ICE {position:015d}",
            verification=CHECKED_AS[fact["readiness"]],
            **_stories(fact, provinces[fact["province"]], families[fact["id"]]),
        )
        for position, fact in enumerate(cooperatives, start=1)
    }


def import_buyers(buyers: list[Fact]) -> dict[str, Organisation]:
    """The buyers by their code in the file; what they look for is not kept here."""
    return {
        fact["id"]: _organisation(
            fact,
            kind=Kind.BUYER,
            country_id=fact["country"],
            city=fact["city"],
            address=f"{position} Demonstration Street",
            tax_number=f"{fact['country']} DEMO {position:04d}",
            time_zone=fact["time_zone"],
            sector=fact["sector"],
            verification=Verification.VERIFIED if position % UNCHECKED_EVERY else Verification.DECLARED,
        )
        for position, fact in enumerate(buyers, start=1)
    }


def _organisation(fact: Fact, **fields: Any) -> Organisation:
    checked = fields["verification"] != Verification.DECLARED
    organisation, created = Organisation.objects.update_or_create(
        code=fact["id"],
        defaults={
            "name": fact["name"],
            "slug": slugify(fact["name"]),
            "languages": fact["languages"],
            "email": fact["email"],
            "is_demonstration": True,
            # Numbers that no register gives, on papers that look like real ones.
            "registration_number": f"DEMO-{fact['id'].upper()}",
            "checked_at": at_noon(AS_OF) if checked else None,
            **fields,
        },
    )
    if created:
        record("imported", organisation, actor=None, source="demo_catalogue.json")
    return organisation


def _stories(fact: Fact, province: Province, families: list[Family]) -> dict[str, str]:
    region = province.region
    facts = Facts(
        name={"en": fact["name"], "fr": fact["name"], "ar": fact["name_ar"]},
        province={"en": province.name_fr, "fr": province.name_fr, "ar": province.name_ar},
        region={"en": region.name_en, "fr": region.name_fr, "ar": region.name_ar},
        families={
            "en": [family.name.lower() for family in families],
            "fr": [family.name_fr.lower() for family in families],
            "ar": [family.name_ar for family in families],
        },
        founded=fact["founded"],
        members=fact["members"],
        women_led=fact["women_led"],
    )
    return {f"story_{language}": story(facts, language) for language in LANGUAGES}
