from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionState(models.TextChoices):
    """Where a question to the speakers stands."""

    WAITING = "waiting", pgettext_lazy("question to a speaker", "waiting for a moderator")
    SHOWN = "shown", pgettext_lazy("question to a speaker", "open")
    ANSWERED = "answered", pgettext_lazy("question to a speaker", "answered")
    HIDDEN = "hidden", pgettext_lazy("question to a speaker", "hidden")
    MERGED = "merged", pgettext_lazy("question to a speaker", "merged")


QUESTION_MOVES = {
    QuestionState.WAITING: {
        QuestionState.SHOWN,
        QuestionState.HIDDEN,
        QuestionState.ANSWERED,
        QuestionState.MERGED,
    },
    QuestionState.SHOWN: {QuestionState.HIDDEN, QuestionState.ANSWERED, QuestionState.MERGED},
    QuestionState.ANSWERED: {QuestionState.SHOWN, QuestionState.HIDDEN},
    QuestionState.HIDDEN: {QuestionState.SHOWN},
    QuestionState.MERGED: set(),
}
QUESTION_STANDS = {
    QuestionState.WAITING: _("This question waits for a moderator."),
    QuestionState.SHOWN: _("This question is shown already."),
    QuestionState.ANSWERED: _("This question is answered already."),
    QuestionState.HIDDEN: _("This question was hidden."),
    QuestionState.MERGED: _("This question was merged with another one."),
}
# What everybody in the room reads.
PUBLIC = (QuestionState.SHOWN, QuestionState.ANSWERED)


class PollState(models.TextChoices):
    """Where a poll stands."""

    DRAFT = "draft", pgettext_lazy("poll", "draft")
    OPEN = "open", pgettext_lazy("poll", "open")
    CLOSED = "closed", pgettext_lazy("poll", "closed")


POLL_MOVES = {
    PollState.DRAFT: {PollState.OPEN},
    PollState.OPEN: {PollState.CLOSED},
    PollState.CLOSED: {PollState.OPEN},
}
POLL_STANDS = {
    PollState.DRAFT: _("This poll is not open yet."),
    PollState.OPEN: _("This poll is open."),
    PollState.CLOSED: _("This poll is closed."),
}


class Results(models.TextChoices):
    """Who sees how a poll stands, and when; moderators always do."""

    ALWAYS = "always", pgettext_lazy("results of a poll", "Everybody, at any time")
    VOTED = "voted", pgettext_lazy("results of a poll", "Those who have voted; everybody once it is closed")
    CLOSED = "closed", pgettext_lazy("results of a poll", "Everybody, once it is closed")
    NEVER = "never", pgettext_lazy("results of a poll", "Moderators alone")


class Duty(models.TextChoices):
    """What somebody does for a session in its live room."""

    MODERATOR = "moderator", pgettext_lazy("duty in a live room", "Moderator")
    SPEAKER = "speaker", pgettext_lazy("duty in a live room", "Speaker")
    CAPTIONER = "captioner", pgettext_lazy("duty in a live room", "Writes the captions")


class StageKind(models.TextChoices):
    """What is seen of a session."""

    NONE = "none", pgettext_lazy("stage of a session", "No video: captions, chat and slides")
    HLS = "hls", pgettext_lazy("stage of a session", "A stream (HLS)")
    EMBED = "embed", pgettext_lazy("stage of a session", "A player of another site")


class Rung(models.TextChoices):
    """How much of a stage somebody takes in over their network."""

    VIDEO = "video", pgettext_lazy("rung of a stage", "Video")
    AUDIO = "audio", pgettext_lazy("rung of a stage", "Sound only")
    TEXT = "text", pgettext_lazy("rung of a stage", "Text only")


REACTIONS = ("clap", "heart", "idea", "smile")
SLOW_CHOICES = (0, 5, 10, 30, 60, 120)
