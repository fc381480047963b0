from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.editions.states import EditionState

# What the page of a registration promises, and the queue is measured by.
ANSWERED_WITHIN = timedelta(hours=48)

# From the announcement of an edition to its end.
TAKING_GUESTS = (EditionState.OPEN, EditionState.RUNNING)


class Tier(models.TextChoices):
    """As what somebody comes."""

    VISITOR = "visitor", pgettext_lazy("tier of a guest", "visitor")
    BUYER = "buyer", pgettext_lazy("tier of a guest", "verified buyer")
    HOSTED = "hosted", pgettext_lazy("tier of a guest", "hosted buyer")


class GuestState(models.TextChoices):
    """How far a registration has come."""

    WAITING = "waiting", pgettext_lazy("state of a registration", "to be checked")
    ADMITTED = "admitted", pgettext_lazy("state of a registration", "admitted")
    REFUSED = "refused", pgettext_lazy("state of a registration", "not admitted as a buyer")
    CANCELLED = "cancelled", pgettext_lazy("state of a registration", "cancelled")


GUEST_MOVES = {
    GuestState.WAITING: {GuestState.ADMITTED, GuestState.REFUSED, GuestState.CANCELLED},
    GuestState.ADMITTED: {GuestState.REFUSED, GuestState.CANCELLED, GuestState.WAITING},
    # More evidence opens the question again; whoever cancelled may come after all.
    GuestState.REFUSED: {GuestState.WAITING, GuestState.CANCELLED},
    GuestState.CANCELLED: {GuestState.WAITING, GuestState.ADMITTED},
}

GUEST_STANDS = {
    GuestState.WAITING: _("This registration waits to be checked."),
    GuestState.ADMITTED: _("This registration was admitted already."),
    GuestState.REFUSED: _("This registration was not admitted as a buyer."),
    GuestState.CANCELLED: _("This registration was cancelled."),
}
