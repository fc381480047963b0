"""Runs of the solver and published versions of a timetable."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matchmaking.timetables.states import AT_WORK, RUN_MOVES, RUN_STANDS, RunMode, RunState


class Run(models.Model):
    """One making of a timetable: what was asked, how far it is, and the draft that came of it."""

    MOVES, STANDS, STATE_FIELD = RUN_MOVES, RUN_STANDS, "state"

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="timetable_runs")
    mode = models.CharField(_("what it may touch"), max_length=8, choices=RunMode.choices)
    state = models.CharField(
        _("state"), max_length=7, choices=RunState.choices, default=RunState.WAITING, db_index=True
    )
    seed = models.PositiveIntegerField(_("seed"), default=1)
    seconds = models.PositiveSmallIntegerField(_("seconds at most"), default=60)
    # Requests that nobody has answered get a place in the draft too, and are proposed that slot.
    with_pending = models.BooleanField(_("with requests that wait for an answer"), default=False)
    # A repair moves at most so many meetings that could have stayed.
    most_moves = models.PositiveSmallIntegerField(_("meetings that may move"), default=10)
    # What went wrong: for tables, delegates and interpreters the slots in which they are not there. Written
    # down for good when the repair is published, and not before.
    upset = models.JSONField(default=dict, blank=True)
    # What stood when the run began: a draft of another past is not published.
    digest = models.CharField(max_length=64, blank=True)
    # The latest figures: value, bound, shortfall, its bound, idle, held, asked.
    progress = models.JSONField(default=dict, blank=True)
    # The draft: one dictionary for each meeting, by the keys of our rows.
    draft = models.JSONField(default=list, blank=True)
    # Why a request is not held, which guarantee cannot be kept, what would help.
    explained = models.JSONField(default=dict, blank=True)
    is_to_stop = models.BooleanField(default=False)
    failure = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    # Whoever works on it says so every second, and is gone where it is silent.
    told_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("run of the timetable")
        verbose_name_plural = _("runs of the timetable")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state__in=AT_WORK), name="one_run_at_work_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.pk}"


class Version(models.Model):
    """A published timetable, whole, so that it can be compared with and gone back to."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="timetables")
    number = models.PositiveSmallIntegerField(_("number"))
    run = models.ForeignKey(Run, null=True, blank=True, on_delete=models.PROTECT, related_name="versions")
    went_back_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    meetings = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        app_label = "matchmaking"
        verbose_name = pgettext_lazy("of meetings", "timetable")
        verbose_name_plural = pgettext_lazy("of meetings", "timetables")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_timetable_per_number")]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"
