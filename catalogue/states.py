from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TextOrigin(models.TextChoices):
    """Where a text comes from: shown to the reader, never hidden."""

    ORIGINAL = "original", pgettext_lazy("text", "written by the seller")
    MACHINE = "machine", pgettext_lazy("text", "machine draft")
    APPROVED = "approved", pgettext_lazy("text", "translation approved")


class PackLevel(models.TextChoices):
    """Packaging levels, each holding a number of the level below."""

    UNIT = "unit", pgettext_lazy("packaging", "unit")
    CARTON = "carton", pgettext_lazy("packaging", "carton")
    PALLET = "pallet", pgettext_lazy("packaging", "pallet")


class BaseUnit(models.TextChoices):
    """What a quantity counts."""

    GRAM = "g", pgettext_lazy("unit", "g")
    KILOGRAM = "kg", pgettext_lazy("unit", "kg")
    LITRE = "L", pgettext_lazy("unit", "L")
    UNIT = "unit", pgettext_lazy("unit", "piece")
    PAIR = "pair", pgettext_lazy("unit", "pair")
    BUNCH = "bunch", pgettext_lazy("unit", "bunch")
    TIN = "tin", pgettext_lazy("unit", "tin")
    SQUARE_METRE = "m2", pgettext_lazy("unit", "m²")


class CertificateKind(models.TextChoices):
    """What a certificate speaks of, as its file of reference says it."""

    FOOD_SAFETY = "food safety", pgettext_lazy("kind of certificate", "food safety")
    ORGANIC = "organic", pgettext_lazy("kind of certificate", "organic farming")
    RELIGIOUS = "religious", pgettext_lazy("kind of certificate", "religious rules")
    COSMETICS = "cosmetics", pgettext_lazy("kind of certificate", "cosmetics")
    SOCIAL = "social", pgettext_lazy("kind of certificate", "working conditions and fair trade")
    FARM = "farm", pgettext_lazy("kind of certificate", "good farming")
    LEGAL = "legal", pgettext_lazy("kind of certificate", "required by law")
    TEXTILE = "textile", pgettext_lazy("kind of certificate", "textiles")
    LAB = "lab", pgettext_lazy("kind of certificate", "laboratory")
    QUALITY = "quality", pgettext_lazy("kind of certificate", "quality")
    WILD = "wild collection", pgettext_lazy("kind of certificate", "wild collection")
    ORIGIN = "origin", pgettext_lazy("kind of certificate", "origin")
    PROMOTION = "promotion", pgettext_lazy("kind of certificate", "promotion")


class Proof(models.TextChoices):
    """What stands behind a claim: a word, a paper, an officer's look at the paper."""

    DECLARED = "declared", pgettext_lazy("proof", "declared")
    REVIEWED = "reviewed", pgettext_lazy("proof", "document seen")
    VERIFIED = "verified", pgettext_lazy("proof", "checked with the issuer")


PROOF_MOVES = {
    Proof.DECLARED: {Proof.REVIEWED},
    Proof.REVIEWED: {Proof.VERIFIED, Proof.DECLARED},
    Proof.VERIFIED: {Proof.DECLARED},
}


PROOF_STANDS = {
    Proof.DECLARED: _("Nobody has looked at the paper of this certificate yet."),
    Proof.REVIEWED: _("The paper of this certificate was looked at already."),
    Proof.VERIFIED: _("This certificate was checked with its issuer already."),
}


class Allergen(models.TextChoices):
    """The fourteen allergens of Annex II of Regulation (EU) No 1169/2011."""

    GLUTEN = "gluten", pgettext_lazy("allergen", "cereals containing gluten")
    CRUSTACEANS = "crustaceans", pgettext_lazy("allergen", "crustaceans")
    EGGS = "eggs", pgettext_lazy("allergen", "eggs")
    FISH = "fish", pgettext_lazy("allergen", "fish")
    PEANUTS = "peanuts", pgettext_lazy("allergen", "peanuts")
    SOYBEANS = "soybeans", pgettext_lazy("allergen", "soybeans")
    MILK = "milk", pgettext_lazy("allergen", "milk")
    NUTS = "nuts", pgettext_lazy("allergen", "nuts")
    CELERY = "celery", pgettext_lazy("allergen", "celery")
    MUSTARD = "mustard", pgettext_lazy("allergen", "mustard")
    SESAME = "sesame", pgettext_lazy("allergen", "sesame")
    SULPHITES = "sulphites", pgettext_lazy("allergen", "sulphites")
    LUPIN = "lupin", pgettext_lazy("allergen", "lupin")
    MOLLUSCS = "molluscs", pgettext_lazy("allergen", "molluscs")
