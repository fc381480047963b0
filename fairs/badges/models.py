from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.badges.states import (
    BADGE_MOVES,
    BADGE_STANDS,
    BadgeRole,
    BadgeState,
    Passing,
    ScanOutcome,
)
from fairs.editions.models import Duty
from moussem.core.storage import private_storage
from moussem.core.trilingual import Trilingual

# Before the public comes, in minutes.
USUALLY_EARLY = 90


class BadgeKey(models.Model):
    """The pair of keys that signs the badges of an edition; a retired one signs and opens nothing more."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="badge_keys")
    # Sealed with the secret of the site: a copy of the database signs no badge.
    sealed = models.TextField(_("private half, sealed"))
    point = models.CharField(_("public half"), max_length=120)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("key of badges")
        verbose_name_plural = _("keys of badges")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(retired_at=None), name="one_signing_key_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.created_at:%Y-%m-%d}"


class Door(Trilingual):
    """An entrance of an edition, or of one of its halls, where badges are looked at."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="doors")
    hall = models.ForeignKey(
        "fairs.Hall",
        verbose_name=_("leads into"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="doors",
    )
    # None named: everybody, and every day of the edition.
    roles = models.JSONField(_("for whom"), default=list, blank=True)
    days = models.JSONField(_("on which days"), default=list, blank=True)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    early_minutes = models.PositiveSmallIntegerField(
        _("minutes before, for exhibitors, speakers and organisers"), default=USUALLY_EARLY
    )
    left_at = models.DateTimeField(_("no longer kept"), null=True, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("door")
        verbose_name_plural = _("doors")
        ordering = ["pk"]
        constraints = [
            *(
                models.UniqueConstraint(fields=["edition", f"name_{code}"], name=f"one_door_per_name_{code}")
                for code in ("en", "fr", "ar")
            ),
            models.CheckConstraint(condition=Q(early_minutes__lte=720), name="at_most_half_a_day_early"),
        ]

    @property
    def names(self) -> dict[str, str]:
        """The name in each language, for what is kept and read later by others."""
        return {"en": self.name_en, "fr": self.name_fr, "ar": self.name_ar}


class DoorKeeper(Duty):
    """Somebody who looks at badges for an edition."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="door_keepers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="doors"
    )

    class Meta(Duty.Meta):
        app_label = "fairs"
        verbose_name = _("door keeper")
        verbose_name_plural = _("door keepers")


class Badge(models.Model):
    """What somebody passes the doors of an edition with; its number is never given twice."""

    MOVES, STANDS, STATE_FIELD = BADGE_MOVES, BADGE_STANDS, "state"

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="badges")
    serial = models.PositiveIntegerField(_("serial"))
    number = models.CharField(_("number"), max_length=16)
    name = models.CharField(_("name"), max_length=120)
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    role = models.CharField(_("comes as"), max_length=10, choices=BadgeRole.choices)
    state = models.CharField(
        _("state"), max_length=8, choices=BadgeState.choices, default=BadgeState.ISSUED, db_index=True
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="badges"
    )
    guest = models.OneToOneField(
        "fairs.Guest", null=True, blank=True, on_delete=models.PROTECT, related_name="badge"
    )
    exhibitor = models.ForeignKey(
        "fairs.Exhibitor", null=True, blank=True, on_delete=models.PROTECT, related_name="badges"
    )
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    # Nobody: what it was issued for has gone, and it comes back with that.
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # What the scans come to; written with them, under the lock of this row.
    inside_since = models.DateTimeField(_("inside since"), null=True, blank=True)
    inside_by = models.ForeignKey(
        Door, verbose_name=_("inside by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        app_label = "fairs"
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "serial"], name="one_badge_per_serial"),
            models.UniqueConstraint(fields=["edition", "number"], name="one_badge_per_number"),
            models.UniqueConstraint(fields=["exhibitor", "person"], name="one_badge_per_person_of_a_stand"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def is_valid(self) -> bool:
        """Whether it opens doors."""
        return self.state == BadgeState.ISSUED

    @property
    def shown_organisation(self) -> str:
        """The organisation as a reader of the active language knows it; badges by hand say one as typed."""
        of = self.exhibitor or self.guest
        return of.organisation.label if of and of.organisation else self.organisation_name

    @property
    def shown_lines(self) -> tuple[str, str]:
        """The name and the organisation; somebody who is registered by the name of theirs has one line."""
        own = self.shown_organisation
        known = {self.organisation_name.casefold(), own.casefold()}
        return (own, "") if own and self.name.casefold() in known else (self.name, own)


class Scan(models.Model):
    """A badge that was held to a door, once: the device gives the key before it knows if it was heard."""

    key = models.UUIDField(_("key of the device"), unique=True)
    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="scans")
    door = models.ForeignKey(Door, on_delete=models.PROTECT, related_name="scans")
    badge = models.ForeignKey(Badge, null=True, blank=True, on_delete=models.PROTECT, related_name="scans")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(_("device"), max_length=40)
    way = models.CharField(_("way"), max_length=3, choices=Passing.choices)
    at = models.DateTimeField(_("at"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    # What the door said to the person; what counts once all devices have told theirs.
    shown = models.CharField(_("shown"), max_length=8, choices=ScanOutcome.choices)
    outcome = models.CharField(_("outcome"), max_length=8, choices=ScanOutcome.choices)
    code = models.CharField(_("reason"), max_length=16)
    about = models.JSONField(_("about"), default=dict, blank=True)
    was_offline = models.BooleanField(_("without a network"), default=False)

    class Meta:
        app_label = "fairs"
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["at", "key"]
        indexes = [models.Index(fields=["edition", "at"], name="scan_edition_at")]

    def __str__(self) -> str:
        return f"{self.badge} {self.at:%Y-%m-%d %H:%M} {self.outcome}"

    @property
    def is_conflict(self) -> bool:
        """Whether a door let somebody pass that the others would have refused."""
        return self.shown != ScanOutcome.REFUSED and self.outcome == ScanOutcome.REFUSED

    @property
    def was_let_in(self) -> bool:
        """Whether the person went in all the same: the device knew no better."""
        return self.is_conflict and self.way == Passing.IN


class PrintRun(models.Model):
    """Badges printed in bulk, as so many papers that become ready one after the other."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="print_runs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    language = models.CharField(_("language"), max_length=2, default="en")
    total = models.PositiveIntegerField(_("badges"))
    done = models.PositiveIntegerField(_("drawn"), default=0)
    stopped = models.BooleanField(_("stopped"), default=False)

    class Meta:
        app_label = "fairs"
        verbose_name = _("printing of badges")
        verbose_name_plural = _("printings of badges")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.edition} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_done(self) -> bool:
        """Whether every paper is there."""
        return self.done >= self.total

    @property
    def is_working(self) -> bool:
        """Whether more papers are to come."""
        return not self.is_done and not self.stopped


class PrintedPaper(models.Model):
    """A part of a printing: so many sheets of four badges in one file."""

    run = models.ForeignKey(PrintRun, on_delete=models.CASCADE, related_name="papers")
    first = models.CharField(_("first badge"), max_length=16)
    last = models.CharField(_("last badge"), max_length=16)
    badges = models.PositiveSmallIntegerField(_("badges"))
    # Which they are: badges between the first and the last may have been revoked when it was drawn.
    serials = models.JSONField(_("serial numbers"), default=list)
    file = models.FileField(_("file"), upload_to="badges/%Y/", storage=private_storage, max_length=200)

    class Meta:
        app_label = "fairs"
        verbose_name = _("printed paper")
        verbose_name_plural = _("printed papers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
