import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from fairs.editions.states import Mode
from fairs.sessions.conflicts import Span
from fairs.sessions.states import ATTENDANCE_MOVES, ATTENDANCE_STANDS, AttendanceState
from moussem.core.moves import stands_at
from moussem.core.text import pick
from moussem.core.trilingual import Trilingual

SECRET_LENGTH = 40


class Room(Trilingual):
    """Where sessions of an edition are held."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="rooms")
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        app_label = "fairs"
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "pk"]


class Track(Trilingual):
    """A thread through the programme of an edition: sessions on one subject."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="tracks")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        app_label = "fairs"
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "pk"]


class Speaker(models.Model):
    """Somebody who speaks at an edition."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=120)
    name_ar = models.CharField(_("name in Arabic"), max_length=120, blank=True)
    role_en = models.CharField(_("role in English"), max_length=120, blank=True)
    role_fr = models.CharField(_("role in French"), max_length=120, blank=True)
    role_ar = models.CharField(_("role in Arabic"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    picture = models.ImageField(_("picture"), upload_to="speakers/", blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return pick(en=self.name, fr=self.name, ar=self.name_ar)

    @property
    def role(self) -> str:
        """What they are, in the active language."""
        return pick(en=self.role_en, fr=self.role_fr, ar=self.role_ar)


@dataclass(frozen=True)
class Speaking:
    """A speaker as a released programme shows them."""

    label: str
    role: str
    organisation: str
    picture: str


class Told(Trilingual):
    """What is said of a session: the same in the draft and in what was released of it."""

    text_en = models.TextField(_("about it, in English"), blank=True)
    text_fr = models.TextField(_("about it, in French"), blank=True)
    text_ar = models.TextField(_("about it, in Arabic"), blank=True)
    track = models.ForeignKey(
        Track,
        verbose_name=_("track"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    room = models.ForeignKey(
        Room,
        verbose_name=_("room"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    languages = models.JSONField(_("spoken in"), default=list, blank=True)
    interpretation = models.JSONField(_("interpreted into"), default=list, blank=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        """What it is about, in the active language."""
        return pick(en=self.text_en, fr=self.text_fr, ar=self.text_ar)

    @property
    def span(self) -> Span:
        """Its time as the arithmetic takes it."""
        return Span(self.begins_at, self.ends_at)


TOLD = tuple(field.name for field in Told._meta.local_fields)


class Session(Told):
    """A session as its organiser plans it; visitors see what was released of it."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="sessions")
    # What calendars know it by, wherever it moves.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speakers = models.ManyToManyField(
        Speaker, verbose_name=_("speakers"), blank=True, related_name="sessions"
    )
    # Without a number everybody finds a seat.
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)

    class Meta:
        app_label = "fairs"
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")), name="no_more_than_seats"
            ),
        ]

    @property
    def session_id(self) -> int:
        """Its key under the name that a showing has for it: one table lays out both."""
        return self.pk

    @property
    def is_full(self) -> bool:
        """Whether every seat is taken."""
        return self.capacity is not None and self.taken >= self.capacity

    @property
    def seats_left(self) -> int | None:
        """How many seats are free; None where they are not counted."""
        return None if self.capacity is None else self.capacity - self.taken


class Release(models.Model):
    """A numbered version of a programme, from when visitors see it."""

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("released"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "fairs"
        verbose_name = _("version of a programme")
        verbose_name_plural = _("versions of programmes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_release_per_number")]

    def __str__(self) -> str:
        return f"{self.edition} v{self.number}"


class Showing(Told):
    """A session as it was released last: what visitors see and their calendars hold."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="showing")
    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="showings")
    # The version in which it changed last, and how often it changed.
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="showings")
    sequence = models.PositiveIntegerField(_("revision"), default=0)
    speaking = models.JSONField(_("speakers"), default=list, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("released session")
        verbose_name_plural = _("released sessions")
        ordering = ["begins_at", "pk"]

    @property
    def speakers(self) -> list[Speaking]:
        """Who speaks, in the active language."""
        return [
            Speaking(
                pick(en=one["name"], fr=one["name"], ar=one["name_ar"]),
                pick(en=one["role_en"], fr=one["role_fr"], ar=one["role_ar"]),
                one["organisation"],
                default_storage.url(one["picture"]) if one["picture"] else "",
            )
            for one in self.speaking
        ]


class Change(models.Model):
    """One thing that a release changed for visitors."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="changes")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("kind"), max_length=10)
    # Moments and rooms before and after, and the names as they were: the feed says what was said.
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("change of a programme")
        verbose_name_plural = _("changes of programmes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.session_id}"


class Attendance(models.Model):
    """A session in somebody's agenda, with a seat or waiting for one."""

    MOVES, STANDS, STATE_FIELD = ATTENDANCE_MOVES, ATTENDANCE_STANDS, "state"
    is_seated, is_waiting = stands_at(AttendanceState.SEATED), stands_at(AttendanceState.WAITING)

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attendances")
    state = models.CharField(_("state"), max_length=8, choices=AttendanceState.choices)
    # Who waits longest is seated first; giving up and coming back means waiting anew.
    since = models.DateTimeField(_("since"), default=timezone.now)
    # How often it changed: a calendar takes the later of two messages about one session.
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "fairs"
        verbose_name = _("place in a session")
        verbose_name_plural = _("places in sessions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_place_per_person_in_a_session")
        ]
        indexes = [models.Index(fields=["session", "state", "since"], name="who_waits_longest")]

    def __str__(self) -> str:
        return f"{self.person} – {self.session}"


def new_secret() -> str:
    """A word that nobody guesses."""
    return get_random_string(SECRET_LENGTH)


class CalendarAddress(models.Model):
    """The secret address of somebody's own calendar."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address"
    )
    secret = models.CharField(max_length=SECRET_LENGTH, unique=True, default=new_secret)
    renewed_at = models.DateTimeField(_("renewed"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return str(self.person)
