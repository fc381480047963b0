from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.live.states import ROOM_MOVES, ROOM_STANDS, RoomKind, RoomState
from moussem.core.moves import stands_at


class LiveRoom(models.Model):
    """A place where something is said live: a session, an exhibitor's stand, or a call of a few people."""

    MOVES, STANDS, STATE_FIELD = ROOM_MOVES, ROOM_STANDS, "state"
    is_open, is_closed = stands_at(RoomState.OPEN), stands_at(RoomState.CLOSED)

    edition = models.ForeignKey("fairs.Edition", on_delete=models.CASCADE, related_name="live_rooms")
    kind = models.CharField(_("kind"), max_length=8, choices=RoomKind.choices)
    session = models.OneToOneField(
        "fairs.Session", null=True, blank=True, on_delete=models.CASCADE, related_name="live_room"
    )
    exhibitor = models.OneToOneField(
        "fairs.Exhibitor", null=True, blank=True, on_delete=models.CASCADE, related_name="live_room"
    )
    state = models.CharField(_("state"), max_length=8, choices=RoomState.choices, default=RoomState.OPEN)
    # The number of the last entry: whoever writes one holds this row, so that numbers follow commits.
    seq = models.PositiveBigIntegerField(_("entries"), default=0)
    # How often some of them were erased: what a process read before says it still.
    erasures = models.PositiveIntegerField(_("erasures"), default=0)
    slow_seconds = models.PositiveSmallIntegerField(
        _("seconds between two messages of one person"), default=0
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("live room")
        verbose_name_plural = _("live rooms")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RoomKind.SESSION, session__isnull=False, exhibitor__isnull=True)
                | Q(kind=RoomKind.STAND, session__isnull=True, exhibitor__isnull=False)
                | Q(
                    kind__in=(RoomKind.CALL, RoomKind.THREAD, RoomKind.PRACTICE),
                    session__isnull=True,
                    exhibitor__isnull=True,
                ),
                name="live_room_belongs_to_its_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class LiveEntry(models.Model):
    """One thing said or done in a live room, in its order; never changed, never taken away by the room."""

    room = models.ForeignKey(LiveRoom, on_delete=models.CASCADE, related_name="entries")
    seq = models.PositiveBigIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=40)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="live_entries",
    )
    # Made by who writes it: sent twice, it is written once. None where the clock or a rule wrote it.
    client_uuid = models.UUIDField(null=True, blank=True)
    data = models.JSONField(_("content"), default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Of somebody who was unheard as they wrote it: the author alone reads it, others hold its number.
    is_veiled = models.BooleanField(default=False)

    class Meta:
        app_label = "fairs"
        verbose_name = _("entry of a live room")
        verbose_name_plural = _("entries of live rooms")
        ordering = ["room", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="one_entry_per_number"),
            models.UniqueConstraint(fields=["room", "author", "client_uuid"], name="one_entry_per_uuid"),
        ]
        indexes = [models.Index(fields=["room", "author", "-seq"], name="live_last_of_an_author")]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq} {self.kind}"

    @property
    def is_nameless(self) -> bool:
        """Whether it says something whose author nobody is told: who it is changes nothing for others."""
        return bool(self.data.get("anonymous") and self.data.get("text"))

    @property
    def by(self) -> str:
        """The name of its author as others read it, never an address; nothing where none is told."""
        hidden = self.author is None or self.data.get("anonymous")
        return "" if hidden else self.author.get_full_name().strip()


class LiveMember(models.Model):
    """Somebody who was invited into a call."""

    room = models.ForeignKey(LiveRoom, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="live_calls")

    class Meta:
        app_label = "fairs"
        verbose_name = _("member of a live room")
        verbose_name_plural = _("members of live rooms")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="one_membership_per_room")]

    def __str__(self) -> str:
        return f"{self.person} – {self.room}"


class LivePresence(models.Model):
    """Somebody who is in a live room by one process of the site, until a moment that it puts off."""

    room = models.ForeignKey(LiveRoom, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Two windows of one person may be served by two processes; each lets go of its own row.
    process = models.CharField(max_length=32)
    until = models.DateTimeField()

    class Meta:
        app_label = "fairs"
        verbose_name = _("presence in a live room")
        verbose_name_plural = _("presences in live rooms")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["room", "person", "process"], name="one_presence_per_process")
        ]
        indexes = [models.Index(fields=["room", "until"], name="live_who_is_here")]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.room_id}"


class LiveProcess(models.Model):
    """A process that serves live rooms, and what it last told of itself."""

    process = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta:
        app_label = "fairs"
        verbose_name = _("process of live rooms")
        verbose_name_plural = _("processes of live rooms")
        ordering = ["process"]

    def __str__(self) -> str:
        return self.process


class LiveCall(models.Model):
    """When a call is meant to be held; the two who were called first decide what becomes of it."""

    room = models.OneToOneField(LiveRoom, on_delete=models.CASCADE, related_name="call")
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        app_label = "fairs"
        verbose_name = _("hours of a call")
        verbose_name_plural = _("hours of calls")
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="call_ends_after_beginning")
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.begins_at:%Y-%m-%d %H:%M}Z"


class LiveCheck(models.Model):
    """What somebody's last test of devices and network for calls came to."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="live_check"
    )
    microphone = models.BooleanField(_("microphone"), default=False)
    camera = models.BooleanField(_("camera"), default=False)
    direct = models.BooleanField(_("direct connection"), default=False)
    relay = models.BooleanField(_("connection by a relay"), default=False)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("test of devices")
        verbose_name_plural = _("tests of devices")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d %H:%M}Z"

    @property
    def is_fine(self) -> bool:
        """Whether a call can be heard and gets through."""
        return self.microphone and (self.direct or self.relay)
