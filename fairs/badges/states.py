from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.badges.allowed import Direction, Outcome
from fairs.guests.states import Tier


class BadgeRole(models.TextChoices):
    """As what somebody passes a door."""

    EXHIBITOR = "exhibitor", pgettext_lazy("role on a badge", "exhibitor")
    BUYER = "buyer", pgettext_lazy("role on a badge", "buyer")
    HOSTED = "hosted", pgettext_lazy("role on a badge", "hosted buyer")
    VISITOR = "visitor", pgettext_lazy("role on a badge", "visitor")
    SPEAKER = "speaker", pgettext_lazy("role on a badge", "speaker")
    ORGANISER = "organiser", pgettext_lazy("role on a badge", "organiser")
    PRESS = "press", pgettext_lazy("role on a badge", "press")


# What the organiser writes by hand: the others come from registrations and from exhibitors.
BY_HAND = (BadgeRole.SPEAKER, BadgeRole.ORGANISER, BadgeRole.PRESS, BadgeRole.VISITOR)
# Who prepares before the public comes.
EARLY = (BadgeRole.EXHIBITOR, BadgeRole.ORGANISER, BadgeRole.SPEAKER)
ROLE_OF_TIER = {
    Tier.VISITOR: BadgeRole.VISITOR,
    Tier.BUYER: BadgeRole.BUYER,
    Tier.HOSTED: BadgeRole.HOSTED,
}


class BadgeState(models.TextChoices):
    """Whether a badge opens doors."""

    ISSUED = "issued", pgettext_lazy("state of a badge", "valid")
    REVOKED = "revoked", pgettext_lazy("state of a badge", "revoked")


BADGE_MOVES = {
    BadgeState.ISSUED: {BadgeState.REVOKED},
    # Whoever registers again gets the same badge back.
    BadgeState.REVOKED: {BadgeState.ISSUED},
}

BADGE_STANDS = {
    BadgeState.ISSUED: _("This badge is valid."),
    BadgeState.REVOKED: _("This badge was revoked already."),
}


class Passing(models.TextChoices):
    """Which way somebody passes."""

    IN = Direction.IN.value, pgettext_lazy("way through a door", "in")
    OUT = Direction.OUT.value, pgettext_lazy("way through a door", "out")


class ScanOutcome(models.TextChoices):
    """What came of a scan."""

    IN = Outcome.IN.value, pgettext_lazy("outcome of a scan", "let in")
    AGAIN = Outcome.AGAIN.value, pgettext_lazy("outcome of a scan", "let in again")
    OUT = Outcome.OUT.value, pgettext_lazy("outcome of a scan", "checked out")
    REFUSED = Outcome.REFUSED.value, pgettext_lazy("outcome of a scan", "refused")


PASSED = (ScanOutcome.IN, ScanOutcome.AGAIN, ScanOutcome.OUT)
ENTERED = (ScanOutcome.IN, ScanOutcome.AGAIN)
