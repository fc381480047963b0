from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.live.safety.states import REPORT_MOVES, REPORT_STANDS, Measure, ReportState
from moussem.core.moves import stands_at


class LiveBlock(models.Model):
    """Somebody does not want to read another, nor to be read by them: it holds both ways, everywhere."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="live_blocks")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("block between two people")
        verbose_name_plural = _("blocks between two people")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="blocked_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_blocks_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.other_id}"


class LiveReport(models.Model):
    """A message that somebody reported, or what was said aloud, with what was written before it."""

    MOVES, STANDS, STATE_FIELD = REPORT_MOVES, REPORT_STANDS, "state"
    is_open, is_done = stands_at(ReportState.OPEN), stands_at(ReportState.DONE)

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="live_reports")
    # What was said outlives its room, as evidence.
    room = models.ForeignKey("fairs.LiveRoom", null=True, on_delete=models.SET_NULL, related_name="reports")
    # None: it was said aloud, in a call.
    seq = models.PositiveBigIntegerField(_("number"), null=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="live_reports"
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.CharField(_("what is wrong with it"), max_length=500, blank=True)
    evidence = models.JSONField(_("evidence"), encoder=DjangoJSONEncoder)
    state = models.CharField(_("state"), max_length=4, choices=ReportState.choices, default=ReportState.OPEN)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["room", "seq", "reporter"], name="reported_once_by_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq}"

    @property
    def is_spoken(self) -> bool:
        """Whether it is about what was said aloud."""
        return self.seq is None

    @property
    def place(self) -> str:
        """The session or the stand in whose room it was said, where there is one."""
        if self.room and self.room.session:
            return self.room.session.label
        return self.room.exhibitor.organisation.label if self.room and self.room.exhibitor else ""


class MeasureQuerySet(models.QuerySet):
    def in_force(self, now: datetime | Now | None = None):
        """Those that hold at a moment: begun, not over, not taken back."""
        now = now or timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)

    def on(self, person, edition, room):
        """Those that meet somebody in a room: of it, of the stand it is a conversation at, or of all."""
        of_its_stand = Q(room__exhibitor__threads__room=room)
        return self.filter(Q(room=None) | Q(room=room) | of_its_stand, person=person, edition=edition)


class LiveMeasure(models.Model):
    """Somebody is unheard in, or kept out of, one room or all of an edition, for a reason and a time."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="live_measures")
    room = models.ForeignKey(
        "fairs.LiveRoom", null=True, blank=True, on_delete=models.CASCADE, related_name="measures"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="live_measures"
    )
    kind = models.CharField(_("kind"), max_length=4, choices=Measure.choices)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("measure of moderators")
        verbose_name_plural = _("measures of moderators")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="measure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("at")), name="measure_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["edition", "person", "kind"], name="measures_on_a_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"

    @property
    def is_over(self) -> bool:
        """Whether it holds no more."""
        return self.lifted_at is not None or (self.until is not None and self.until <= timezone.now())
