from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """What became of a meeting."""

    BOOKED = "booked", pgettext_lazy("state of a meeting", "booked")
    CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "cancelled")
    HELD = "held", pgettext_lazy("state of a meeting", "held")
    MISSED = "missed", pgettext_lazy("state of a meeting", "not held")
    DIFFERS = "differs", pgettext_lazy("state of a meeting", "the two sides differ")


# What a list is narrowed by beside the states: what a timetable leaves where it is.
PINNED = "pinned"

MEETING_MOVES = {
    MeetingState.BOOKED: {MeetingState.CANCELLED, MeetingState.HELD, MeetingState.MISSED},
    MeetingState.CANCELLED: set(),
    # What one side said in the evening may be put right by both.
    MeetingState.HELD: {MeetingState.MISSED, MeetingState.DIFFERS},
    MeetingState.MISSED: {MeetingState.HELD, MeetingState.DIFFERS},
    MeetingState.DIFFERS: {MeetingState.HELD, MeetingState.MISSED},
}

# What became of a meeting by what its two sides say.
OVER = (MeetingState.HELD, MeetingState.MISSED, MeetingState.DIFFERS)

MEETING_STANDS = {
    MeetingState.BOOKED: _("This meeting is booked."),
    MeetingState.CANCELLED: _("This meeting was cancelled."),
    MeetingState.HELD: _("This meeting was held."),
    MeetingState.MISSED: _("This meeting was not held."),
    MeetingState.DIFFERS: _("One side says that this meeting was held, and the other that it was not."),
}


class Origin(models.TextChoices):
    """How a meeting got its place."""

    TIMETABLE = "timetable", pgettext_lazy("origin of a meeting", "timetable")
    LIVE = "live", pgettext_lazy("origin of a meeting", "booked at once")
    ORGANISER = "organiser", pgettext_lazy("origin of a meeting", "placed by the organiser")


class NextStep(models.TextChoices):
    """What two parties agreed on at the end of a meeting."""

    SAMPLE = "sample", pgettext_lazy("next step", "send a sample")
    QUOTATION = "quotation", pgettext_lazy("next step", "send a quotation")
    VISIT = "visit", pgettext_lazy("next step", "visit")
    DOCUMENTS = "documents", pgettext_lazy("next step", "send papers")
    NOTHING = "nothing", pgettext_lazy("next step", "nothing")
