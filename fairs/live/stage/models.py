from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairs.live.models import LiveRoom
from fairs.live.stage.states import (
    POLL_MOVES,
    POLL_STANDS,
    PUBLIC,
    QUESTION_MOVES,
    QUESTION_STANDS,
    Duty,
    PollState,
    QuestionState,
    Results,
    StageKind,
)
from fairs.live.states import RoomKind
from moussem.core.moves import stands_at
from moussem.core.text import pick

LONGEST_ADDRESS = 500
PERSON = settings.AUTH_USER_MODEL


class LiveQuestion(models.Model):
    """A question of somebody in the room to who speaks."""

    MOVES, STANDS, STATE_FIELD = QUESTION_MOVES, QUESTION_STANDS, "state"
    is_waiting, is_answered = stands_at(QuestionState.WAITING), stands_at(QuestionState.ANSWERED)
    is_public, takes_votes = stands_at(*PUBLIC), stands_at(QuestionState.SHOWN)
    is_hidden = stands_at(QuestionState.HIDDEN)

    room = models.ForeignKey(LiveRoom, on_delete=models.CASCADE, related_name="questions")
    author = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="live_questions")
    client_uuid = models.UUIDField()
    text = models.TextField(_("question"))
    # Nobody is told who asked it, not even a moderator.
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.WAITING
    )
    answer = models.TextField(_("answer"), blank=True)
    into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    # As many as there are rows of votes: a list is sorted by it.
    votes = models.PositiveIntegerField(_("votes"), default=0)
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Of somebody who was unheard as they asked it: nobody else reads it, nor leads or votes for it.
    is_veiled = models.BooleanField(default=False)

    class Meta:
        app_label = "fairs"
        verbose_name = _("question in a live room")
        verbose_name_plural = _("questions in live rooms")
        ordering = ["-votes", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "author", "client_uuid"], name="one_live_question_per_uuid"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_id} ? {self.pk}"

    @property
    def by(self) -> str:
        """The name of who asked it, as everybody reads it; nothing where none is told."""
        hidden = self.author is None or self.is_anonymous
        return "" if hidden else self.author.get_full_name().strip()


class LiveVote(models.Model):
    """Somebody who wants a question to be answered."""

    question = models.ForeignKey(LiveQuestion, on_delete=models.CASCADE, related_name="voters")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "fairs"
        verbose_name = _("vote for a question")
        verbose_name_plural = _("votes for questions")
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="one_live_vote_a_person")]

    def __str__(self) -> str:
        return f"{self.question_id} + {self.person_id}"


class LivePoll(models.Model):
    """A question of the moderators with choices, of which each person takes one."""

    MOVES, STANDS, STATE_FIELD = POLL_MOVES, POLL_STANDS, "state"
    is_draft, is_open = stands_at(PollState.DRAFT), stands_at(PollState.OPEN)
    is_closed = stands_at(PollState.CLOSED)

    room = models.ForeignKey(LiveRoom, on_delete=models.CASCADE, related_name="polls")
    question_en = models.CharField(_("question in English"), max_length=300, blank=True)
    question_fr = models.CharField(_("question in French"), max_length=300, blank=True)
    question_ar = models.CharField(_("question in Arabic"), max_length=300, blank=True)
    results = models.CharField(_("results"), max_length=8, choices=Results.choices, default=Results.VOTED)
    state = models.CharField(_("state"), max_length=8, choices=PollState.choices, default=PollState.DRAFT)
    client_uuid = models.UUIDField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        app_label = "fairs"
        verbose_name = _("poll in a live room")
        verbose_name_plural = _("polls in live rooms")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["room", "client_uuid"], name="one_live_poll_per_uuid")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The question in the active language."""
        return pick(en=self.question_en, fr=self.question_fr, ar=self.question_ar)


class LiveChoice(models.Model):
    """One of the choices of a poll."""

    poll = models.ForeignKey(LivePoll, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField(_("position"))
    text_en = models.CharField(_("choice in English"), max_length=120, blank=True)
    text_fr = models.CharField(_("choice in French"), max_length=120, blank=True)
    text_ar = models.CharField(_("choice in Arabic"), max_length=120, blank=True)

    class Meta:
        app_label = "fairs"
        verbose_name = _("choice of a poll")
        verbose_name_plural = _("choices of polls")
        ordering = ["poll", "position"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The choice in the active language."""
        return pick(en=self.text_en, fr=self.text_fr, ar=self.text_ar)


