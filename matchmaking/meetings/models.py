"""Meetings and their seats. That nobody sits at two tables at once is a fact of the database."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fairs.live.models import LiveCall
from fairs.live.rules import is_call_held_at
from matchmaking.meetings.states import MEETING_MOVES, MEETING_STANDS, MeetingState, NextStep, Origin
from matchmaking.parties.models import Delegate, Interpreter, MeetingTable, Party, Slot
from matchmaking.parties.states import TableKind
from matchmaking.requests.models import Request


class MeetingQuerySet(models.QuerySet):
    def standing(self):
        """Those that are not cancelled."""
        return self.exclude(state=MeetingState.CANCELLED)


class Meeting(models.Model):
    """Two people at a table in a slot; a cancelled one keeps its place in the books and loses its seats."""

    MOVES, STANDS, STATE_FIELD = MEETING_MOVES, MEETING_STANDS, "state"

    edition = models.ForeignKey("fairs.Edition", on_delete=models.PROTECT, related_name="meetings")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="meetings")
    state = models.CharField(
        _("state"), max_length=9, choices=MeetingState.choices, default=MeetingState.BOOKED, db_index=True
    )
    origin = models.CharField(_("origin"), max_length=9, choices=Origin.choices)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="meetings")
    table = models.ForeignKey(MeetingTable, on_delete=models.PROTECT, related_name="meetings")
    buyer = models.ForeignKey(Delegate, verbose_name=_("buyer"), on_delete=models.PROTECT, related_name="+")
    exporter = models.ForeignKey(
        Delegate, verbose_name=_("exporter"), on_delete=models.PROTECT, related_name="+"
    )
    interpreter = models.ForeignKey(
        Interpreter, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    # The organiser's word that a timetable leaves it where it is.
    is_pinned = models.BooleanField(_("pinned"), default=False)
    # Calendars know a meeting by its identifier, and take the later of two messages.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    booked_at = models.DateTimeField(_("booked"), default=timezone.now)
    # When its people, or the organiser for them, last gave it a slot themselves; None: a timetable did.
    chosen_at = models.DateTimeField(_("chosen"), null=True, blank=True)
    # When it got the slot, or lost it: reminders and calendars go by this.
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Whoever of the two called it off; nobody where the organiser or a timetable did.
    called_off_by = models.ForeignKey(
        Party,
        verbose_name=_("called off by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # What each side says afterwards: True held, False nobody came, None nothing yet.
    buyer_says = models.BooleanField(_("buyer says it was held"), null=True, blank=True)
    exporter_says = models.BooleanField(_("exporter says it was held"), null=True, blank=True)
    # Whoever says that they came, and that the other did not.
    buyer_waited = models.BooleanField(_("buyer came and nobody met it"), default=False)
    exporter_waited = models.BooleanField(_("exporter came and nobody met it"), default=False)
    # How many minutes later each side says that it comes.
    buyer_late = models.PositiveSmallIntegerField(_("minutes the buyer is late"), default=0)
    exporter_late = models.PositiveSmallIntegerField(_("minutes the exporter is late"), default=0)

    # The room of its call, from shortly before it, where it is held by video.
    call = models.OneToOneField(
        "fairs.LiveRoom",
        verbose_name=_("call"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="meeting",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        app_label = "matchmaking"
        verbose_name = pgettext_lazy("of a fair", "meeting")
        verbose_name_plural = pgettext_lazy("of a fair", "meetings")
        ordering = ["slot", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=~Q(state=MeetingState.CANCELLED),
                name="one_meeting_for_a_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.slot}"

    @property
    def is_unsaid(self) -> bool:
        """Whether it is over, and nobody has said yet if it was held."""
        return self.state == MeetingState.BOOKED and self.slot.ends <= timezone.now()

    @property
    def late_minutes(self) -> int:
        """How much later it begins: when the later of the two is there."""
        return max(self.buyer_late, self.exporter_late)

    @property
    def is_by_video(self) -> bool:
        """Whether its two meet on screens."""
        return self.table.kind == TableKind.VIRTUAL

    @property
    def is_call_near(self) -> bool:
        """Whether the call in its slot can be entered now."""
        hours = LiveCall(begins_at=self.slot.begins, ends_at=self.slot.ends)
        stands = self.is_by_video and self.state != MeetingState.CANCELLED
        return stands and is_call_held_at(hours, timezone.now())

    def lacks(self, delegate: Delegate) -> bool:
        """Whether one of the two comes no more, and nobody for them, while it is booked and not over."""
        is_coming = self.state == MeetingState.BOOKED and self.slot.ends > timezone.now()
        return is_coming and delegate.left_at is not None

    def sides(self) -> tuple[tuple[Delegate, Party], tuple[Delegate, Party]]:
        """The two who meet, each with the party on the other side of the table."""
        return (self.buyer, self.request.exporter), (self.exporter, self.request.buyer)


class Seat(models.Model):
    """One thing that a meeting takes up in a slot: a person, a table or an interpreter, each only once."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="seats")
    delegate = models.ForeignKey(
        Delegate, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    # Kept beside the delegate for the constraint: one person may have met for two parties of an edition.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    table = models.ForeignKey(
        MeetingTable, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    interpreter = models.ForeignKey(
        Interpreter, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "person"], name="nobody_in_two_meetings"),
            models.UniqueConstraint(fields=["slot", "table"], name="one_meeting_at_a_table"),
            models.UniqueConstraint(fields=["slot", "interpreter"], name="one_meeting_for_an_interpreter"),
            models.CheckConstraint(
                condition=Q(delegate__isnull=False, person__isnull=False, table=None, interpreter=None)
                | Q(delegate=None, person=None, table__isnull=False, interpreter=None)
                | Q(delegate=None, person=None, table=None, interpreter__isnull=False),
                name="seat_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.delegate or self.table or self.interpreter}"


class Note(models.Model):
    """What one party wrote down of a meeting, for itself alone, and what it does next."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("note"), blank=True)
    next_step = models.CharField(_("next step"), max_length=9, choices=NextStep.choices, blank=True)
    follow_up_on = models.DateField(_("follow up on"), null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        app_label = "matchmaking"
        verbose_name = _("note of a meeting")
        verbose_name_plural = _("notes of meetings")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "party"], name="one_note_per_party")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.party.organisation}"
