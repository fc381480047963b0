from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.editions.grid import Opening, Pause, moment
from fairs.editions.states import (
    EDITION_MOVES,
    EDITION_STANDS,
    ENDED,
    PLANNED,
    PUBLIC,
    BreakKind,
    EditionState,
    Mode,
    Presence,
)
from moussem.core.moves import stands_at
from moussem.core.text import pick
from moussem.core.trilingual import Trilingual
from moussem.people.models import check_time_zone


class Series(Trilingual):
    """A fair that is held again and again, and the body that holds it."""

    organiser = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organiser"),
        on_delete=models.PROTECT,
        related_name="fair_series",
    )

    class Meta:
        app_label = "fairs"
        verbose_name = _("fair")
        verbose_name_plural = _("fairs")
        ordering = ["name_en", "pk"]


class EditionQuerySet(models.QuerySet):
    def public(self):
        """Those that everybody may look at."""
        return self.filter(state__in=PUBLIC)

    def taking_place(self):
        """Those that everybody may look at and that were not withdrawn."""
        return self.public().exclude(state=EditionState.WITHDRAWN)

    def held_by(self, organisations):
        """Those of these organisers."""
        return self.filter(series__organiser__in=organisations)


class Edition(Trilingual):
    """One holding of a fair: its texts, days, zone and meeting grid."""

    MOVES, STANDS, STATE_FIELD = EDITION_MOVES, EDITION_STANDS, "state"
    is_draft, is_open = stands_at(EditionState.DRAFT), stands_at(EditionState.OPEN)
    is_running, is_closed = stands_at(EditionState.RUNNING), stands_at(EditionState.CLOSED)
    # The clock takes the other steps.
    waits_for_organiser = stands_at(EditionState.DRAFT, EditionState.CLOSED)

    series = models.ForeignKey(
        Series, verbose_name=_("fair"), on_delete=models.PROTECT, related_name="editions"
    )
    slug = models.SlugField(_("address on the site"), max_length=140, unique=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=EditionState.choices, default=EditionState.DRAFT, db_index=True
    )
    place_en = models.CharField(_("place in English"), max_length=120, blank=True)
    place_fr = models.CharField(_("place in French"), max_length=120, blank=True)
    place_ar = models.CharField(_("place in Arabic"), max_length=120, blank=True)
    summary_en = models.TextField(_("about it, in English"), blank=True)
    summary_fr = models.TextField(_("about it, in French"), blank=True)
    summary_ar = models.TextField(_("about it, in Arabic"), blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Africa/Casablanca", validators=[check_time_zone]
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    meeting_minutes = models.PositiveSmallIntegerField(_("length of a meeting, in minutes"), default=20)
    between_minutes = models.PositiveSmallIntegerField(_("pause between meetings, in minutes"), default=5)
    cloned_from = models.ForeignKey(
        "self", verbose_name=_("cloned from"), null=True, blank=True, on_delete=models.SET_NULL
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # In the organiser's words, whatever their language.
    withdrawal = models.CharField(_("reason of the withdrawal"), max_length=500, blank=True)
    is_demonstration = models.BooleanField(_("demonstration data"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        app_label = "fairs"
        verbose_name = pgettext_lazy("of a fair", "edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="edition_ends_after_start"),
            models.CheckConstraint(
                condition=Q(meeting_minutes__range=(5, 120)), name="meeting_of_5_to_120_minutes"
            ),
            models.CheckConstraint(condition=Q(between_minutes__lte=60), name="at_most_an_hour_between"),
            models.CheckConstraint(
                condition=~Q(state=EditionState.WITHDRAWN)
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawal=""),
                name="withdrawn_at_a_moment_with_a_reason",
            ),
        ]

    @property
    def place(self) -> str:
        """The place in the active language."""
        return pick(en=self.place_en, fr=self.place_fr, ar=self.place_ar)

    @property
    def summary(self) -> str:
        """What it is about, in the active language."""
        return pick(en=self.summary_en, fr=self.summary_fr, ar=self.summary_ar)

    @property
    def is_public(self) -> bool:
        """Whether everybody may look at it."""
        return self.state in PUBLIC

    @property
    def is_digital(self) -> bool:
        """Whether people meet on a screen alone."""
        return self.mode == Mode.DIGITAL

    @property
    def is_planned(self) -> bool:
        """Whether its days may still change."""
        return self.state in PLANNED

    @property
    def has_ended(self) -> bool:
        """Whether it is over."""
        return self.state in ENDED

    @property
    def is_hybrid(self) -> bool:
        """Whether people meet in halls and on screens."""
        return self.mode == Mode.HYBRID

    @property
    def is_put_away(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.state in (EditionState.ARCHIVED, EditionState.WITHDRAWN)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it does not take place."""
        return self.state == EditionState.WITHDRAWN

    @property
    def doors_open_at(self) -> datetime | None:
        """The moment it begins; None while it has no day."""
        return min((day.opens_at for day in self.days.all()), default=None)

    @property
    def doors_close_at(self) -> datetime | None:
        """The moment it ends; None while it has no day."""
        return max((day.closes_at for day in self.days.all()), default=None)


class Day(models.Model):
    """A day on which an edition is open; a day of its span without one is a day off."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="days")
    on = models.DateField(_("day"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        app_label = "fairs"
        verbose_name = _("day")
        verbose_name_plural = _("days")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "on"], name="one_opening_per_day"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="day_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def opens_at(self) -> datetime:
        """The moment the doors open."""
        return moment(self.on, self.opens, self.edition.time_zone)

    @property
    def closes_at(self) -> datetime:
        """The moment the doors close."""
        return moment(self.on, self.closes, self.edition.time_zone)

    @property
    def opening(self) -> Opening:
        """The day as the grid takes it."""
        return Opening(self.on, self.opens, self.closes)


class TakesPart(models.Model):
    """Who takes part in an edition, and how; what was chosen holds at a hybrid one."""

    mode = models.CharField(
        _("takes part"), max_length=10, choices=Presence.choices, default=Presence.IN_PERSON
    )

    class Meta:
        abstract = True

    @property
    def presence(self) -> Presence:
        """How it takes part: as it chose, or as everybody does."""
        return Presence(self.mode if self.edition.mode == Mode.HYBRID else self.edition.mode)

    @property
    def is_digital(self) -> bool:
        """Whether it takes part on a screen, without a booth."""
        return self.presence == Presence.DIGITAL


class Duty(models.Model):
    """What a person does at an edition: since when, and until when."""

    since = models.DateTimeField(_("since"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="one_%(class)s_per_person")]

    def __str__(self) -> str:
        return f"{self.person} – {self.edition}"


class Break(models.Model):
    """When nobody meets, on one day or on every day."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="breaks")
    kind = models.CharField(_("kind"), max_length=8, choices=BreakKind.choices)
    on = models.DateField(_("day"), null=True, blank=True)
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))

    class Meta:
        app_label = "fairs"
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["begins", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="break_ends_after_beginning")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.begins:%H:%M}–{self.ends:%H:%M}"

    @property
    def pause(self) -> Pause:
        """The break as the grid takes it."""
        return Pause(self.begins, self.ends, self.on)