class LiveBallot(models.Model):
    """What somebody chose in a poll."""

    poll = models.ForeignKey(LivePoll, on_delete=models.CASCADE, related_name="ballots")
    choice = models.ForeignKey(LiveChoice, on_delete=models.CASCADE, related_name="ballots")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "fairs"
        verbose_name = _("vote in a poll")
        verbose_name_plural = _("votes in polls")
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="one_live_ballot_a_person")]

    def __str__(self) -> str:
        return f"{self.poll_id} + {self.person_id}"


class LiveDuty(models.Model):
    """Somebody who moderates, speaks or writes captions in the live room of a session."""

    session = models.ForeignKey("fairs.Session", on_delete=models.CASCADE, related_name="live_duties")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="live_duties")
    duty = models.CharField(_("duty"), max_length=10, choices=Duty.choices)

    class Meta:
        app_label = "fairs"
        verbose_name = _("duty in a live room")
        verbose_name_plural = _("duties in live rooms")
        ordering = ["duty", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "person", "duty"], name="one_live_duty")]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_duty_display()}"


class LiveStage(models.Model):
    """What is seen and heard of a session on screens; its addresses are for who may enter its room."""

    session = models.OneToOneField("fairs.Session", on_delete=models.CASCADE, related_name="live_stage")
    kind = models.CharField(_("stage"), max_length=8, choices=StageKind.choices, default=StageKind.NONE)
    address = models.URLField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
    audio_address = models.URLField(_("address of the sound"), max_length=LONGEST_ADDRESS, blank=True)
    slides_address = models.URLField(_("address of the slides"), max_length=LONGEST_ADDRESS, blank=True)
    # The address of the sound in each language that is interpreted.
    channels = models.JSONField(_("interpretation"), default=dict, blank=True)
    questions_wait = models.BooleanField(_("questions wait for a moderator"), default=False)

    class Meta:
        app_label = "fairs"
        verbose_name = _("stage of a session")
        verbose_name_plural = _("stages of sessions")

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind}"


class LiveRecording(models.Model):
    """Where a session that is over can be seen again, until a day."""

    session = models.OneToOneField("fairs.Session", on_delete=models.CASCADE, related_name="live_recording")
    address = models.URLField(_("address"), max_length=LONGEST_ADDRESS)
    expires_on = models.DateField(_("last day"))

    class Meta:
        app_label = "fairs"
        verbose_name = _("recording of a session")
        verbose_name_plural = _("recordings of sessions")

    def __str__(self) -> str:
        return f"{self.session_id} – {self.expires_on}"


class LiveConsent(models.Model):
    """A speaker who agreed to be recorded, and who noted it."""

    session = models.ForeignKey("fairs.Session", on_delete=models.CASCADE, related_name="live_consents")
    speaker = models.ForeignKey("fairs.Speaker", on_delete=models.CASCADE, related_name="live_consents")
    noted_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("noted"), default=timezone.now)

    class Meta:
        app_label = "fairs"
        verbose_name = _("consent to a recording")
        verbose_name_plural = _("consents to recordings")
        constraints = [models.UniqueConstraint(fields=["session", "speaker"], name="one_live_consent")]

    def __str__(self) -> str:
        return f"{self.speaker_id} – {self.session_id}"


def is_of_a_session(room: Any) -> bool:
    """Whether a room belongs to a session: only such a room has what stands here."""
    return room.kind == RoomKind.SESSION
