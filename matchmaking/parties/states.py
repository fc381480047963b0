from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MatchingState(models.TextChoices):
    """How far the meetings of an edition have come."""

    PREPARING = "preparing", pgettext_lazy("state of matchmaking", "being prepared")
    ASKING = "asking", pgettext_lazy("state of matchmaking", "open for requests")
    LIVE = "live", pgettext_lazy("state of matchmaking", "booking at once")
    ENDED = "ended", pgettext_lazy("state of matchmaking", "ended")


MATCHING_MOVES = {
    MatchingState.PREPARING: {MatchingState.ASKING, MatchingState.ENDED},
    MatchingState.ASKING: {MatchingState.LIVE, MatchingState.ENDED},
    # A new timetable may be asked for: accepted requests wait for it again.
    MatchingState.LIVE: {MatchingState.ASKING, MatchingState.ENDED},
    MatchingState.ENDED: set(),
}

MATCHING_STANDS = {
    MatchingState.PREPARING: _("Meetings of this edition are still being prepared."),
    MatchingState.ASKING: _("Meetings can be asked for; the timetable follows."),
    MatchingState.LIVE: _("An accepted request is booked at once."),
    MatchingState.ENDED: _("Meetings of this edition are over."),
}

# The same of requests that are taken after a timetable was published.
TIMED_STANDS = _("The timetable is published. Meetings can still be asked for; the organiser places them.")

# While requests are sent and answered.
TALKING = (MatchingState.ASKING, MatchingState.LIVE)


class Side(models.TextChoices):
    """Who buys and who exports."""

    BUYER = "buyer", pgettext_lazy("side of a meeting", "buyer")
    EXPORTER = "exporter", pgettext_lazy("side of a meeting", "exporter")


OTHER_SIDE = {Side.BUYER: Side.EXPORTER, Side.EXPORTER: Side.BUYER}


class TableKind(models.TextChoices):
    """Where a meeting is held."""

    STANDARD = "standard", pgettext_lazy("kind of table", "table in the meeting area")
    PRIVATE = "private", pgettext_lazy("kind of table", "private room")
    BOOTH = "booth", pgettext_lazy("kind of table", "booth of the exporter")
    VIRTUAL = "virtual", pgettext_lazy("kind of table", "video call")
