from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What an organisation is."""

    COOPERATIVE = "cooperative", _("cooperative")
    EXPORTER = "exporter", _("exporter")
    BUYER = "buyer", _("buyer")
    AGENCY = "agency", _("agency")
    CHAMBER = "chamber", _("chamber")
    BANK = "bank", _("bank")


SELLERS = (Kind.COOPERATIVE, Kind.EXPORTER)


class Verification(models.TextChoices):
    """How far a statement has been looked at: by its author, on paper, by an officer."""

    DECLARED = "declared", pgettext_lazy("verification", "declared")
    REVIEWED = "reviewed", pgettext_lazy("verification", "reviewed")
    VERIFIED = "verified", pgettext_lazy("verification", "verified")


VERIFICATION_MOVES = {
    Verification.DECLARED: {Verification.REVIEWED},
    Verification.REVIEWED: {Verification.VERIFIED, Verification.DECLARED},
    Verification.VERIFIED: {Verification.DECLARED},
}

VERIFICATION_STANDS = {
    Verification.DECLARED: _("Nobody has looked at the papers of this organisation yet."),
    Verification.REVIEWED: _("The papers of this organisation were looked at already."),
    Verification.VERIFIED: _("This organisation is verified already."),
}

CHECKED = (Verification.REVIEWED, Verification.VERIFIED)


class Role(models.TextChoices):
    """What a member may do for the organisation."""

    OWNER = "owner", pgettext_lazy("role", "owner")
    SALES = "sales", pgettext_lazy("role", "sales")
    PURCHASER = "purchaser", pgettext_lazy("role", "purchaser")
    VIEWER = "viewer", pgettext_lazy("role", "viewer")
    DELEGATE = "delegate", pgettext_lazy("role", "delegate by proxy")


SELLING_ROLES = (Role.OWNER, Role.SALES, Role.DELEGATE)
BUYING_ROLES = (Role.OWNER, Role.PURCHASER)
MANAGING_ROLES = (Role.OWNER,)
# A delegate comes by a recorded consent, never by invitation.
ROLES_OF_SELLERS = (Role.OWNER, Role.SALES, Role.VIEWER)
ROLES_OF_BUYERS = (Role.OWNER, Role.PURCHASER, Role.VIEWER)
ROLES_OF_OTHERS = (Role.OWNER, Role.VIEWER)
# The bodies whose staff help cooperatives, and may record the consent to do so.
ACCOMPANYING = (Kind.AGENCY, Kind.CHAMBER)
# Kinds that anybody registers; officers create the others.
OPEN_KINDS = (Kind.COOPERATIVE, Kind.EXPORTER, Kind.BUYER)


def roles_offered(kind: str) -> tuple[Role, ...]:
    """The roles that an owner may give in an organisation of this kind."""
    if kind in SELLERS:
        return ROLES_OF_SELLERS
    return ROLES_OF_BUYERS if kind == Kind.BUYER else ROLES_OF_OTHERS


class SpokenLanguage(models.TextChoices):
    """What an organisation can be written or spoken to in."""

    ARABIC = "ar", pgettext_lazy("language", "Arabic")
    TAMAZIGHT = "zgh", pgettext_lazy("language", "Tamazight")
    FRENCH = "fr", pgettext_lazy("language", "French")
    ENGLISH = "en", pgettext_lazy("language", "English")
    SPANISH = "es", pgettext_lazy("language", "Spanish")
    GERMAN = "de", pgettext_lazy("language", "German")
    ITALIAN = "it", pgettext_lazy("language", "Italian")
    DUTCH = "nl", pgettext_lazy("language", "Dutch")
    PORTUGUESE = "pt", pgettext_lazy("language", "Portuguese")
    JAPANESE = "ja", pgettext_lazy("language", "Japanese")
    CHINESE = "zh", pgettext_lazy("language", "Chinese")
