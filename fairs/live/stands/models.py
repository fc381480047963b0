from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.live.stands.states import THREAD_MOVES, THREAD_STANDS, ThreadState
from moussem.core.moves import stands_at


class ThreadQuerySet(models.QuerySet):
    def open(self):
        """Those in which somebody may still say something."""
        return self.exclude(state=ThreadState.OVER)


class StandThread(models.Model):
    """A visitor's question at a stand, in a live room of its own that other visitors do not enter."""

    MOVES, STANDS, STATE_FIELD = THREAD_MOVES, THREAD_STANDS, "state"
    is_waiting, is_talking = stands_at(ThreadState.WAITING), stands_at(ThreadState.TALKING)
    is_message, is_over = stands_at(ThreadState.MESSAGE), stands_at(ThreadState.OVER)

    room = models.OneToOneField("fairs.LiveRoom", on_delete=models.CASCADE, related_name="thread")
    exhibitor = models.ForeignKey("fairs.Exhibitor", on_delete=models.CASCADE, related_name="threads")
    # None once somebody had what they said erased.
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="stand_threads"
    )
    state = models.CharField(
        _("state"), max_length=8, choices=ThreadState.choices, default=ThreadState.WAITING
    )
    # Who of the stand answers: one at a time, since there is one column.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    called_at = models.DateTimeField(_("called"), null=True, blank=True)
    note = models.TextField(_("note of the stand"), blank=True)
    # Under which name a higher room has taken the message up, such as an enquiry.
    taken_up_as = models.CharField(max_length=40, blank=True, db_index=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("question at a stand")
        verbose_name_plural = _("questions at stands")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "visitor"],
                condition=~Q(state=ThreadState.OVER),
                name="one_open_thread_of_a_visitor",
            ),
            models.CheckConstraint(
                condition=Q(state=ThreadState.TALKING, holder__isnull=False)
                | Q(state__in=(ThreadState.WAITING, ThreadState.MESSAGE), holder=None)
                | Q(state=ThreadState.OVER),
                name="thread_is_held_while_answered",
            ),
        ]
        indexes = [models.Index(fields=["exhibitor", "state", "asked_at"], name="thread_queue")]

    def __str__(self) -> str:
        return f"{self.exhibitor_id}: {self.visitor_id}"


class StandHours(models.Model):
    """From when to when somebody is at a live stand on a day, by the clocks of the edition."""

    exhibitor = models.ForeignKey("fairs.Exhibitor", on_delete=models.CASCADE, related_name="stand_hours")
    on = models.DateField(_("day"))
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))

    class Meta:
        app_label = "fairs"
        verbose_name = _("hours of a live stand")
        verbose_name_plural = _("hours of live stands")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "on"], name="one_presence_per_stand_and_day"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="stand_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.opens:%H:%M}–{self.closes:%H:%M}"
