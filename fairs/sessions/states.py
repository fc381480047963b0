from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttendanceState(models.TextChoices):
    """Whether somebody has a seat in a session."""

    SEATED = "seated", pgettext_lazy("place in a session", "kept")
    WAITING = "waiting", pgettext_lazy("place in a session", "waiting for a seat")
    GONE = "gone", pgettext_lazy("place in a session", "given up")


ATTENDANCE_MOVES = {
    AttendanceState.SEATED: {AttendanceState.GONE},
    AttendanceState.WAITING: {AttendanceState.SEATED, AttendanceState.GONE},
    AttendanceState.GONE: {AttendanceState.SEATED, AttendanceState.WAITING},
}

ATTENDANCE_STANDS = {
    AttendanceState.SEATED: _("This session is in your agenda already."),
    AttendanceState.WAITING: _("You wait for a seat in this session already."),
    AttendanceState.GONE: _("This session is not in your agenda any more."),
}

# Who still wants to come, with a seat or without.
COMING = (AttendanceState.SEATED, AttendanceState.WAITING)
