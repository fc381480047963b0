from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.live.rehearsal.hearing import to_the_point
from fairs.live.rehearsal.readiness import Practice


class RehearsalQuerySet(models.QuerySet):
    def open(self):
        """Those in which the practice buyer still asks."""
        return self.filter(ended_at=None)


class Rehearsal(models.Model):
    """An exhibitor's talk with the practice buyer, in a live room that its own people alone enter."""

    room = models.OneToOneField("fairs.LiveRoom", on_delete=models.CASCADE, related_name="rehearsal")
    exhibitor = models.ForeignKey("fairs.Exhibitor", on_delete=models.CASCADE, related_name="rehearsals")
    # The one in which it was begun: questions are asked in it, and stay in it.
    language = models.CharField(_("language"), max_length=5)
    # What is asked in turn, with what the catalogue knew of it on that day.
    questions = models.JSONField(_("questions"), encoder=DjangoJSONEncoder)
    # Of each question that was answered, what a buyer missed, as fairs.live.rehearsal.hearing names it.
    findings = models.JSONField(_("findings"), default=list)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    is_asked_again = models.BooleanField(_("asked again"), default=False)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = RehearsalQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = _("rehearsal")
        verbose_name_plural = _("rehearsals")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor"], condition=Q(ended_at=None), name="one_open_rehearsal_of_an_exhibitor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} {self.began_at:%Y-%m-%d %H:%M}Z"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self.ended_at is not None

    @property
    def is_whole(self) -> bool:
        """Whether every question was answered."""
        return len(self.findings) == len(self.questions)

    @property
    def practice(self) -> Practice:
        """How many answers, and how many to the point."""
        return Practice(asked=len(self.questions), good=to_the_point(self.findings))
