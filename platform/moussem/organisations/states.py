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
